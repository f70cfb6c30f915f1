// What the playground gives away: facts with nobody's name in them, and the address that holds them.
import type { FactEntry } from '@ekuaiji/preflight';
import { facts as table, noticePhrases } from '@ekuaiji/preflight/catalogue';
import { factAt, flatten, nest, type FlatFacts } from '../elements/facts.js';
import { fromAddress, pick, readFact } from './handed';

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

const TERMS = 'terms.';

/** The parameters of an address for `given`, with nobody's name in them. */
export function toAddress({ question, facts, terms }: Case): URLSearchParams {
  const address = new URLSearchParams({ question });
  const known = pick(anonymous(facts) as object || {});
  for (const { path } of table) {
    const value = known[path];
    if (Array.isArray(value)) for (const item of value.length > 0 ? value : ['']) address.append(path, String(item));
    else if (value !== undefined && typeof value !== 'object') address.append(path, String(value));
  }
  for (const path of Object.keys(terms)) address.append(TERMS + path, String(terms[path]));
  return address;
}

/** What an address hands over; `null` where it hands over nothing. */
export function fromShared(address: URLSearchParams): Case | null {
  const rest = new URLSearchParams(address.toString());
  const terms: FlatFacts = {};
  for (const name of Array.from(address.keys())) {
    if (!name.startsWith(TERMS)) continue;
    const text = address.get(name) as string;
    terms[name.slice(TERMS.length)] = /^\d+$/.test(text) ? Number(text) : text;
    rest.delete(name);
  }
  rest.delete('question');
  const now = address.getAll('now');
  const facts = { ...now.length > 0 && { now: readFact(factAt('now') as FactEntry, now) }, ...fromAddress(rest) };
  const question = address.get('question');
  return question === null && Object.keys(facts).length + Object.keys(terms).length === 0 ? null : { question: question || 'purchase', facts: nest(facts), terms };
}
