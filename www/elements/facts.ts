// Facts as elements hold them: flat, by path, as given and not yet checked; and asking the engine with them.
import type { Engine, Explanation, FactEntry, Facts, FactsError, Locale, Question, TermsInForce } from '@ekuaiji/preflight';
import { facts as table } from '@ekuaiji/preflight/catalogue';

/** Facts by path (`need.ledger`), as given: not yet checked by the engine. */
export interface FlatFacts { [path: string]: unknown }

/** What the table says of the fact at `path`, if there is one. */
export const factAt = (path: string): FactEntry | undefined => table.find(fact => fact.path === path);

/** The fact that a refused path is, or is within: `opened` of `opened[1]`. */
export const factPath = (path: string): string => path.replace(/\[\d+\]$/, '');

/** The value of a fact that `text` writes, or the text itself for the engine to refuse. */
export function fromText(fact: FactEntry, text: string): unknown {
  switch (fact.type) {
    case 'flag': return text === 'true' ? true : text === 'false' ? false : text;
    case 'integer': return wholeNumber(text);
    case 'time': return /^\d{5,}$/.test(text) ? Number(text) : text;
    default: return text;
  }
}

/** The number that `text` writes, or the text itself for the engine to refuse. */
export function wholeNumber(text: string): number | string {
  return /^\s*[-+]?\d+\s*$/.test(text) ? Number(text) : text;
}

const has = (object: object, name: string) => Object.prototype.hasOwnProperty.call(object, name);

/** Gives an object a member of its own, whatever it is called: assigned, `__proto__` would be no member but a prototype. */
function put(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, writable: true, enumerable: true, configurable: true });
}

/** Nested facts by path; what is not known is left out, what is no fact, or no value of one, stays in for the engine to refuse. */
export function flatten(facts: object): FlatFacts {
  const flat: FlatFacts = {};
  for (const [name, value] of Object.entries(facts)) {
    const group = !factAt(name) && typeof value === 'object' && value !== null && !Array.isArray(value);
    for (const [path, item] of group ? Object.entries(value as object).map(([key, item]) => [name + '.' + key, item] as [string, unknown]) : [[name, value] as [string, unknown]]) {
      if (item !== undefined && item !== null) put(flat, path, item);
    }
  }
  return flat;
}

/** Facts by path, nested as the engine takes them. */
export function nest(flat: FlatFacts): Facts {
  const facts: Record<string, unknown> = {};
  for (const path of Object.keys(flat)) {
    const [group, name] = path.split('.') as [string, string | undefined];
    if (name === undefined) put(facts, group, flat[path]);
    else {
      if (!has(facts, group)) put(facts, group, {});
      const members = facts[group];
      if (typeof members === 'object' && members !== null) put(members, name, flat[path]);
    }
  }
  return facts as Facts;
}

/** An answer, the facts and terms it was given for, and what the engine refused on the way to it. */
export interface Asked { explanation: Explanation; accepted: FlatFacts; terms: TermsInForce; refused: { path: string; error: FactsError }[] }

/** A copy of which nothing can be changed: the listeners of an event get the same explanation that is shown. */
const frozen = (explanation: Explanation): Explanation => JSON.parse(JSON.stringify(explanation), (_, part) => Object.freeze(part));

/** Asks the engine; facts that it refuses are left out, reported, and the question is put again. */
export function ask(engine: Engine, question: Question, flat: FlatFacts, locale: Locale): Asked {
  const accepted = { ...flat };
  const refused: Asked['refused'] = [];
  for (;;) {
    try {
      return { explanation: frozen(engine.explain(question, nest(accepted), { locale })), accepted, terms: engine.terms, refused };
    } catch (error) {
      const paths = refusedFacts(error as FactsError, accepted);
      if (paths.length === 0) throw error;
      for (const path of paths) {
        delete accepted[path];
        refused.push({ path, error: error as FactsError });
      }
    }
  }
}

/** The facts that an error is about: one, or all of a group that there is none of. */
function refusedFacts(error: FactsError, facts: FlatFacts): string[] {
  if (error.name !== 'FactsError') return [];
  // The page gives `now` itself: where an order's time lies after it, the order's time is the wrong one.
  const path = error.code === 'inconsistent' && error.path === 'now' ? ['order.paidAt', 'order.appliedAt'].find(path => error.expected.includes(path)) : factPath(error.path);
  return path === undefined ? [] : Object.keys(facts).filter(name => name === path || name.startsWith(path + '.'));
}
