// How single values are written into the flat record. Where a value cannot be placed, the facts cross as the caller's own
// value, and the engine validates them in full.

import { LONGEST_LIST, UNITS } from './bounds.js';

/** Whether the value is an object of no class, of whatever realm. */
export function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The value, of which nothing can be changed any more: whatever is handed out more than once. */
export function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

const EMPTY = {};

/** Whether every object inherits something enumerable, which the encoder would take for a fact. */
export function isPolluted(): boolean {
  for (const _ in EMPTY) return true;
  return false;
}

/** Whether the object has no fields but these, and of these none that it inherits or that is not enumerable. */
export function hasOnly(object: object, names: string): boolean {
  const known = names.split(' ');
  const fields = Object.keys(object);
  return fields.every((name) => known.includes(name)) &&
    known.every((name) => fields.includes(name) || (object as Record<string, unknown>)[name] === undefined);
}

/** How many items a list has; -1 where it is none, or has more than a list may have, or a length that no list has. */
export function countItems(list: unknown): number {
  if (!Array.isArray(list)) return -1;
  const length: number = list.length;
  return length >>> 0 === length && length <= LONGEST_LIST ? length : -1;
}

/** Copies the units of a text as they are; returns where they end, or -1 where there is no room. */
export function copyText(text: string, units: Uint16Array, start: number): number {
  const { length } = text;
  if (start + length >= UNITS) return -1;
  for (let at = 0; at < length; at++) units[start + at] = text.charCodeAt(at);
  return start + length;
}

/**
 * Copies a list of texts: how many there are, where each ends, and the units of all. Returns where it ends, or -1 where
 * it is no such list or there is no room.
 */
export function copyTexts(texts: any, units: Uint16Array, start: number): number {
  const count = countItems(texts);
  const first = start + 1 + count;
  if (count < 0 || first >= UNITS) return -1;
  units[start] = count;
  let end = first;
  for (let item = 0; item < count; item++) {
    const text: unknown = texts[item];
    if (typeof text !== 'string' || (end = copyText(text, units, end)) < 0) return -1;
    units[start + 1 + item] = end - first;
  }
  return end;
}
