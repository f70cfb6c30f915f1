// @gorules/zen-engine: one expression, which it answers faster than a decision graph or table; with its own trimming
// and dates, since an expression can call no function of ours.

import zen from '@gorules/zen-engine';
import { PHRASES, bare } from '../comparisons.mjs';
import { answer, told } from '../rules.mjs';

export const name = '@gorules/zen-engine';
export const note = 'it is a native module; white space is taken out of the notices for it, within the timed call, since the regular expressions that could take it twice as long';
export function load() {
  const [forPurchase, forRefund] = [expression('purchase'), expression('refund')];
  // It is given the groups that the rules read and no more, since all that it is given is converted.
  return {
    purchase({ edition, product, entry, payment, goal, need, selected, opened, member, activation, cloud }) {
      const context = { edition, product, entry, payment, goal, need, selected, opened, member, cloud };
      context.activation = { account: activation.account, notices: activation.notices.map(bare) };
      return answer(zen.evaluateExpressionSync(forPurchase, context));
    },
    refund: ({ now, edition, cloud, order }) =>
      answer(zen.evaluateExpressionSync(forRefund, { now, edition, cloud, order })),
  };
}

const day = (path) => `floor((date(${path}) + 28800) / 86400)`;

const WORDS = {
  is: (path, value) => `${path} == "${value}"`,
  isNot: (path, value) => `${path} != "${value}"`,
  in: (path, values) => `${path} in ${JSON.stringify(values)}`,
  holds: (list, path) => `${path} in ${list}`,
  yes: (path) => path,
  above: (a, b) => `${a} > ${b}`,
  otherNumber: (a, b) => `${a} != ${b}`,
  otherLedger: (a, b) => `trim(${a}) != trim(${b})`,
  otherAccount: (a, b) => `lower(trim(${a})) != lower(trim(${b}))`,
  blank: (path) => `trim(${path}) == ""`,
  notBlank: (path) => `trim(${path}) != ""`,
  mentions: (path, phrase) => `some(${path}, contains(#, "${phrase}"))`,
  mentionsOther: (path) => `some(${path}, # != "" and ${PHRASES.map((phrase) => `not contains(#, "${phrase}")`).join(' and ')})`,
  withinWindow: (now, paidAt) => `${day(now)} - ${day(paidAt)} <= 7`,
  afterWindow: (now, paidAt) => `${day(now)} - ${day(paidAt)} > 7`,
};

const expression = (question) => `filter([${told(question, WORDS)
  .map(([code, conditions]) => `${conditions.join(' and ')} ? "${code}" : null`).join(',\n')}], # != null)`;
