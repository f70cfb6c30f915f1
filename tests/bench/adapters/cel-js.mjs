// @marcbachmann/cel-js, the fastest of the CEL engines in JavaScript; expressions parsed once.

import { Environment } from '@marcbachmann/cel-js';
import { alikeLedgers, differentAccounts, differentLedgers, isBlank, mentions, mentionsOther, overdue, sameAccounts, unclearAccounts, withinWindow } from '../comparisons.mjs';
import { answer, inWords } from '../rules.mjs';

export const name = '@marcbachmann/cel-js';
export function load() {
  const environment = new Environment({ unlistedVariablesAreDyn: true })
    .registerFunction('isBlank(string): bool', isBlank)
    .registerFunction('differentLedgers(string, string): bool', differentLedgers)
    .registerFunction('alikeLedgers(string, string): bool', alikeLedgers)
    .registerFunction('differentAccounts(string, string): bool', differentAccounts)
    .registerFunction('unclearAccounts(string, string): bool', unclearAccounts)
    .registerFunction('sameAccounts(string, string): bool', sameAccounts)
    .registerFunction('mentions(list, string): bool', mentions)
    .registerFunction('mentionsOther(list): bool', mentionsOther)
    .registerFunction('withinWindow(string, string): bool', withinWindow)
    .registerFunction('overdue(string, string): bool', overdue);
  const asked = (question) => {
    const evaluate = environment.parse(expression(question));
    return (facts) => answer(evaluate(facts));
  };
  return { purchase: asked('purchase'), refund: asked('refund') };
}
export const download = {};

const WORDS = {
  is: (path, value) => `${path} == "${value}"`,
  isNot: (path, value) => `${path} != "${value}"`,
  in: (path, values) => `${path} in ${JSON.stringify(values)}`,
  holds: (list, path) => `${path} in ${list}`,
  lacks: (list, value) => `!("${value}" in ${list})`,
  yes: (path) => path,
  above: (a, b) => `${a} > ${b}`,
  aboveSum: (a, b, c) => `${a} > ${b} + ${c}`,
  otherNumber: (a, b) => `${a} != ${b}`,
  differentLedgers: (a, b) => `differentLedgers(${a}, ${b})`,
  alikeLedgers: (a, b) => `alikeLedgers(${a}, ${b})`,
  differentAccounts: (a, b) => `differentAccounts(${a}, ${b})`,
  unclearAccounts: (a, b) => `unclearAccounts(${a}, ${b})`,
  notSameAccounts: (a, b) => `!sameAccounts(${a}, ${b})`,
  blank: (path) => `isBlank(${path})`,
  notBlank: (path) => `!isBlank(${path})`,
  mentions: (path, phrase) => `mentions(${path}, "${phrase}")`,
  mentionsOther: (path) => `mentionsOther(${path})`,
  withinWindow: (now, paidAt) => `withinWindow(${now}, ${paidAt})`,
  afterWindow: (now, paidAt) => `!withinWindow(${now}, ${paidAt})`,
  overdue: (now, appliedAt) => `overdue(${now}, ${appliedAt})`,
};

const expression = (question) => inWords(question, WORDS)
  .map(([code, conditions]) => `(${conditions.join(' && ')} ? ["${code}"] : [])`).join(' + ');
