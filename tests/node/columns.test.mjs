// Many orders at once: the answers that `check` gives, however the columns are made; and refusals that name the place.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { columnsOf } from './lib/columns.mjs';
import { instances } from './lib/instances.mjs';
import { loadPackage } from './lib/package.mjs';
import { mulberry32, randomFacts } from './random-facts.mjs';

const COUNT = Number(process.env.COUNT ?? 20_000);
const QUESTIONS = ['activation', 'purchase', 'entitlement', 'refund', 'page'];

const { load, FactsError, facts: FACTS } = await loadPackage();
const engine = await load();

const key = ({ verdict, codes, missing }) => `${verdict}|${codes.join()}|${missing.join()}`;

for (const [i, question] of QUESTIONS.entries()) {
  test(`${question}: ${COUNT} random orders are answered as one by one, in columns of every make`, () => {
    const random = mulberry32(701 + i);
    const all = [...randomFacts(question, 601 + i, COUNT)];
    while (all.length > 0) {
      const list = all.splice(0, Math.ceil(random() * 9_000));
      const { rows, answer, facts } = engine.checkColumns(question, columnsOf(FACTS, list, random));
      assert.equal(rows, list.length);
      for (let row = 0; row < rows; row++) {
        assert.equal(key(answer(row)), key(engine.check(question, list[row])), `row ${row} of ${JSON.stringify(list[row])}`);
        assert.equal(key(engine.check(question, facts(row))), key(answer(row)), `the facts of row ${row}`);
      }
    }
  });
}

const edition = (...indices) => ({ dictionary: ['free_lifetime', 'cloud'], indices: Uint8Array.from(indices) });

test('the numbers mean what the names say', () => {
  const answers = engine.checkColumns('activation', {
    edition: edition(0, 0, 1),
    'activation.account': { dictionary: ['', '13800000001'], indices: Uint8Array.of(0, 1, 0) },
  });
  const { names, verdicts, fired, missing } = answers;
  for (let row = 0; row < answers.rows; row++) {
    const bits = (set, list) => list.filter((_, place) => (set[row] >>> place) & 1);
    const { verdict, codes, missing: lacking } = answers.answer(row);
    assert.equal(names.verdicts[verdicts[row]], verdict);
    assert.deepEqual(bits(fired, names.codes).sort(), [...codes].sort());
    assert.deepEqual(bits(missing, names.missing), [...lacking]);
  }
  assert.deepEqual(answers.answer(0).codes, ['ACTIVATION_ACCOUNT_BLANK']);
});

test('the last of 32 facts, whose bit is the sign of a 32-bit number, is named as missing', () => {
  const { path } = FACTS.at(-1);
  assert.deepEqual([FACTS.length, path], [32, 'page.system']);
  assert.deepEqual(engine.check('page', { page: { restarted: true, browserChanged: false } }).missing, [path]);
  const answers = engine.checkColumns('page', {
    'page.restarted': { values: Uint8Array.of(1, 1) },
    'page.browserChanged': { values: Uint8Array.of(0, 1) },
  });
  assert.deepEqual(answers.answer(0).missing, [path]);
  assert.equal(answers.missing[0], 2 ** answers.names.missing.indexOf(path));
  assert.deepEqual(answers.answer(1).missing, []);
});

test('a row can be explained afterwards', () => {
  const answers = engine.checkColumns('purchase', {
    product: { dictionary: ['voucher_pack'], indices: Uint8Array.of(0, 0) },
    'need.ledger': { dictionary: ['A'], indices: Uint8Array.of(0, 0) },
    'selected.ledger': { dictionary: ['A', 'B'], indices: Uint8Array.of(0, 1) },
    'member.replacesOld': { values: Uint8Array.of(0, 1) },
  });
  assert.deepEqual(answers.facts(1), { product: 'voucher_pack', need: { ledger: 'A' }, selected: { ledger: 'B' }, member: { replacesOld: true } });
  assert.equal(engine.explain('purchase', answers.facts(1)).verdict, answers.answer(1).verdict);
  for (const row of [-1, 2, 1.5, NaN, undefined, 'length', '0', 'constructor', Symbol('row')]) {
    assert.throws(() => answers.answer(row), RangeError, String(row));
    assert.throws(() => answers.facts(row), RangeError, String(row));
  }
});

