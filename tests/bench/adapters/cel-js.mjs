// @marcbachmann/cel-js, the fastest of the CEL engines in JavaScript; expressions parsed once.

import { Environment } from '@marcbachmann/cel-js';
import { isBlank, mentions, mentionsOther, sameAccount, sameLedger, withinWindow } from '../comparisons.mjs';
import { answer, told } from '../rules.mjs';

export const name = '@marcbachmann/cel-js';
export function load() {
  const environment = new Environment({ unlistedVariablesAreDyn: true })
    .registerFunction('isBlank(string): bool', isBlank)
    .registerFunction('sameLedger(string, string): bool', sameLedger)
    .registerFunction('sameAccount(string, string): bool', sameAccount)
    .registerFunction('mentions(list, string): bool', mentions)
    .registerFunction('mentionsOther(list): bool', mentionsOther)
    .registerFunction('withinWindow(string, string): bool', withinWindow);
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
  yes: (path) => path,
  above: (a, b) => `${a} > ${b}`,
  otherNumber: (a, b) => `${a} != ${b}`,
  otherLedger: (a, b) => `!sameLedger(${a}, ${b})`,
  otherAccount: (a, b) => `!sameAccount(${a}, ${b})`,
  blank: (path) => `isBlank(${path})`,
  notBlank: (path) => `!isBlank(${path})`,
  mentions: (path, phrase) => `mentions(${path}, "${phrase}")`,
  mentionsOther: (path) => `mentionsOther(${path})`,
  withinWindow: (now, paidAt) => `withinWindow(${now}, ${paidAt})`,
  afterWindow: (now, paidAt) => `!withinWindow(${now}, ${paidAt})`,
};

const expression = (question) => told(question, WORDS)
  .map(([code, conditions]) => `(${conditions.join(' && ')} ? ["${code}"] : [])`).join(' + ');
