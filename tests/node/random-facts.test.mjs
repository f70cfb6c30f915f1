// What the random facts have to be for a comparison of two engines to mean something: valid, and about every rule.

import { test } from 'node:test';
import { deepEqual, ok } from 'node:assert/strict';
import { check } from './oracle.mjs';
import { isComplete, randomFacts } from './random-facts.mjs';

const COUNT = 20_000;
const RULES = {
  activation: 'ACCOUNT_BLANK ACCOUNT_NOT_YOURS ACCOUNT_UNCLEAR ILLEGAL_COPY MACHINE_LIMIT IP_TAKEN NOTICE_UNKNOWN'.split(' ').map((code) => `ACTIVATION_${code}`),
  purchase: ['WRONG_LEDGER', 'WRONG_YEAR', 'FEATURE_LEDGER_DIFFERS', 'FEATURE_YEAR_DIFFERS', 'LEDGER_NAMES_ALIKE', 'IN_APP_ONLY', 'PAYMENT_UNSUPPORTED', 'RENEWAL_BELOW_USED',
    'TOP_UP_BELOW_USED', 'TOP_UP_UNSTATED', 'NEW_ACCOUNT_UNSUPPORTED', 'NEW_ACCOUNT_UNSTATED', 'ALREADY_OPENED', 'GOAL_NEEDS_VOUCHERS', 'GOAL_NEEDS_LEDGER', 'PRODUCT_NOT_FOR_EDITION'],
  entitlement: ['ORDER_ELSEWHERE', 'CERTIFICATION_PENDING', 'OPENING_FAILED', 'CLOSING_NEEDS_LEDGER', 'FEATURE_NOT_OPENED', 'VOUCHER_QUOTA_REACHED', 'VOUCHER_QUOTA_UNCERTAIN', 'CLOUD_OVER_CAPACITY'],
  refund: ['ORDER_NOT_PAID', 'ORDER_ALREADY_REFUNDED', 'REFUND_UNDER_REVIEW', 'REFUND_OVERDUE', 'REFUND_SELF_SERVICE', 'REFUND_WITHIN_WINDOW', 'REFUND_WINDOW_PASSED', 'REFUND_INVOICED',
    'REFUND_RED_LETTER_FIRST', 'REFUND_TERMS_UNSTATED', 'REFUND_REASON_UNSTATED', 'PURCHASE_PHONE_NEEDED', 'DELETE_LEDGERS_INSTEAD'],
  page: ['RESTART_AND_RETRY', 'SET_DEFAULT_BROWSER', 'CONTACT_SUPPORT'],
};

const tally = (items) => items.reduce((counts, item) => counts.set(item, (counts.get(item) ?? 0) + 1), new Map());

for (const [i, [question, own]] of Object.entries(RULES).entries()) {
  const drawn = [...randomFacts(question, 801 + i, COUNT)];

  test(`${question}: every rule fires on one in a hundred of the complete facts, and the verdict is unknown on some of the others`, () => {
    const complete = drawn.filter(isComplete);
    const fired = tally(complete.flatMap((facts) => check(question, facts).codes));
    const expected = ['purchase', 'entitlement'].includes(question) ? [...RULES.activation, ...own] : own;
    deepEqual([...fired.keys()].sort(), [...expected].sort());
    for (const [code, count] of fired) ok(count >= complete.length / 100, `${code}: ${count} of ${complete.length}`);
    ok(complete.length >= COUNT / 5);
    ok(drawn.some((facts) => check(question, facts).verdict === 'unknown'));
  });

  test(`${question}: an order is applied for after it was paid, and asked about after both`, () => {
    const instant = (time) => (typeof time === 'number' ? time : Date.parse(time.toUpperCase().replace(/(\.\d{3})\d+/, '$1')));
    const [first, last] = [Date.parse('2000-01-01T00:00:00+08:00'), Date.parse('2100-12-31T23:59:59.999+08:00')];
    for (const { now, order } of drawn) {
      const known = [order?.paidAt, order?.appliedAt, now].filter((time) => time != null).map(instant);
      deepEqual(known, [...known].sort((a, b) => a - b));
      ok(known.every((time) => first <= time && time <= last));
    }
  });
}

test('accounts are the same though spelled otherwise, unclear and different, each in one of ten', () => {
  const pairs = [...randomFacts('activation', 811, COUNT)]
    .filter(({ member, activation }) => member?.account != null && activation?.account != null && member.account !== activation.account);
  const relations = tally(pairs.map(({ member, activation }) =>
    check('activation', { edition: 'free_lifetime', member, activation: { account: activation.account, notices: [] } }).codes.join()));
  for (const relation of ['', 'ACTIVATION_ACCOUNT_NOT_YOURS', 'ACTIVATION_ACCOUNT_UNCLEAR'])
    ok(relations.get(relation) >= pairs.length / 10, `${relation}: ${relations.get(relation)} of ${pairs.length}`);
});

test('ledgers are the same though spelled otherwise, alike and different, each in one of ten', () => {
  const pairs = [...randomFacts('purchase', 812, COUNT)]
    .filter(({ need, selected }) => need?.ledger != null && selected?.ledger != null && need.ledger !== selected.ledger);
  const relations = tally(pairs.map(({ need, selected }) =>
    check('purchase', { product: 'ledger', need: { ledger: need.ledger }, selected: { ledger: selected.ledger } }).codes.join()));
  deepEqual([...relations.keys()].sort(), ['', 'LEDGER_NAMES_ALIKE', 'WRONG_LEDGER']);
  for (const [relation, count] of relations) ok(count >= pairs.length / 10, `${relation}: ${count} of ${pairs.length}`);
});