test('a part of a column that is null is as one that is left out', () => {
  for (const column of [{ values: null, dictionary: [2020], indices: Uint8Array.of(0) }, { values: Int16Array.of(2020), dictionary: null, indices: null, validity: null }]) {
    assert.deepEqual(engine.checkColumns('purchase', { 'need.year': column }).facts(0), { need: { year: 2020 } });
  }
  assert.throws(() => engine.checkColumns('purchase', { edition: { values: Int16Array.of(2020) } }), /^FactsError: `edition\.values` is an Int16Array of 1, but /);
});

test('no columns are no orders; columns of none are known are unknown', () => {
  assert.equal(engine.checkColumns('refund', {}).rows, 0);
  assert.equal(engine.checkColumns('refund', { edition: null, product: undefined }).rows, 0);
  const { rows, answer } = engine.checkColumns('refund', { edition: { ...edition(0, 0), validity: Uint8Array.of(0) } });
  assert.equal(rows, 2);
  assert.deepEqual(answer(1), engine.check('refund', {}));
});

test('indices that are changed while they are read, as another thread may, change nothing of the block', () => {
  const indices = new Uint8Array(new SharedArrayBuffer(4));
  indices.set([0, 1, 2, 1]);
  const dictionary = ['unpaid', 'refunded', 'applied'];
  Object.defineProperty(dictionary, 0, { get: () => (indices.fill(2, 1), 'unpaid') });
  const { answer } = engine.checkColumns('refund', { 'order.status': { dictionary, indices } });
  for (const [row, status] of ['unpaid', 'refunded', 'applied', 'refunded'].entries()) {
    assert.deepEqual(answer(row), engine.check('refund', { order: { status } }), `row ${row}`);
  }
});

test('texts of any letters and length cross whole, however many there are in a block', () => {
  const texts = ['😀', 'Ａ账套', 'x'.repeat(999), '中'.repeat(999), '😀'.repeat(999), 'nul \0', '\u3000A\u3000'];
  for (let i = 0; i < 1500; i++) texts.push(`${'账'.repeat(i % 300)}${i}`);
  const indices = Uint16Array.from(texts.keys());
  const { answer } = engine.checkColumns('purchase', {
    product: { dictionary: ['ledger'], indices: new Uint8Array(texts.length) },
    'need.ledger': { dictionary: texts, indices },
    'selected.ledger': { dictionary: texts.map((text, row) => (row % 2 ? `${text}\u00a0` : `${text}.`)), indices },
  });
  for (const row of texts.keys()) {
    assert.equal(answer(row).codes.includes('WRONG_LEDGER'), row % 2 === 0, JSON.stringify(texts[row]).slice(0, 40));
  }
});

test('memory may grow between two calls, and within one', () => {
  const orders = (texts, columns = {}) => ({
    ...columns,
    'need.ledger': { dictionary: texts, indices: Uint8Array.from(texts.keys()) },
    'selected.ledger': { dictionary: texts.slice().reverse(), indices: Uint8Array.from(texts.keys()) },
    product: { dictionary: ['ledger'], indices: new Uint8Array(texts.length) },
  });
  const wrong = ({ rows, answer }) => Array.from({ length: rows }, (_, row) => answer(row).codes.includes('WRONG_LEDGER'));
  const grow = (size) => assert.throws(() => engine.check('page', Object.fromEntries(Array.from({ length: size }, (_, i) => [`field${i}`, 'x'.repeat(2_000)]))), FactsError);
  const long = (letter) => `${letter}`.repeat(50);
  assert.deepEqual(wrong(engine.checkColumns('purchase', orders(['A', 'B', 'C']))), [true, false, true]);
  grow(4_500);
  assert.deepEqual(wrong(engine.checkColumns('purchase', orders(['D', long('E'), 'F']))), [true, false, true]);
  // A proxy in a column that the question does not read asks for more than there was room for.
  const status = new Proxy([], { get(list, name) {
    grow(9_000);
    return list[name];
  } });
  const notices = { 'activation.notices': { dictionary: [status], indices: new Uint8Array(3) } };
  assert.deepEqual(wrong(engine.checkColumns('purchase', orders(['G', long('H'), 'I'], notices))), [true, false, true]);
});

