// Whether every engine of the benchmark answers as ours does, the facts leave no rule of the two questions out, and
// the validations in front of some engines refuse what ours refuses.

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { deepEqual, doesNotThrow, equal, rejects, throws } from 'node:assert/strict';
import { COUNT, QUESTIONS, factsOf } from './facts.mjs';
import { engine } from './package.mjs';
import { RULES } from './rules.mjs';
import { table } from './table.mjs';
import { EARLIEST, LATEST, LONGEST_LIST, LONGEST_TEXT, Refused } from './validation.mjs';
import { expectations, runApart, verifyApart } from './verify.mjs';

test('every rule of both questions fires on some of the facts', async () => {
  const fired = new Set((await expectations(COUNT)).flatMap(({ expected }) => expected.codes));
  deepEqual([...fired].sort(), QUESTIONS.flatMap((question) => RULES[question].map(([code]) => code)).sort());
});

// --- Every engine, in a process of its own ---

// Those that validate are asked about all the facts of the benchmark, none of which they may refuse.
const ADAPTERS = readdirSync(new URL('adapters', import.meta.url)).map((file) => file.replace('.mjs', ''));
const VALIDATED = ADAPTERS.filter((adapter) => /-(ajv|zod)$/.test(adapter));
for (const adapter of ADAPTERS) {
  const count = VALIDATED.includes(adapter) ? COUNT : 500;
  test(`${adapter} answers as we do on ${count} facts of each question`, () => verifyApart(adapter, count));
}

