// How single values are written into the flat record. Each function returns false where the value cannot be placed; the
// facts then cross as the caller's own value, and the engine validates them in full.

import { LONGEST_LIST, UNITS } from './bounds.js';

/** The units of the record's texts, in the engine's memory, and how far they are filled. */
let units: Uint16Array;
let end = 0;
/** The text that was written last, and its span: texts that are compared are often the same. */
let last: string | undefined;
let lastSpan = 0;

/** Starts a record. */
export function begin(recordUnits: Uint16Array): void {
  units = recordUnits;
  end = 0;
  last = undefined;
}

/** Whether the value is an object of no class. Objects of other realms are left to full validation. */
export function isPlain(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

const EMPTY = {};

/** Whether every object inherits something enumerable, which the encoder would take for a fact. */
export function isPolluted(): boolean {
  for (const _ in EMPTY) return true;
  return false;
}

/** Whether the object has no names but these. */
export function hasOnly(object: object, names: string): boolean {
  const known = names.split(' ');
  return Object.keys(object).every((name) => known.includes(name));
}

/** Writes a text, and its span as the number at the index. */
export function putText(text: string, numbers: Uint32Array, index: number): boolean {
  if (text !== last) {
    const start = end;
    if (!write(text)) return false;
    last = text;
    lastSpan = start * UNITS + end - start;
  }
  numbers[index] = lastSpan;
  return true;
}

/** Writes a list of texts: how many there are, where each ends, and the units of all; its start is the number. */
export function putTexts(texts: unknown, numbers: Uint32Array, index: number): boolean {
  if (!Array.isArray(texts)) return false;
  const count = texts.length;
  if (count > LONGEST_LIST || end + count + 1 >= UNITS) return false;
  let at = end;
  numbers[index] = at;
  units[at++] = count;
  end = at + count;
  const first = end;
  for (let item = 0; item < count; item++) {
    const text: unknown = texts[item];
    if (typeof text !== 'string' || !write(text)) return false;
    units[at++] = end - first;
  }
  return true;
}

/** Copies the units of a text as they are. */
function write(text: string): boolean {
  const { length } = text;
  if (end + length >= UNITS) return false;
  const to = units;
  const from = end;
  for (let at = 0; at < length; at++) to[from + at] = text.charCodeAt(at);
  end = from + length;
  return true;
}
