// The engine's memory stays as it is, whatever is asked of it: calls within calls disturb nothing in it, and it does not grow.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { instances } from './lib/instances.mjs';
import { loadPackage } from './lib/package.mjs';
import { randomFacts } from './random-facts.mjs';

const CALLS = Number(process.env.CALLS ?? 300_000);

const { load, FactsError, entry } = await loadPackage();
const engine = await load();

const WRONG = { product: 'ledger', need: { ledger: 'A', year: 2020 }, selected: { ledger: 'B', year: 2020 } };

test('a getter among the facts may ask the engine itself', () => {
  // The same ledger, so that a text written over in between shows as another one.
  const right = { ...WRONG, selected: { ledger: 'A', year: 2020 } };
  const plain = engine.check('purchase', right);
  assert.deepEqual(plain.codes, []);
  for (const ask of [
    () => engine.check('refund', { order: { status: 'unpaid', phone: 'x'.repeat(900) } }),
    () => engine.explain('page', { page: { restarted: true } }),
  ]) {
    for (const name of ['product', 'need', 'selected']) {
      const facts = { ...right, get [name]() { ask(); return right[name]; } };
      assert.deepEqual(engine.check('purchase', facts), plain, name);
    }
  }
});

test('answers share their parts, and nobody can change them', () => {
  const one = engine.check('purchase', WRONG);
  const other = engine.check('purchase', { ...WRONG });
  assert.equal(one.codes, other.codes);
  assert.throws(() => one.codes.push('WRONG_YEAR'), TypeError);
  assert.throws(() => one.missing.push('now'), TypeError);
});

test('in the translation, engines keep no memory that has grown since', async () => {
  const { load } = await import(`${pathToFileURL(entry)}?sixty`);
  const indices = Uint16Array.from({ length: 200 }, (_, row) => row);
  const columns = { 'need.ledger': { dictionary: Array.from({ length: 200 }, (_, row) => `${row}${'长'.repeat(900)}`), indices } };
  const engines = [];
  const mapped = () => process.memoryUsage().arrayBuffers / 2 ** 20;
  for (let count = 0; count < 60; count++) {
    const engine = await load({ prefer: 'js' });
    engine.check('purchase', WRONG);
    engine.checkColumns('purchase', columns);
    engines.push(engine);
  }
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  assert.ok(mapped() < 200, `60 engines keep ${mapped()} MB`);
  assert.equal(engines[0].check('purchase', WRONG).verdict, engines[59].check('purchase', WRONG).verdict);
});

test(`memory does not grow over ${CALLS.toLocaleString('en')} calls, good and bad`, { skip: instances.length === 0 && 'the engine does not run on WebAssembly' }, () => {
  const questions = ['activation', 'purchase', 'entitlement', 'refund', 'page'];
  const good = questions.map((question, seed) => [...randomFacts(question, 301 + seed, 500)]);
  const bad = [{ need: { legder: 1 } }, { now: 'yesterday' }, { opened: ['cloud'] }, 5, { member: { account: ' ' } }, { activation: { notices: Array(101).fill('x') } }];
  const call = (count) => {
    for (let index = 0; index < count; index++) {
      const question = index % questions.length;
      const facts = good[question][index % 500];
      if (index % 7 === 0) engine.explain(questions[question], facts, { locale: index % 2 ? 'en' : 'zh-CN' });
      else if (index % 11 === 0) assert.throws(() => engine.check(questions[question], bad[index % bad.length]), FactsError);
      else engine.check(questions[question], facts);
    }
  };
  const [{ exports: { memory } }] = instances;
  call(10_000);
  const before = memory.buffer.byteLength;
  call(CALLS);
  assert.equal(memory.buffer.byteLength, before);
});
