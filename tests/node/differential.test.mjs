// The engine and the oracle, put to the same random facts: two readings of one contract, which must give the same answers.
import { test } from 'node:test';
import { deepEqual, equal, fail } from 'node:assert/strict';
import { inspect } from 'node:util';
import { TERMS, check as oracle, needed as oracleNeeds } from './oracle.mjs';
import { isComplete, mulberry32, randomFacts } from './random-facts.mjs';
import { columnsOf } from './lib/columns.mjs';
import { loadPackage } from './lib/package.mjs';

const MANY = Number(process.env.COUNT ?? 100_000);
const SOME = MANY / 20;
const QUESTIONS = ['activation', 'purchase', 'entitlement', 'refund', 'page'];
// In 2023 and 2028 these have no holidays, and of 2027, between known years, they know nothing.
const OTHER_TERMS = {
  voucherQuota: { assured: 100, claimed: 200 },
  refundWindowDays: 10,
  refundReviewWorkdays: 5,
  calendar: { ...TERMS.calendar, 2023: { off: [], work: [] }, 2028: { off: [], work: [] } },
};

const { load, facts: FACTS } = await loadPackage();
const engine = await load();
const show = (value) => inspect(value, { depth: null, breakLength: 120 });
/** The same value, the fields of every object in the opposite order. */
const backwards = (value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([name, field]) => [name, backwards(field)]));
};
const key = ({ verdict, codes, missing }) => `${verdict}|${codes.join()}|${missing.join()}`;

function compare(question, facts, actual, expected) {
  if (key(actual) !== key(expected))
    fail(`${question} disagrees on ${show(facts)}\nengine:  ${show(actual)}\noracle:  ${show(expected)}`);
}

function assertSameAnswers(t, engine, question, seed, count, terms) {
  const tally = {};
  let complete = 0;
  for (const facts of randomFacts(question, seed, count)) {
    const expected = oracle(question, facts, terms);
    let actual;
    try {
      actual = engine.check(question, facts);
    } catch (error) {
      fail(`${question} refuses valid facts ${show(facts)}\nengine:  ${error}\noracle:  ${show(expected)}`);
    }
    compare(question, facts, actual, expected);
    tally[actual.verdict] = (tally[actual.verdict] ?? 0) + 1;
    if (isComplete(facts)) complete++;
  }
  t.diagnostic(`${question}: ${Object.entries(tally).map((entry) => entry.join(' ')).join(', ')}; complete ${complete}, partial ${count - complete}`);
}

for (const [i, question] of QUESTIONS.entries()) {
  test(`${question}: the engine answers ${MANY} random sets of facts as the oracle does`, (t) =>
    assertSameAnswers(t, engine, question, 1 + i, MANY));

  test(`${question}: under other terms the engine still answers as the oracle does`, async (t) =>
    assertSameAnswers(t, await load({ terms: OTHER_TERMS }), question, 101 + i, SOME, OTHER_TERMS));

  test(`${question}: explain answers ${MANY} random sets of facts as the oracle does, in either language`, () => {
    let locale = 'en';
    for (const facts of randomFacts(question, 201 + i, MANY)) {
      locale = locale === 'en' ? 'zh-CN' : 'en';
      const { verdict, codes, missing } = engine.explain(question, facts, { locale });
      compare(question, facts, { verdict, codes, missing: missing.map(({ fact }) => fact) }, oracle(question, facts));
      deepEqual(missing.filter(({ needed }) => needed).map(({ fact }) => fact), oracleNeeds(question, facts));
    }
  });

  test(`${question}: ${SOME} random sets of facts as an object, and with their fields backwards, are answered as in the flat record`, () => {
    for (const facts of randomFacts(question, 601 + i, SOME)) {
      const { verdict, codes } = engine.check(question, facts);
      // Facts reach `trace` as an object, and `check` as a flat record where they fit in it.
      const trace = engine.trace(question, facts);
      const fired = trace.rules.filter(({ state }) => state === 'fired').map(({ code }) => code);
      deepEqual([trace.verdict, fired.sort()], [verdict, [...codes].sort()], show(facts));
      equal(JSON.stringify(engine.explain(question, backwards(facts))), JSON.stringify(engine.explain(question, facts)), show(facts));
    }
  });

  test(`${question}: columns of ${MANY} random sets of facts are answered as the oracle does`, () => {
    const random = mulberry32(301 + i);
    const all = randomFacts(question, 401 + i, MANY);
    for (let remaining = MANY; remaining > 0;) {
      const list = Array.from({ length: Math.min(remaining, 1 + Math.floor(random() * 9_000)) }, () => all.next().value);
      remaining -= list.length;
      const { answer } = engine.checkColumns(question, columnsOf(FACTS, list, random));
      for (const [row, facts] of list.entries()) compare(question, facts, answer(row), oracle(question, facts));
    }
  });
}

test('explain repeats texts as they were passed, whichever way they cross', () => {
  for (const text of ['\ufeffA', ' 中文\u3000', '😀"\\\u2028', 'nul \0 and \u0001', 'x'.repeat(1000), '中'.repeat(1000)]) {
    const facts = { edition: 'free_lifetime', activation: { notices: [text, 'B'] } };
    const { values } = engine.explain('activation', facts).reasons[0].because[1];
    deepEqual(values, { 'activation.notices': [text, 'B'] });
  }
});
