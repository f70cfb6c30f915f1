// Builds elements: the one helper in place of a framework.
export type Child = Node | string | null | undefined | false;
type Attributes = { [name: string]: string | boolean | undefined | ((event: never) => void) };

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

/** Puts `children` in the place of whatever `element` holds. */
export function fill(element: Element, ...children: Child[]): void {
  while (element.lastChild) element.removeChild(element.lastChild);
  for (const child of children) if (child) element.append(child);
}

/** Sets the text only when it differs, so that a screen reader hears it once. */
export function say(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
