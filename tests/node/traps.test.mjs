// After a trap, or where JavaScript's stack or the memory ends, the caller gets one error, and the next call is answered by
// a fresh instance, whichever engine it asks.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { loadPackage } from './lib/package.mjs';
import { check as oracle } from './oracle.mjs';

const { entry } = await loadPackage();
const FACTS = { product: 'voucher_pack', edition: 'free_lifetime', need: { ledger: 'A', year: 2020 }, selected: { ledger: 'B', year: 2020 } };
const COLUMNS = { product: { dictionary: ['voucher_pack'], indices: Uint8Array.of(0) }, 'need.ledger': { dictionary: ['A'], indices: Uint8Array.of(0) }, 'selected.ledger': { dictionary: ['B'], indices: Uint8Array.of(0) } };
const FEWER = { product: 'voucher_pack', need: { ledger: 'A' }, selected: { ledger: 'B' } };

/** The memory of every instance, in the order in which they were made. */
const memories = [];
/** The memory in which each engine that nobody holds any more was freed. */
const freedIn = [];
const noted = ({ exports }) => {
  const { memory, __wbg_engine_free: free } = exports;
  memories.push(memory);
  return { exports: { ...exports, __wbg_engine_free: (...given) => { freedIn.push(memory); free(...given); } } };
};
const { instantiate, Instance } = WebAssembly;
let makes = true;
WebAssembly.instantiate = async (...given) => noted(await instantiate(...given));
WebAssembly.Instance = function (...given) {
  if (!makes) throw new RangeError('WebAssembly.Instance is disallowed on the main thread');
  return noted(new Instance(...given));
};

let imported = 0;
async function engines(prefer) {
  const { load, FactsError } = await import(`${pathToFileURL(entry)}?traps-${imported++}`);
  const older = await load({ prefer, terms: { refundWindowDays: 8 } });
  const engine = await load({ prefer });
  engine.check('purchase', FACTS);
  older.check('purchase', FACTS);
  return { engine, older, load, FactsError };
}
/** The memory of the instance that runs. */
const last = () => memories.at(-1);
const ASKED = {
  check: (engine) => engine.check('purchase', FACTS),
  'check of a proxy': (engine) => engine.check('purchase', { ...FACTS, need: new Proxy(FACTS.need, {}) }),
  explain: (engine) => engine.explain('purchase', FACTS),
  trace: (engine) => engine.trace('purchase', FACTS),
  checkColumns: (engine) => engine.checkColumns('purchase', COLUMNS).answer(0),
  'a refusal': (engine, FactsError) => { try { engine.check('purchase', { nonsense: 1 }); } catch (error) { if (error instanceof FactsError) return error; throw error; } },
};
const answerOf = (way) => (way === 'a refusal' ? 'unknown_field' : way === 'trace' || way === 'explain' ? 'block' : oracle('purchase', way === 'checkColumns' ? FEWER : FACTS));
const told = (way, { verdict, codes, missing, code }) => (way === 'a refusal' ? code : way === 'trace' || way === 'explain' ? verdict : { verdict, codes: [...codes], missing: [...missing] });

function assertRight({ engine, older, FactsError }, about) {
  for (const asked of [older, engine]) {
    for (const [way, ask] of Object.entries(ASKED)) assert.deepEqual(told(way, ask(asked, FactsError)), answerOf(way), `${way} ${about}`);
  }
  assert.deepEqual([older.terms.refundWindowDays, engine.terms.refundWindowDays], [8, 7]);
}
function assertFails(call, about) {
  assert.throws(call, (error) => {
    assert.ok(error.constructor === Error && /^the engine failed in this call \(.+\), .+ a fresh one answers the next call\.$/.test(error.message), `${about}: ${error.stack}`);
    return true;
  }, about);
}

for (const [way, ask] of Object.entries(ASKED)) {
  test(`a trap in ${way} is one error, and a fresh instance answers the next call, of old engines too`, async () => {
    const all = await engines('wasm');
    for (let round = 0; round < 3; round++) {
      const made = memories.length;
      // Whatever the instance has in its memory is destroyed, so that it reads beyond it.
      new Uint8Array(last().buffer).fill(0xff);
      assertFails(() => ask(all.engine, all.FactsError), way);
      assert.equal(memories.length, made, 'the failed call starts nothing');
      assertRight(all, `after a trap in ${way}`);
      assert.equal(memories.length, made + 1, 'one fresh instance serves all engines');
    }
  });
}

