// json-logic's wording of the rules, and the methods of ours that it calls; for both ways of running it.

import { alikeLedgers, differentAccounts, differentLedgers, isBlank, mentions, mentionsOther, overdue, sameAccounts, unclearAccounts, withinWindow } from './comparisons.mjs';
import { inWords } from './rules.mjs';

const fact = (path) => ({ var: path });
const WORDS = {
  is: (path, value) => ({ '===': [fact(path), value] }),
  isNot: (path, value) => ({ '!==': [fact(path), value] }),
  in: (path, values) => ({ in: [fact(path), values] }),
  holds: (list, path) => ({ in: [fact(path), fact(list)] }),
  lacks: (list, value) => ({ '!': { in: [value, fact(list)] } }),
  yes: fact,
  above: (a, b) => ({ '>': [fact(a), fact(b)] }),
  aboveSum: (a, b, c) => ({ '>': [fact(a), { '+': [fact(b), fact(c)] }] }),
  otherNumber: (a, b) => ({ '!==': [fact(a), fact(b)] }),
  differentLedgers: (a, b) => ({ differentLedgers: [fact(a), fact(b)] }),
  alikeLedgers: (a, b) => ({ alikeLedgers: [fact(a), fact(b)] }),
  differentAccounts: (a, b) => ({ differentAccounts: [fact(a), fact(b)] }),
  unclearAccounts: (a, b) => ({ unclearAccounts: [fact(a), fact(b)] }),
  notSameAccounts: (a, b) => ({ '!': { sameAccounts: [fact(a), fact(b)] } }),
  blank: (path) => ({ isBlank: [fact(path)] }),
  notBlank: (path) => ({ '!': { isBlank: [fact(path)] } }),
  mentions: (path, phrase) => ({ mentions: [fact(path), phrase] }),
  mentionsOther: (path) => ({ mentionsOther: [fact(path)] }),
  withinWindow: (now, paidAt) => ({ withinWindow: [fact(now), fact(paidAt)] }),
  afterWindow: (now, paidAt) => ({ '!': { withinWindow: [fact(now), fact(paidAt)] } }),
  overdue: (now, appliedAt) => ({ overdue: [fact(now), fact(appliedAt)] }),
};

/** The question's rules: the codes of those that fire. */
export const logicOf = (question) => ({
  merge: inWords(question, WORDS).map(([code, conditions]) => ({ if: [{ and: conditions }, code, []] })),
});

/** An engine that knows our methods. */
export function withMethods(engine) {
  const methods = { alikeLedgers, differentAccounts, differentLedgers, isBlank, mentions, mentionsOther, overdue, sameAccounts, unclearAccounts, withinWindow };
  for (const [name, method] of Object.entries(methods)) {
    engine.addMethod(name, (args) => method(args[0], args[1]), { deterministic: true });
  }
  return engine;
}