test('a million orders are answered in the memory that a few thousand take', { skip: engine.runsOn !== 'wasm' && 'the engine does not run on WebAssembly' }, () => {
  const orders = (rows) => ({
    product: { dictionary: ['ledger', 'voucher_pack'], indices: Uint8Array.from({ length: rows }, (_, row) => row & 1) },
    'member.account': { dictionary: Array.from({ length: rows }, (_, row) => `${13_000_000_000 + row}`), indices: Uint32Array.from({ length: rows }, (_, row) => row) },
    'activation.account': { dictionary: ['13000000000', '', 'other'], indices: Uint8Array.from({ length: rows }, (_, row) => row % 3) },
    'need.year': { values: Uint16Array.from({ length: rows }, (_, row) => 2000 + (row % 30)) },
    'selected.year': { values: Uint16Array.from({ length: rows }, () => 2020) },
  });
  engine.checkColumns('purchase', orders(10_000));
  const [{ exports: { memory } }] = instances;
  const before = memory.buffer.byteLength;
  const { rows, verdicts, names } = engine.checkColumns('purchase', orders(1_000_000));
  assert.equal(memory.buffer.byteLength, before);
  assert.equal(rows, 1_000_000);
  assert.ok(verdicts.every((verdict) => names.verdicts[verdict] === 'block' || names.verdicts[verdict] === 'unknown'));
});

// --- What is refused, by name ---

const year = (...values) => ({ values: Uint16Array.from(values) });
const REFUSED = [
  ['wrong_type', 'columns', 5], ['wrong_type', 'columns', []], ['wrong_type', 'columns', null],
  ['unknown_field', 'need.yaer', { 'need.yaer': year(2020) }, 'did you mean `need.year`?'],
  ['unknown_field', 'yaer', { yaer: year(2020) }, 'did you mean `need.year`?'],
  ['unknown_field', 'need', { need: { year: year(2020) } }],
  ['unknown_field', 'need.year.x', { 'need.year.x': year(2020) }], ['unknown_field', 'now.x', { 'now.x': null }], ['unknown_field', 'need.year.138****0001', { 'need.year.13800000001': null }],
  ['wrong_type', 'edition', { edition: ['cloud'] }], ['wrong_type', 'edition', { edition: 'cloud' }],
  ['unknown_field', 'need.year.vals', { 'need.year': { vals: Uint8Array.of(1) } }],
  ['wrong_type', 'need.year.values', { 'need.year': {} }],
  ['wrong_type', 'need.year.values', { 'need.year': { values: [2020] } }],
  ['wrong_type', 'need.year.values', { 'need.year': { values: Float64Array.of(2020) } }],
  ['wrong_type', 'need.year.values', { 'need.year': { values: BigInt64Array.of(2020n) } }],
  ['wrong_type', 'now.values', { now: { values: Uint32Array.of(1) } }],
  ['wrong_type', 'edition.values', { edition: { values: Uint8Array.of(1) } }],
  ['wrong_type', 'need.year.values', { 'need.year': { values: null } }], ['wrong_type', 'need.year.indices', { 'need.year': { dictionary: [2020], indices: null } }],
  ['inconsistent', 'edition.values', { edition: { ...edition(0), values: Uint8Array.of(1) } }],
  ['wrong_type', 'edition.dictionary', { edition: { dictionary: 'cloud', indices: Uint8Array.of(0) } }],
  ['wrong_type', 'edition.indices', { edition: { dictionary: ['cloud'] } }],
  ['wrong_type', 'edition.indices', { edition: { dictionary: ['cloud'], indices: [0] } }],
  ['wrong_type', 'edition.indices', { edition: { dictionary: ['cloud'], indices: Float32Array.of(0) } }],
  ['inconsistent', 'edition.indices', { 'need.year': year(2020, 2021), edition: edition(0) }],
  ['inconsistent', 'selected.year.values', { 'need.year': year(2020, 2021), 'selected.year': year(2020) }],
  ['wrong_type', 'need.year.validity', { 'need.year': { ...year(2020), validity: [true] } }],
  ['inconsistent', 'need.year.validity', { 'need.year': { ...year(...Array(9).fill(2020)), validity: Uint8Array.of(255) } }],
  ['out_of_range', 'edition.indices[1]', { edition: edition(0, 2) }],
  ['out_of_range', 'edition.indices[1]', { edition: { dictionary: ['cloud'], indices: Int8Array.of(0, -1) } }],
  ['out_of_range', 'edition.indices[0]', { edition: { dictionary: ['cloud'], indices: Uint32Array.of(2 ** 32 - 1) } }],
  ['out_of_range', 'edition.indices[0]', { edition: { dictionary: [], indices: Uint8Array.of(0) } }],
  ['out_of_range', 'need.year[2]', { 'need.year': year(2020, 2021, 1989) }],
  ['out_of_range', 'vouchers.saved[0]', { 'vouchers.saved': { values: Uint32Array.of(2 ** 32 - 1) } }],
  ['wrong_type', 'order.certified[1]', { 'order.certified': { values: Uint8Array.of(1, 2) } }],
  ['wrong_type', 'now[1]', { now: { values: Float64Array.of(1.7e12, 1.5) } }],
  ['wrong_type', 'now[0]', { now: { values: Float64Array.of(NaN) } }],
  ['out_of_range', 'now[0]', { now: { values: Float64Array.of(0) } }],
  ['wrong_type', 'now[0]', { now: { dictionary: ['yesterday'], indices: Uint8Array.of(0) } }],
  ['out_of_range', 'now[0]', { now: { dictionary: ['2021-02-30T00:00:00Z'], indices: Uint8Array.of(0) } }],
  ['unknown_value', 'product[0]', { product: { dictionary: ['ledgr'], indices: Uint8Array.of(0) } }, 'did you mean `ledger`?'],
  ['unknown_value', 'opened[1][1]', { opened: { dictionary: [[], ['ledger', 'cloud']], indices: Uint8Array.of(0, 1) } }],
  ['wrong_type', 'activation.notices[0][0]', { 'activation.notices': { dictionary: [[5]], indices: Uint8Array.of(0) } }],
  ['blank', 'need.ledger[1]', { 'need.ledger': { dictionary: ['A', '\u3000'], indices: Uint8Array.of(0, 1) } }],
  ['out_of_range', 'order.phone[0]', { 'order.phone': { dictionary: ['1'.repeat(1001)], indices: Uint8Array.of(0) } }],
  ['wrong_type', 'member.account[0]', { 'member.account': { dictionary: [13800000001], indices: Uint8Array.of(0) } }],
  ['inconsistent', 'now[1]', { now: { values: Float64Array.of(1.7e12, 1.6e12) }, 'order.paidAt': { values: Float64Array.of(1.6e12, 1.7e12) } }],
];

