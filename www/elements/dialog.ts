// A dialog over the page, by the browser's own where it has one: focus stays inside, Escape closes it, focus goes back.
import { h, type Child } from './dom.js';
import type { Words } from './words.js';

/** Opens a dialog called `title` in `root`; `content` is given the way to close it; `closed` is called after. */
export function openDialog(root: Node, title: Child[], w: Words, content: (close: () => void) => Child[], closed: () => void = () => {}): void {
  const heading = h('h2', { id: 'dialog-title', tabindex: '-1' }, ...title);
  const close = () => { if (modal) dialog.close(); else gone(); };
  const dialog = h('dialog', { class: 'dialog', part: 'dialog', 'aria-labelledby': 'dialog-title' }, h('div', { class: 'sheet' },
    h('div', { class: 'title' }, heading, h('button', { type: 'button', class: 'x', 'aria-label': w.t('close'), click: close }, '×')),
    ...content(close),
    h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'close', click: close }, w.t('close')))));
  const modal = typeof (dialog as { showModal?: unknown }).showModal === 'function';
  const gone = () => {
    dialog.remove();
    closed();
  };
  dialog.addEventListener('close', gone);
  // A press beside the sheet; the backdrop belongs to the dialog itself.
  dialog.addEventListener('mousedown', event => { if (event.target === dialog) close(); });
  root.appendChild(dialog);
  if (modal) dialog.showModal();
  else {
    dialog.setAttribute('open', '');
    dialog.setAttribute('role', 'dialog');
    dialog.setAttribute('aria-modal', 'true');
    dialog.addEventListener('keydown', event => { if (event.key === 'Escape') close(); });
  }
  heading.focus();
}
