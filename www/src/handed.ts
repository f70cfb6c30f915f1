// What is handed to a page: facts in its address, and among the fields of a backend's answer.
import type { FactEntry } from '@ekuaiji/preflight';
import { facts as table } from '@ekuaiji/preflight/catalogue';
import { factAt, fromText, type FlatFacts } from '../elements/facts.js';

/** Parameters that no address hands over as facts: the time is the page's own. Every other name is a fact's path. */
const OF_THE_PAGE = ['lang', 'customer', 'now'];
const LIKE_A_PATH = /^[a-z]+(\.[a-zA-Z]+)?$/;

/** Facts from an address. A list is a parameter given repeatedly; given once and blank, the list is empty. */
export function fromAddress(address: URLSearchParams): FlatFacts {
  const facts: FlatFacts = {};
  for (const name of Array.from(new Set(Array.from(address.keys())))) {
    if (!LIKE_A_PATH.test(name) || OF_THE_PAGE.includes(name)) continue;
    const fact = factAt(name);
    facts[name] = fact ? readFact(fact, address.getAll(name)) : address.get(name);
  }
  return facts;
}

/** The value of a fact that the parameters of its name write. */
export function readFact(fact: FactEntry, texts: string[]): unknown {
  const text = texts[0] as string;
  if (fact.type === 'set' || fact.type === 'texts') return texts.length === 1 && text === '' ? [] : texts;
  // A "+" that the software did not escape arrives as a space.
  return fromText(fact, fact.type === 'time' ? text.replace(/ (?=\d\d:\d\d$)/, '+') : text);
}

/** The facts among the fields of a backend's answer, which uses the same names. */
export function pick(answer: object): FlatFacts {
  const facts: FlatFacts = {};
  for (const { path } of table) {
    const value = path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined | null || {})[name], answer);
    if (value !== undefined && value !== null) facts[path] = value;
  }
  return facts;
}
