// The table of hostile callers (tests/node/lib/hostile.mjs) in Chromium, on WebAssembly and on its translation; and a fresh
// instance after a trap on the thread of the page.
import assert from 'node:assert/strict';
import { basename } from 'node:path';
import { test } from 'node:test';

import { AFTER, cases } from '../node/lib/hostile.mjs';
import { check as oracle } from '../node/oracle.mjs';
import { faults, open, page, root } from './lib.mjs';

const installed = root + 'target/project/node_modules/@ekuaiji/preflight/';
const expected = cases.map(({ question, as = [] }) => as.map((facts) => facts === undefined ? null : oracle(question, JSON.parse(JSON.stringify(facts)))));
const after = oracle(AFTER.question, AFTER.facts);

async function openWithPackage() {
  await open('order.html');
  await page.route('**/installed/*', (route) => route.fulfill({ path: installed + basename(new URL(route.request().url()).pathname) }));
  await page.route('**/hostile.mjs', (route) => route.fulfill({ path: root + 'tests/node/lib/hostile.mjs', contentType: 'text/javascript' }));
}

for (const prefer of ['wasm', 'js']) {
  test(`${cases.length} hostile cases in Chromium on ${prefer}`, async () => {
    await openWithPackage();
    page.setDefaultTimeout(120_000);
    const { calls, failures, runsOn } = await page.evaluate(async ({ prefer, expected, after }) => {
      const { load, FactsError } = await import('/installed/browser.js');
      const { run } = await import('/hostile.mjs');
      const older = await load({ prefer, terms: { refundWindowDays: 8 } });
      const engine = await load({ prefer });
      return { ...run({ engine, older, FactsError }, expected, after), runsOn: engine.runsOn };
    }, { prefer, expected, after });
    assert.deepEqual(failures, []);
    assert.equal(runsOn, prefer);
    assert.ok(calls > 2_500, `${calls} calls`);
    assert.deepEqual(faults, []);
  });
}

test('a trap is one error in Chromium, and the next call is answered', async () => {
  await openWithPackage();
  const outcome = await page.evaluate(async (facts) => {
    const memories = [];
    const { instantiate } = WebAssembly;
    WebAssembly.instantiate = async (...given) => {
      const instance = await instantiate.apply(WebAssembly, given);
      memories.push(instance.exports.memory);
      return instance;
    };
    const { load } = await import('/installed/browser.js');
    const engine = await load({ prefer: 'wasm' });
    new Uint8Array(memories.at(-1).buffer).fill(0xff);
    let error;
    try {
      engine.explain('purchase', facts);
    } catch (thrown) {
      error = `${thrown.name}: ${thrown.message}`;
    }
    return { error, codes: engine.explain('purchase', facts).codes };
  }, AFTER.facts);
  assert.match(outcome.error, /^Error: the engine failed in this call \([^)]{1,80}\), /);
  assert.deepEqual(outcome.codes, after.codes);
});
