// json-logic's wording of the rules, and the methods of ours that it calls; for both ways of running it.

import { isBlank, mentions, mentionsOther, sameAccount, sameLedger, withinWindow } from './comparisons.mjs';
import { told } from './rules.mjs';

const fact = (path) => ({ var: path });
const WORDS = {
  is: (path, value) => ({ '===': [fact(path), value] }),
  isNot: (path, value) => ({ '!==': [fact(path), value] }),
  in: (path, values) => ({ in: [fact(path), values] }),
  holds: (list, path) => ({ in: [fact(path), fact(list)] }),
  yes: fact,
  above: (a, b) => ({ '>': [fact(a), fact(b)] }),
  otherNumber: (a, b) => ({ '!==': [fact(a), fact(b)] }),
  otherLedger: (a, b) => ({ '!': { sameLedger: [fact(a), fact(b)] } }),
  otherAccount: (a, b) => ({ '!': { sameAccount: [fact(a), fact(b)] } }),
  blank: (path) => ({ isBlank: [fact(path)] }),
  notBlank: (path) => ({ '!': { isBlank: [fact(path)] } }),
  mentions: (path, phrase) => ({ mentions: [fact(path), phrase] }),
  mentionsOther: (path) => ({ mentionsOther: [fact(path)] }),
  withinWindow: (now, paidAt) => ({ withinWindow: [fact(now), fact(paidAt)] }),
  afterWindow: (now, paidAt) => ({ '!': { withinWindow: [fact(now), fact(paidAt)] } }),
};

/** The question's rules: the codes of those that fire. */
export const logicOf = (question) => ({
  merge: told(question, WORDS).map(([code, conditions]) => ({ if: [{ and: conditions }, code, []] })),
});

/** An engine that knows our methods. */
export function withMethods(engine) {
  const methods = { isBlank, mentions, mentionsOther, sameAccount, sameLedger, withinWindow };
  for (const [name, method] of Object.entries(methods)) {
    engine.addMethod(name, (args) => method(args[0], args[1]), { deterministic: true });
  }
  return engine;
}
