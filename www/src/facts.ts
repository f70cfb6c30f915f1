// Facts as the pages hold them: flat, by path, from an address or a backend's answer; and asking the engine with them.
import type { FactsError } from '@ekuaiji/preflight';
import { facts as table } from '@ekuaiji/preflight/catalogue';
import type { Engine, Explanation, Fact, Facts, Locale, Question } from './engine';

/** Facts by path (`need.ledger`), as given: not yet checked by the engine. */
export interface FlatFacts { [path: string]: unknown }

/** Parameters that no address hands over as facts: the time is the page's own. Every other name is a fact's path. */
const OF_THE_PAGE = ['lang', 'customer', 'now'];
const LIKE_A_PATH = /^[a-z]+(\.[a-zA-Z]+)?$/;

/** What the table says of the fact at `path`, if there is one. */
export const factAt = (path: string): Fact | undefined => table.find(fact => fact.path === path);

/** Facts from an address. A list is a parameter given repeatedly; given once and blank, the list is empty. */
export function fromAddress(address: URLSearchParams): FlatFacts {
  const facts: FlatFacts = {};
  for (const name of Array.from(new Set(Array.from(address.keys())))) {
    if (!LIKE_A_PATH.test(name) || OF_THE_PAGE.includes(name)) continue;
    const fact = factAt(name);
    facts[name] = fact ? read(fact, address.getAll(name)) : address.get(name);
  }
  return facts;
}

function read(fact: Fact, texts: string[]): unknown {
  const text = texts[0] as string;
  if (isList(fact)) return texts.length === 1 && text === '' ? [] : texts;
  switch (fact.type) {
    case 'flag': return text === 'true' ? true : text === 'false' ? false : text;
    case 'integer': return wholeNumber(text);
    // A "+" that the software did not escape arrives as a space.
    case 'time': return /^\d{5,}$/.test(text) ? Number(text) : text.replace(/ (?=\d\d:\d\d$)/, '+');
    default: return text;
  }
}

/** The number that `text` writes, or the text itself for the engine to refuse. */
export function wholeNumber(text: string): number | string {
  return /^\s*[-+]?\d+\s*$/.test(text) ? Number(text) : text;
}

function isList({ type }: Fact): boolean {
  return type === 'set' || type === 'texts';
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

const has = (object: object, name: string) => Object.prototype.hasOwnProperty.call(object, name);

function nest(flat: FlatFacts): Facts {
  const facts: Record<string, unknown> = {};
  for (const path of Object.keys(flat)) {
    const [group, name] = path.split('.') as [string, string | undefined];
    if (name === undefined) facts[group] = flat[path];
    else {
      if (!has(facts, group)) facts[group] = {};
      const members = facts[group];
      if (typeof members === 'object' && members !== null) (members as FlatFacts)[name] = flat[path];
    }
  }
  return facts as Facts;
}

/** An answer, the facts it was given for, and what the engine refused on the way to it. */
export interface Asked { explanation: Explanation; accepted: FlatFacts; refused: { path: string; error: FactsError }[] }

/** Asks the engine; facts that it refuses are left out, reported, and the question is put again. */
export function ask(engine: Engine, question: Question, flat: FlatFacts, locale: Locale): Asked {
  const accepted = { ...flat };
  const refused: Asked['refused'] = [];
  for (;;) {
    try {
      return { explanation: engine.explain(question, nest(accepted), { locale }), accepted, refused };
    } catch (error) {
      const path = refusedFact(error as FactsError, accepted);
      if (path === undefined) throw error;
      delete accepted[path];
      refused.push({ path, error: error as FactsError });
    }
  }
}

function refusedFact(error: FactsError, facts: FlatFacts): string | undefined {
  if (error.name !== 'FactsError') return undefined;
  // `now` is the page's own: of the two times that disagree, the order's is the wrong one.
  const path = error.code === 'inconsistent' ? 'order.paidAt' : error.path.replace(/\[\d+\]$/, '');
  return has(facts, path) ? path : undefined;
}