test('a call that traps within another fails both, and what the getter caught is not answered', async () => {
  const all = await engines('wasm');
  const spoil = () => {
    new Uint8Array(last().buffer).fill(0xff);
    try { all.older.trace('page', {}); } catch {}
    return 'ledger';
  };
  const item = () => Object.defineProperty(['x'], 0, { get: spoil });
  const within = {
    check: () => all.engine.check('purchase', { ...FACTS, opened: item(), entry: new Proxy({}, {}) }),
    explain: () => all.engine.explain('purchase', new Proxy({ ...FACTS, opened: item() }, {})),
    trace: () => all.engine.trace('purchase', { ...FACTS, opened: item() }),
    checkColumns: () => all.engine.checkColumns('purchase', { ...COLUMNS, opened: { dictionary: [item()], indices: Uint8Array.of(0) } }),
  };
  for (const [way, call] of Object.entries(within)) {
    assertFails(call, way);
    assertRight(all, `after a trap within ${way}`);
  }
  // Here no call of the engine is under way when the getter asks it.
  let times = 0;
  const plain = { ...FACTS, get entry() { if (times++ === 0) spoil(); return undefined; } };
  assert.deepEqual(told('check', all.engine.check('purchase', plain)), answerOf('check'));
  assertRight(all, 'after a trap while the facts were read');
});

test('where the memory cannot grow, one error says so, and a fresh instance answers', async () => {
  const all = await engines('wasm');
  const memory = last();
  memory.grow(65_536 - memory.buffer.byteLength / 65_536);
  const kept = [];
  await assert.rejects(async () => { for (let count = 0; count < 10_000; count++) kept.push(await all.load({ terms: { version: `v${count}` } })); }, /^Error: the engine failed in this call \(RuntimeError: /);
  assertRight(all, 'after the memory was full');
  assert.ok(last().buffer.byteLength < 2 ** 25, 'the memory is not kept');
  for (const [place, { terms }] of kept.slice(0, 3).entries()) assert.equal(terms.version, `v${place}`);
  if (kept.length > 0) assert.equal(kept[0].check('purchase', FACTS).verdict, 'block');
});

test('terms that take much memory to refuse or to read leave nothing behind', async () => {
  const all = await engines('wasm');
  const memory = last();
  let grown = false;
  const greedy = () => {
    if (!grown) memory.grow(400);
    grown = true;
    return 9;
  };
  const engine = await all.load({ terms: { get refundWindowDays() { return greedy(); } } });
  assert.equal(engine.terms.refundWindowDays, 9);
  assertRight(all, 'after memory was taken');
  assert.equal(engine.check('purchase', FACTS).verdict, 'block');
  assert.notEqual(last(), memory, 'the memory that grew is not kept');
});

test('above 2 GiB of memory everything is answered as below', async () => {
  const all = await engines('wasm');
  last().grow(33_000);
  const above = { ...all, engine: await all.load() };
  const filler = [];
  for (let count = 0; count < 200; count++) filler.push(await all.load({ terms: { version: 'x'.repeat(60) } }));
  assertRight({ ...above, engine: filler.at(-1) }, 'above 2 GiB');
  assertRight(above, 'above 2 GiB');
});

for (const prefer of ['wasm', 'js']) {
  for (const [way, ask] of Object.entries(ASKED)) {
    test(`${way} on ${prefer}, however near the end of the stack, is answered right or fails with one error`, async () => {
      const all = await engines(prefer);
      const outcomes = { right: 0, failed: 0, wrong: [] };
      let calls = 0;
      // It asks on the way back from where the stack ends, with more of the stack each time.
      const recurse = () => {
        try {
          recurse();
        } catch {}
        if (calls++ >= 1_000) return;
        let answer;
        try {
          answer = told(way, ask(all.engine, all.FactsError));
        } catch (error) {
          outcomes.failed++;
          // No regular expression: near the end of the stack, compiling one ends the process.
          if (!error.message.includes('the engine failed') && !error.message.includes('call stack')) outcomes.wrong.push(error);
          return;
        }
        if (JSON.stringify(answer) === JSON.stringify(answerOf(way))) outcomes.right++;
        else outcomes.wrong.push(answer);
      };
      recurse();
      assert.deepEqual(outcomes.wrong, []);
      assert.ok(outcomes.failed > 0 && outcomes.right > 100, JSON.stringify(outcomes));
      assertRight(all, 'after the stack ended');
    });
  }
}

test('a getter that asks for its own facts is refused, whatever it does with the refusal, and memory is not kept', async () => {
  for (const prefer of ['wasm', 'js']) {
    const all = await engines(prefer);
    const long = Array(100).fill('长'.repeat(1000));
    for (const way of ['check', 'explain', 'trace']) {
      const facts = { ...FACTS, activation: { notices: [...long] }, get entry() { return all.engine[way]('purchase', facts).verdict; } };
      assert.throws(() => all.engine[way]('purchase', facts), all.FactsError);
      let asked = 0;
      const patient = { ...FACTS, get entry() {
        asked++;
        try { all.engine[way]('purchase', patient); } catch {}
        return undefined;
      } };
      assert.equal(all.engine[way]('purchase', patient).verdict, 'block');
      assert.ok(asked < 100, `it is read ${asked} times`);
    }
    assertRight(all, 'after calls within calls');
  }
  assert.ok(last().buffer.byteLength < 2 ** 25);
});

test('where the host makes no instance at once, the next call says so, and one soon after is answered', async () => {
  const all = await engines('wasm');
  new Uint8Array(last().buffer).fill(0xff);
  makes = false;
  try {
    assertFails(() => all.engine.check('purchase', FACTS), 'check');
    assert.throws(() => all.engine.check('purchase', FACTS), /^Error: the engine failed, and a fresh one is being started \(RangeError: .+\); call it again in a moment\.$/);
    const made = memories.length;
    while (memories.length === made) await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    assertRight(all, 'soon after a trap');
    assert.equal(memories.length, made + 1);
  } finally {
    makes = true;
  }
});

test('engines that nobody holds any more are freed in their own instance alone', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const all = await engines('wasm');
  for (let round = 0; round < 5; round++) {
    await Promise.all(Array.from({ length: 50 }, () => all.load({ terms: { version: 'v' } })));
    new Uint8Array(last().buffer).fill(0xff);
    assertFails(() => all.engine.check('purchase', FACTS), 'check');
    assertRight(all, 'before what is left is collected');
    collect();
    await new Promise((resolve) => setImmediate(resolve));
    assertRight(all, 'after what was left was collected');
  }
});

