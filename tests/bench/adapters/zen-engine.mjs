// @gorules/zen-engine: one expression, which it answers faster than a decision graph or table; with its own trimming
// and dates, and the other comparisons worked out for it, since an expression can call no function of ours.

import zen from '@gorules/zen-engine';
import { PHRASES, alikeLedgers, differentAccounts, differentLedgers, folded, overdue, sameAccounts, unclearAccounts } from '../comparisons.mjs';
import { answer, inWords, picking, reading } from '../rules.mjs';

export const name = '@gorules/zen-engine';
export const note = 'it is a native module; notices are folded for it, and ledgers, accounts and working days compared for it, within the timed call, since it can do none of these';
export const load = () => ({ purchase: asked('purchase'), refund: asked('refund') });

function asked(question) {
  const paths = new Set();
  const fact = (path) => paths.add(path) && `facts[${JSON.stringify(path)}]`;
  const booleans = [];
  const boolean = (holds) => (path, other) => {
    const [a, b] = [reading(path), reading(other)];
    return `compared[${booleans.push((facts) => holds(a(facts), b(facts))) - 1}]`;
  };
  const day = (path) => `floor((date(${fact(path)}) + 28800) / 86400)`;
  const conditions = inWords(question, {
    is: (path, value) => `${fact(path)} == "${value}"`,
    isNot: (path, value) => `${fact(path)} != "${value}"`,
    in: (path, values) => `${fact(path)} in ${JSON.stringify(values)}`,
    holds: (list, path) => `${fact(path)} in ${fact(list)}`,
    lacks: (list, value) => `"${value}" not in ${fact(list)}`,
    yes: fact,
    above: (a, b) => `${fact(a)} > ${fact(b)}`,
    aboveSum: (a, b, c) => `${fact(a)} > ${fact(b)} + ${fact(c)}`,
    otherNumber: (a, b) => `${fact(a)} != ${fact(b)}`,
    differentLedgers: boolean(differentLedgers),
    alikeLedgers: boolean(alikeLedgers),
    differentAccounts: boolean(differentAccounts),
    unclearAccounts: boolean(unclearAccounts),
    notSameAccounts: boolean((a, b) => !sameAccounts(a, b)),
    blank: (path) => `trim(${fact(path)}) == ""`,
    notBlank: (path) => `trim(${fact(path)}) != ""`,
    mentions: (_, phrase) => `some(notices, contains(#, "${phrase}"))`,
    mentionsOther: () => `some(notices, # != "" and ${PHRASES.map((phrase) => `not contains(#, "${phrase}")`).join(' and ')})`,
    withinWindow: (now, paidAt) => `${day(now)} - ${day(paidAt)} <= 7`,
    afterWindow: (now, paidAt) => `${day(now)} - ${day(paidAt)} > 7`,
    overdue: boolean(overdue),
  });
  const expression = `filter([${conditions
    .map(([code, all]) => `${all.join(' and ')} ? "${code}" : null`).join(',\n')}], # != null)`;

  // It is given the facts that the rules read and no more, since all that it is given is converted.
  const pick = picking([...paths]);
  return (facts) => answer(zen.evaluateExpressionSync(expression, {
    facts: pick(facts),
    notices: facts.activation.notices.map(folded),
    compared: booleans.map((holds) => holds(facts)),
  }));
}