test('bad columns are refused by name, whatever the question reads, and good ones are answered after them', () => {
  for (const question of ['page', 'refund']) {
    for (const [code, path, columns, hint] of REFUSED) {
      assert.throws(() => engine.checkColumns(question, columns), (error) => {
        assert.ok(error instanceof FactsError, `${path}: ${error.stack}`);
        assert.deepEqual([error.code, error.path, error.hint], [code, path, hint]);
        assert.ok(error.message.startsWith(`\`${path}\` is `) && /\.$|\?$/.test(error.message), error.message);
        return true;
      });
    }
    assert.equal(engine.checkColumns(question, { 'need.year': year(2020) }).rows, 1);
  }
  assert.throws(() => engine.checkColumns('refnd', {}), { name: 'FactsError', path: 'question' });
});

test('the row of an error is counted from the first of all, not of its block', () => {
  const values = new Uint16Array(10_000).fill(2020);
  values[7777] = 1;
  assert.throws(() => engine.checkColumns('purchase', { 'need.year': { values } }), { path: 'need.year[7777]' });
  const now = new Float64Array(10_000).fill(1.7e12);
  now[9999] = 1.5e12;
  const columns = { now: { values: now }, 'order.paidAt': { values: new Float64Array(10_000).fill(1.6e12) } };
  assert.throws(() => engine.checkColumns('purchase', columns), { path: 'now[9999]', code: 'inconsistent' });
  columns.now.validity = new Uint8Array(1250).fill(255);
  columns.now.validity[1249] = 127;
  assert.equal(engine.checkColumns('purchase', columns).rows, 10_000);
});

test('what a getter among the columns asks disturbs nothing', () => {
  const plain = { 'need.ledger': { dictionary: ['A', 'B'], indices: Uint8Array.of(0, 1, 0) }, 'selected.ledger': { dictionary: ['A'], indices: Uint8Array.of(0, 0, 0) },
    opened: { dictionary: [['ledger']], indices: Uint8Array.of(0, 0, 0) } };
  const expected = engine.checkColumns('purchase', plain);
  const opened = new Proxy(['ledger'], { get(list, name) {
    engine.explain('refund', { order: { phone: '9'.repeat(900) } });
    return list[name];
  } });
  const asking = { ...plain, opened: { dictionary: [opened], indices: Uint8Array.of(0, 0, 0) } };
  for (let row = 0; row < 3; row++) assert.deepEqual(engine.checkColumns('purchase', asking).answer(row), expected.answer(row));
  const nested = new Proxy(['ledger'], { get() { return engine.checkColumns('purchase', plain); } });
  assert.throws(() => engine.checkColumns('purchase', { ...plain, opened: { dictionary: [nested], indices: Uint8Array.of(0, 0, 0) } }));
  assert.deepEqual(engine.checkColumns('purchase', plain).answer(1), expected.answer(1));
});
