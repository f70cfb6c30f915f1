// A dialog over the page: focus stays inside, Escape closes it, and focus goes back to where it came from.
import { h, type Child } from './dom';
import { t } from './i18n';

/** Opens a dialog called `title`; `content` is given the way to close it. */
export function openDialog(title: string, content: (close: () => void) => Child[], closed: () => void): void {
  const behind = Array.from(document.body.children).filter(element => element.id !== 'announcement');
  const heading = h('h2', { id: 'dialog-title', tabindex: '-1' }, title);
  const close = () => {
    overlay.remove();
    document.body.classList.remove('behind');
    for (const element of behind) element.removeAttribute('aria-hidden');
    closed();
  };
  const box = h('div', { class: 'dialog', role: 'dialog', 'aria-modal': 'true', 'aria-labelledby': 'dialog-title' },
    heading, ...content(close), h('div', { class: 'buttons' }, h('button', { type: 'button', click: close }, t('close'))));
  const overlay = h('div', { class: 'overlay' }, box);
  overlay.addEventListener('mousedown', event => { if (event.target === overlay) close(); });
  overlay.addEventListener('keydown', event => {
    if (event.key === 'Escape') close();
    if (event.key !== 'Tab') return;
    const stops = Array.from(box.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary')).filter(stop => stop.offsetParent !== null);
    const first = stops[0] as HTMLElement;
    const last = stops[stops.length - 1] as HTMLElement;
    const at = document.activeElement;
    if (event.shiftKey ? at === first || at === heading : at === last) {
      event.preventDefault();
      (event.shiftKey ? last : first).focus();
    }
  });
  for (const element of behind) element.setAttribute('aria-hidden', 'true');
  document.body.classList.add('behind');
  document.body.append(overlay);
  heading.focus();
}
