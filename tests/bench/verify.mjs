// Whether engines answer as ours does: the same verdict and codes, and no facts changed.

import { inspect } from 'node:util';
import { QUESTIONS, factsOf } from './facts.mjs';
import { engine } from './package.mjs';

/** What our package answers to every one of the facts. */
export async function expectations(count) {
  const preflight = await engine();
  return QUESTIONS.map((question) => factsOf(question, count).map((facts) => {
    const { verdict, codes } = preflight.check(question, facts);
    return { question, facts: frozen(facts), expected: { verdict, codes } };
  })).flat();
}

/** Throws at the first difference. */
export async function verify(name, decide, expectations) {
  for (const { question, facts, expected } of expectations) {
    const { verdict, codes } = await decide(question, facts);
    if (verdict !== expected.verdict || codes.join() !== expected.codes.join()) {
      const show = (value) => inspect(value, { depth: null, breakLength: 120 });
      throw new Error(`${name} disagrees on ${question}.\nit says:  ${show({ verdict, codes })}\nwe say:   ${show(expected)}\nthe facts: ${show(facts)}`);
    }
  }
}

/** Facts that throw when they are changed. */
function frozen(facts) {
  for (const part of Object.values(facts)) if (typeof part === 'object') frozen(part);
  return Object.freeze(facts);
}
