// What an address of the playground hands over.
import type { FactEntry } from '@ekuaiji/preflight';
import { factAt, nest, type FlatFacts } from '../elements/facts.js';
import { TERMS, type Case } from '../elements/sharing.js';
import { fromAddress, readFact } from './handed';

/** What an address hands over; `null` where it hands over nothing. */
export function fromShared(address: URLSearchParams): Case | null {
  const rest = new URLSearchParams(address.toString());
  const terms: FlatFacts = {};
  for (const name of Array.from(address.keys())) {
    if (!name.startsWith(TERMS)) continue;
    const text = address.get(name) as string;
    terms[name.slice(TERMS.length)] = /^\d+$/.test(text) && name !== TERMS + 'version' ? Number(text) : text;
    rest.delete(name);
  }
  rest.delete('question');
  const now = address.getAll('now');
  const facts = { ...now.length > 0 && { now: readFact(factAt('now') as FactEntry, now) }, ...fromAddress(rest) };
  const question = address.get('question');
  return question === null && Object.keys(facts).length + Object.keys(terms).length === 0 ? null : { question: question || 'purchase', facts: nest(facts), terms };
}
