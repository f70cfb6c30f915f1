// Builds elements: the one helper in place of a framework.
export type Child = Node | string | null | undefined | false;
export type Attributes = { [name: string]: string | boolean | undefined | ((event: never) => void) };

/** An element; attributes that are `false` or `undefined` are left out, functions become listeners. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const name of Object.keys(attributes)) {
    const value = attributes[name];
    if (typeof value === 'function') element.addEventListener(name, value as EventListener);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

/** Dates, telephone numbers, addresses, and short names in quotes or brackets. */
const WHOLE = /(\d+(?:-\d+)+|\d{4}年\d+月\d+日|[\w.]+@[\w.]+\w|“[^“”]{1,8}”|（[^（）]{1,8}）)/;

/** A text for people, in which what is read as one is not broken at the end of a line. */
export function prose(text: string): Child[] {
  return text.split(WHOLE).map((piece, place) => place % 2 ? h('span', { class: 'whole' }, piece) : piece);
}

/** A code, which may be broken where its words meet if a line is too short for it, and what goes with it. */
export function breakable(code: string, after = ''): HTMLElement {
  return h('span', { class: 'unit' }, ...([] as Child[]).concat(...code.split('_').map((word, position) => position > 0 ? ['_', h('wbr'), word] : [word])), after);
}

/** Puts `children` in the place of whatever `element` holds. */
export function fill(element: Element, ...children: Child[]): void {
  while (element.lastChild) element.removeChild(element.lastChild);
  for (const child of children) if (child) element.append(child);
}

/** Sets the text only when it differs, so that a screen reader hears it once. */
export function say(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Puts `text` on the clipboard; in this way because the newer one is only there under https. */
export function copy(text: string): boolean {
  const put = (event: ClipboardEvent) => {
    (event.clipboardData as DataTransfer).setData('text/plain', text);
    event.preventDefault();
  };
  document.addEventListener('copy', put);
  const done = document.execCommand('copy');
  document.removeEventListener('copy', put);
  return done;
}

const SETTLED_MS = 500;

/** A live region, not seen, and what tells it a text once it has stayed the same for a moment. */
export function liveRegion(): { element: HTMLElement; announce(text: string): void } {
  const element = h('div', { class: 'unseen', role: 'status', 'aria-live': 'polite' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    element,
    announce(text) {
      if (timer !== undefined) clearTimeout(timer);
      timer = setTimeout(() => say(element, text), SETTLED_MS);
    },
  };
}
