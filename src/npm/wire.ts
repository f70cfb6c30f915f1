// What a caller passed, written as one text for the engine; the format is described in src/wire.rs.
//
// It is written before the engine is called, so that whatever a getter or a proxy does happens out
// here, and bounded, so that neither cycles nor endless lists get in.

import { LONGEST_LIST, LONGEST_TEXT } from './bounds.js';

/** More values, and deeper, than any facts or terms hold. */
const MOST = 10_000;
const DEEPEST = 7;
/** More than a list or a text may have, so that the engine sees that it is too long; a character is two units at most. */
const ITEMS = LONGEST_LIST + 1;
const UNITS = 2 * LONGEST_TEXT + 2;

const encoder = new TextEncoder();

/** The value as a text, in UTF-8. */
export function wire(value: unknown): Uint8Array {
  let left = MOST;

  function write(value: unknown, depth: number): string {
    switch (typeof value) {
      case 'undefined': return 'n';
      case 'boolean': return value ? 't' : 'f';
      case 'string': return text(value);
      case 'number': return number(value);
      case 'object': return value === null ? 'n' : object(value, depth);
      default: return other(`a ${typeof value}`);
    }
  }

  function object(value: object, depth: number): string {
    if (depth > DEEPEST || --left < 0) return other('more than facts hold');
    try {
      if (Array.isArray(value)) {
        let items = '[';
        for (let index = 0; index < Math.min(value.length, ITEMS); index++) items += write(value[index], depth + 1);
        return items + ']';
      }
      const prototype = Object.getPrototypeOf(value) as object | null;
      if (prototype && Object.getPrototypeOf(prototype)) return other('an object of a class');
      let fields = '{';
      for (const name of Object.keys(value)) {
        if (--left < 0) break;
        fields += text(name) + write((value as Record<string, unknown>)[name], depth + 1);
      }
      return fields + '}';
    } catch {
      return other('something that fails when it is read');
    }
  }

  return encoder.encode(write(value, 0));
}

function number(value: number): string {
  if (!Number.isInteger(value)) return other(String(value));
  if (Number.isSafeInteger(value)) return `i${value}\0`;
  return value > 0 ? 'i9223372036854775807\0' : 'i-9223372036854775807\0';
}

/** A surrogate that stands alone, which UTF-8 could not carry. */
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(^|[^\ud800-\udbff])[\udc00-\udfff]/;

function text(value: string): string {
  if (value.length > UNITS) value = value.slice(0, UNITS);
  else if (LONE.test(value)) return other('a text with half a character in it');
  return `s${value.replace(/[\0\x01]/g, (letter) => (letter === '\0' ? '\x01a' : '\x01b'))}\0`;
}

function other(what: string): string {
  return `?${what}\0`;
}
