// How single values are written into the flat record. Each function answers with the number that stands
// for the value, or with -1 where it is odd, and the slow way must have a look.

import { EARLIEST, LATEST, LONGEST_LIST, LONGEST_TEXT, SPAN } from './bounds.js';

/** The record's texts, in the engine's memory, and how far they are filled. */
let texts: Uint8Array;
let end = 0;
/** The text written last, and where it stands: texts that are compared are often the same. */
let last: string | undefined;
let span = 0;

/** Starts a record, or goes on after so many bytes of texts. */
export function begin(textsAt: Uint8Array, from = 0): void {
  texts = textsAt;
  end = from;
  last = undefined;
}

/** Whether the value is an object of no class. */
export function isPlain(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

/** Whether the object has no names but these. */
export function hasOnly(object: object, names: string): boolean {
  const known = names.split(' ');
  return Object.keys(object).every((name) => known.includes(name));
}

/** Whether there is nothing in the text but white space, as src/facts.rs has it. */
export function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  return !(first > 0x20 && first < 0x7f) && !/[^\s\x85]/.test(text);
}

/** Whether the value is a text that would be written. */
export function isSound(text: unknown): text is string {
  if (typeof text !== 'string' || text.length > LONGEST_TEXT) return false;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit === 0 || (unit >= 0xd800 && unit < 0xe000)) return false;
  }
  return true;
}

/** Writes a text, if it is read; not one that is long, and none with a surrogate or a NUL, which are rare. */
export function put(text: unknown, isRead = 1): number {
  if (isRead === 0) return isSound(text) ? 0 : -1;
  if (typeof text !== 'string') return -1;
  if (text === last) return span;
  const start = end;
  if (!write(text)) return -1;
  last = text;
  return (span = start * SPAN + end - start);
}

/** Writes texts, if they are read, each with a NUL at its end. */
export function putAll(items: unknown, isRead: number): number {
  if (!Array.isArray(items) || items.length > LONGEST_LIST) return -1;
  const start = end;
  for (const item of items) {
    if (isRead === 0 ? !isSound(item) : typeof item !== 'string' || !write(item)) return -1;
    if (isRead !== 0) texts[end++] = 0;
  }
  return start * SPAN + end - start;
}

function write(text: string): boolean {
  const to = texts;
  const length = text.length;
  if (length > LONGEST_TEXT || end + 3 * length + 1 >= to.length) return false;
  let at = end;
  for (let index = 0; index < length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      if (unit === 0) return false;
      to[at++] = unit;
    } else if (unit < 0x800) {
      to[at++] = 0xc0 | (unit >> 6);
      to[at++] = 0x80 | (unit & 0x3f);
    } else {
      if (unit >= 0xd800 && unit < 0xe000) return false;
      to[at++] = 0xe0 | (unit >> 12);
      to[at++] = 0x80 | ((unit >> 6) & 0x3f);
      to[at++] = 0x80 | (unit & 0x3f);
    }
  }
  end = at;
  return true;
}

/** Milliseconds since 1970, or an RFC 3339 time as it is mostly written: to the second or the millisecond, at +08:00 or in UTC. */
export function time(value: unknown): number {
  const millis = typeof value === 'string' ? parse(value) : value;
  return typeof millis === 'number' && millis >= EARLIEST && millis <= LATEST && Number.isInteger(millis) ? millis : -1;
}

/** The days of a common year before each month, and after the last. */
const BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365] as const;
const THE_YEAR_2000 = Date.UTC(2000);

/** The time of a text; what else RFC 3339 allows is left to the slow way. */
function parse(text: string): number {
  const length = text.length;
  const hasMillis = length === 24 || length === 29;
  const end = hasMillis ? 23 : 19;
  const inUtc = length === end + 1;
  if (inUtc ? !text.endsWith('Z') : length !== end + 6 || !text.endsWith('+08:00')) return -1;
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45 || text.charCodeAt(10) !== 84) return -1;
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58 || (hasMillis && text.charCodeAt(19) !== 46)) return -1;
  const year = two(text, 0) * 100 + two(text, 2) - 2000;
  const month = two(text, 5);
  const day = two(text, 8);
  const hour = two(text, 11);
  const minute = two(text, 14);
  const second = two(text, 17);
  const hundredths = hasMillis ? two(text, 20) : 0;
  const thousandths = hasMillis ? two(text, 21) : 0;
  const isLeap = year % 4 === 0 && year < 100 ? 1 : 0;
  if (month < 1 || month > 12 || day < 1 || day > BEFORE[month]! - BEFORE[month - 1]! + (month === 2 ? isLeap : 0)) return -1;
  if (year > 100 || hour > 23 || minute > 59 || second > 59 || hundredths > 99 || thousandths > 99) return -1;
  const days = year * 365 + ((year + 3) >> 2) + BEFORE[month - 1]! + (month > 2 ? isLeap : 0) + day - 1;
  const seconds = (hour * 60 + minute - (inUtc ? 0 : 480)) * 60 + second;
  return THE_YEAR_2000 + days * 86_400_000 + seconds * 1000 + hundredths * 10 + thousandths % 10;
}

/** The number of the two digits at the place, or more than any two have. */
function two(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : 9999;
}