test('between a trap and the next call, no engine is freed in the instance that failed', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  const all = await engines('wasm');
  let left = 0;
  const registry = new FinalizationRegistry(() => { left--; });
  const make = async () => {
    for (const engine of await Promise.all(Array.from({ length: 50 }, () => all.load({ terms: { version: 'v' } })))) {
      registry.register(engine);
      left++;
    }
  };
  const until = async (isSo) => {
    while (!isSo()) {
      collect();
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const freed = () => freedIn.filter((memory) => memory === last()).length;
  await make();
  await until(() => left === 0 && freed() >= 50);
  await make();
  new Uint8Array(last().buffer).fill(0xff);
  assertFails(() => all.engine.check('purchase', FACTS), 'check');
  const before = freed();
  await until(() => left === 0);
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(freed(), before);
  assertRight(all, 'after what was left was collected');
});

test('a call that is under way when another fails reads nothing more', async () => {
  const all = await engines('wasm');
  const read = [];
  const fail = () => {
    const memory = new Uint8Array(last().buffer);
    const kept = memory.slice();
    memory.fill(0xff);
    assertFails(() => all.older.trace('page', {}), 'the call within');
    // The call around it has what it needs to go on.
    memory.set(kept);
  };
  const facts = new Proxy({ product: 'ledger', opened: ['ledger'], edition: 'paid', entry: 'in_app' }, {
    get(target, name) {
      read.push(name);
      if (name === 'opened') fail();
      return target[name];
    },
  });
  assertFails(() => all.engine.trace('purchase', facts), 'the call around it');
  assert.deepEqual(read, ['product', 'opened']);
  assertRight(all, 'after both failed');
});