test('a process that crashes is started again, twice at most; one that fails is not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'preflight-bench-'));
  const starts = () => readdirSync(folder).length;
  const started = `fs.mkdtempSync(${JSON.stringify(join(folder, 'start-'))});`;
  const crash = "process.kill(process.pid, 'SIGSEGV');";
  try {
    await runApart(['-e', `${started} if (fs.readdirSync(${JSON.stringify(folder)}).length < 3) { ${crash} setTimeout(() => {}, 1e6); }`]);
    equal(starts(), 3);
    await rejects(runApart(['-e', `${started} ${crash} setTimeout(() => {}, 1e6);`]), /crashed 3 times \(SIGSEGV\)/);
    equal(starts(), 6);
    await rejects(runApart(['-e', `${started} throw new Error('it disagrees')`]), /it disagrees/);
    equal(starts(), 7);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

// --- The validations ---

const preflight = await engine();
const validated = await Promise.all(VALIDATED.map(async (adapter) => {
  const { load } = await import(`./adapters/${adapter}.mjs`);
  return [adapter, await load()];
}));

const LONG = LONGEST_TEXT + 1;
/** By the type of the fact: values of another type. */
const TYPES_REFUSED = {
  time: [true, [], {}, 'yesterday', 1.5],
  choice: [0, true, [], {}],
  set: ['ledger', 0, {}, [0], [null]],
  text: [0, true, [], {}],
  texts: ['', 0, {}, [0], [null]],
  flag: [0, 'true', [], {}],
  integer: ['1', true, [], {}, 1.5, NaN, Infinity],
};
/** By the type of the fact: values of that type that are refused all the same. */
const MORE_REFUSED = {
  time: [
    '2024-03-01', '2024-03-01T10:00Z', '2024-03-01T10:00:00', '2024-03-01T10:00:00+0800', '2024-03-01T10:00:00+08', ' 2024-03-01T10:00:00Z',
    '2024-03-01T10:00:00Z\n', '2024-03-01T10:00:00.Z', '2021-02-30T10:00:00+08:00', '2023-02-29T10:00:00Z', '2100-02-29T10:00:00Z', '2024-04-31T10:00:00Z',
    '2024-13-01T10:00:00Z', '2024-00-01T10:00:00Z', '2024-01-00T10:00:00Z', '2024-01-32T10:00:00Z', '2024-03-01T24:00:00Z', '2024-03-01T10:60:00Z', '2016-12-31T23:59:60Z',
    '2024-03-01T10:00:00+24:00', '2024-03-01T10:00:00+08:60', '1999-12-31T23:59:59.999+08:00', '1999-12-31T15:59:59Z', '2101-01-01T00:00:00+08:00',
    '2100-12-31T16:00:00Z', EARLIEST - 1, LATEST + 1, 0,
  ],
  choice: ['', 'nonsense', ' cloud', 'toString', '__proto__'],
  set: [['nonsense'], ['full_edition'], ['ledger', 'Ledger'], Array(LONGEST_LIST + 1).fill('ledger')],
  text: ['x'.repeat(LONG), '😀'.repeat(LONG)],
  texts: [['x'.repeat(LONG)], ['x', '😀'.repeat(LONG)], Array(LONGEST_LIST + 1).fill('x')],
  flag: [],
  integer: [-1, 2 ** 32, 2 ** 53, 1e300, -1e300],
};
const BLANK = ['', ' ', '\u3000', '\t\r\n', '\u00a0\u0085\u2028\ufeff'];

/** Values that the table refuses for the fact. */
const refusedValues = ({ type, blank, min, max }) => [
  ...TYPES_REFUSED[type], ...MORE_REFUSED[type],
  ...(type === 'text' && !blank ? BLANK : []),
  ...(type === 'integer' ? [min - 1, max + 1, min + 0.5] : []),
];

/** Values at the very bounds that the table has for the fact. */
const acceptedValues = ({ type, values, blank, min, max }) => ({
  time: () => [EARLIEST, LATEST, '2000-01-01T00:00:00+08:00', '1999-12-31T16:00:00Z', '2100-12-31T23:59:59.9999+08:00', '2100-12-31T15:59:59Z', '2101-01-01T15:58:59+23:59',
    '2024-02-29T10:00:00Z', '2000-02-29t10:00:00z', '2024-03-01 10:00:00.1234567-00:30'],
  choice: () => values,
  set: () => [[], values, Array(LONGEST_LIST).fill(values[0])],
  text: () => ['x'.repeat(LONGEST_TEXT), '😀'.repeat(LONGEST_TEXT), ' x\u3000', ...(blank ? BLANK : [])],
  texts: () => [[], ['', '😀'.repeat(LONGEST_TEXT)], Array(LONGEST_LIST).fill('x')],
  flag: () => [true, false],
  integer: () => [min, max, min + 1],
})[type]();

/** Complete facts, with one changed or added; the other times leave room, so that any time fits. */
function factsWith(path, value) {
  const facts = factsAt(EARLIEST, path === 'order.paidAt' ? LATEST : EARLIEST, LATEST);
  const [name, field] = path.split('.');
  if (field === undefined) facts[name] = value;
  else facts[name][field] = value;
  return facts;
}

/** Complete facts, paid, applied for and asked about at these times. */
function factsAt(paidAt, appliedAt, now) {
  const [facts] = factsOf('purchase', 1);
  facts.now = now;
  Object.assign(facts.order, { paidAt, appliedAt });
  return facts;
}

const BAD = [
  ['an unknown field', factsWith('nonsense', 1)],
  ['a misspelled field', factsWith('editon', 'cloud')],
  ['an unknown field in a group', factsWith('need.legder', 'A')],
  ['a group that is a text', factsWith('need', 'A')],
  ['a group that is a list', factsWith('cloud', [])],
  ['an unknown edition', factsWith('edition', 'gold')],
  ['an add-on that is none', factsWith('opened', ['full_edition'])],
  ['the year 1989', factsWith('need.year', 1989)],
  ['the year 2101', factsWith('selected.year', 2101)],
  ['a year as a text', factsWith('need.year', '2020')],
  ['a blank ledger', factsWith('need.ledger', ' \u3000')],
  ['a blank member account', factsWith('member.account', '')],
  ['an account as a number', factsWith('member.account', 13800000001)],
  ['a time without an offset', factsWith('now', '2024-03-01T10:00:00')],
  ['30 February', factsWith('order.paidAt', '2021-02-30T10:00:00+08:00')],
  ['a time before 2000', factsWith('order.paidAt', '1999-12-31T23:59:59+08:00')],
  ['a text of 1,001 characters', factsWith('order.phone', '1'.repeat(LONG))],
  ['a notice of 1,001 characters', factsWith('activation.notices', ['认'.repeat(LONG)])],
  ['101 notices', factsWith('activation.notices', Array(LONGEST_LIST + 1).fill('认证成功'))],
  ['a count of 1.5', factsWith('cloud.used', 1.5)],
  ['a count below zero', factsWith('vouchers.saved', -1)],
  ['a count of 1,000,001', factsWith('vouchers.bought', 1_000_001)],
  ['applied for before it was paid', factsAt('2024-03-01T10:00:00+08:00', '2024-03-01T09:59:59.999+08:00', LATEST)],
  ['applied for before it was paid, though its text is not', factsAt('2024-03-01T01:00:00-01:00', '2024-03-01T09:59:59+08:00', LATEST)],
  ['now before it was applied for', factsAt(EARLIEST, '2024-03-01T10:00:00+08:00', '2024-03-01T09:59:59.999+08:00')],
  ['now before it was paid and applied for', factsAt('2024-03-01T10:00:00+08:00', '2024-03-01T10:00:00+08:00', '2024-03-01T09:59:59.999+08:00')],
  ...[null, undefined, [], 'facts', 1].map((facts) => [`facts that are ${JSON.stringify(facts)}`, facts]),
  ...table.flatMap((fact) => refusedValues(fact).map((value) => [`\`${fact.path}\` as ${shown(value)}`, factsWith(fact.path, value)])),
];
const GOOD = [
  ['now when it was paid and applied for', factsAt('2024-03-01T02:00:00Z', '2024-03-01T03:00:00+01:00', '2024-03-01T10:00:00+08:00')],
  ...table.flatMap((fact) => acceptedValues(fact).map((value) => [`\`${fact.path}\` as ${shown(value)}`, factsWith(fact.path, value)])),
];

function shown(value) {
  const text = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 40)}… (${text.length})` : text;
}

test('our engine refuses every one of the bad facts', () => {
  for (const question of QUESTIONS) {
    for (const [what, facts] of BAD) throws(() => preflight.check(question, facts), { name: 'FactsError' }, `${question}: ${what}`);
  }
});

test('there is a validation of each kind in front of each of two engines', () => {
  deepEqual(VALIDATED.sort(), ['handwritten-ajv', 'handwritten-zod', 'json-logic-compiled-ajv', 'json-logic-compiled-zod']);
});

for (const [adapter, peer] of validated) {
  test(`${adapter} refuses every one of the bad facts`, () => {
    for (const question of QUESTIONS) {
      for (const [what, facts] of BAD) throws(() => peer[question](facts), Refused, `${question}: ${what}`);
    }
  });

  test(`${adapter} refuses facts of which one is left out, which ours calls missing`, () => {
    for (const { path } of table) {
      const facts = JSON.parse(JSON.stringify(factsWith(path, undefined)));
      for (const question of QUESTIONS) {
        doesNotThrow(() => preflight.check(question, facts), path);
        throws(() => peer[question](facts), Refused, path);
      }
    }
  });

  test(`${adapter} accepts every value at the bounds, and answers as we do`, () => {
    for (const question of QUESTIONS) {
      for (const [what, facts] of GOOD) {
        const { verdict, codes } = preflight.check(question, facts);
        const answered = peer[question](facts);
        deepEqual({ verdict: answered.verdict, codes: [...answered.codes] }, { verdict, codes: [...codes] }, `${question}: ${what}`);
      }
    }
  });
}
