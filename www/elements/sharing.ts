// What is passed on of a check: facts with nobody's name in them, and the address of the playground that holds them.
import { facts as table, noticePhrases, terms as compiledIn } from '@ekuaiji/preflight/catalogue';
import type { Question } from '@ekuaiji/preflight';
import { factAt, flatten, nest, type Asked, type FlatFacts } from './facts.js';

/** Texts that name somebody, by what they are compared with, and what takes their place; equal ones stay equal. */
const NAMES: readonly { paths: readonly string[]; standIns: readonly [string, string]; fold(text: string): string }[] = [
  { paths: ['need.ledger', 'selected.ledger'], standIns: ['A账套', 'B账套'], fold: text => text.trim() },
  { paths: ['member.account', 'activation.account'], standIns: ['buyer@example.com', 'other@example.com'], fold: text => text.trim().toLowerCase() },
  { paths: ['order.phone'], standIns: ['13800000000', '13800000000'], fold: text => text.trim() },
];

/** What takes the place of a message that the engine does not know; it may say anything, so none of it is passed on. */
const OTHER_MESSAGE = '其他提示';

/** The known phrases of a message, without what stands around them; a stand-in where there are none, and blank stays blank. */
function knownMessage(text: string): string {
  const read = text.replace(/\s+/g, '').toLowerCase();
  return noticePhrases.filter(phrase => read.includes(phrase)).join(' ') || read && OTHER_MESSAGE;
}

/** Facts that read like the given ones, with stand-ins for accounts, phones, ledgers and messages; what can't be made safe is left out. */
export function anonymous(facts: unknown): unknown {
  if (typeof facts !== 'object' || facts === null || Array.isArray(facts)) return facts;
  const flat = flatten(facts);
  for (const path of Object.keys(flat)) {
    const fact = factAt(path);
    const value = flat[path];
    if (!fact || fact.type === 'text' && typeof value !== 'string') delete flat[path];
    else if (fact.type === 'texts') {
      if (Array.isArray(value)) flat[path] = value.map(text => typeof text === 'string' ? knownMessage(text) : null);
      else delete flat[path];
    }
  }
  for (const { paths, standIns, fold } of NAMES) {
    const first = paths.map(path => flat[path]).find((text): text is string => typeof text === 'string' && fold(text) !== '');
    for (const path of paths) {
      const text = flat[path];
      if (typeof text === 'string' && fold(text) !== '') flat[path] = standIns[fold(text) === fold(first as string) ? 0 : 1];
    }
  }
  return nest(flat);
}

/** What the playground works on. */
export interface Case {
  question: string;
  /** Facts as JSON has them: not yet checked by the engine. */
  facts: unknown;
  /** Terms in place of those compiled in, by path. */
  terms: FlatFacts;
}

/** What the names of terms begin with in an address. */
export const TERMS = 'terms.';

/** The parameters of an address for `given`, with nobody's name in them. */
export function toAddress({ question, facts, terms }: Case): URLSearchParams {
  const address = new URLSearchParams({ question });
  const known = flatten(anonymous(facts) as object || {});
  for (const { path } of table) {
    const value = known[path];
    if (Array.isArray(value)) for (const item of value.length > 0 ? value : ['']) address.append(path, String(item));
    else if (value !== undefined && typeof value !== 'object') address.append(path, String(value));
  }
  for (const path of Object.keys(terms)) address.append(TERMS + path, String(terms[path]));
  return address;
}

/** The terms of an engine that are not those compiled in, by path; without contacts and calendar, which decide no verdict. */
function changedTerms(inForce: Asked['terms']): FlatFacts {
  const { contacts, calendar, ...numbers } = inForce;
  const [flat, usual] = [flatten(numbers), flatten(compiledIn)];
  return Object.keys(flat).filter(path => flat[path] !== usual[path]).reduce((changed, path) => ({ ...changed, [path]: flat[path] }), {});
}

/** The address of a check in the playground; none where the playground's own is no address of a page. */
export function addressInPlayground(playground: string, question: Question, { accepted, terms }: Asked): string | undefined {
  const address = pageAt(playground);
  if (!address) return undefined;
  address.search = toAddress({ question, facts: nest(accepted), terms: changedTerms(terms) }).toString();
  return address.href;
}

/** The page at an address; what is no address, or would run as script, is none. */
function pageAt(address: string): URL | undefined {
  try {
    const page = new URL(address, document.baseURI);
    return /^https?:$/.test(page.protocol) ? page : undefined;
  } catch {
    return undefined;
  }
}
