// Hostile callers, in Node, on WebAssembly and on its translation: each call is answered exactly or refused with a FactsError,
// and the next answer is right.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';

import { AFTER, cases, run } from './lib/hostile.mjs';
import { instances } from './lib/instances.mjs';
import { loadPackage } from './lib/package.mjs';
import { check as oracle } from './oracle.mjs';

const { entry } = await loadPackage();
/** The right answers of each case, and of the question after it. */
export const expected = cases.map(({ question, as = [] }) => as.map((facts) => facts === undefined ? null : oracle(question, JSON.parse(JSON.stringify(facts)))));
export const after = oracle(AFTER.question, AFTER.facts);

test('the table has no two cases of one name, and both answers and refusals', () => {
  assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length);
  assert.ok(expected.filter((right) => right.length > 0).length > 100 && expected.filter((right) => right.length === 0).length > 400);
});

for (const prefer of ['wasm', 'js']) {
  test(`${cases.length} hostile cases on ${prefer}`, async (context) => {
    const { load, FactsError } = await import(`${pathToFileURL(entry)}?hostile-${prefer}`);
    const older = await load({ prefer, terms: { refundWindowDays: 8 } });
    const engine = await load({ prefer });
    assert.equal(engine.runsOn, prefer);
    const size = () => instances.reduce((sum, { exports: { memory } }) => sum + memory.buffer.byteLength, 0);
    const once = run({ engine, older, FactsError }, expected, after);
    assert.deepEqual(once.failures, []);
    const before = size();
    const again = run({ engine, older, FactsError }, expected, after);
    assert.deepEqual(again, once);
    assert.equal(size(), before, 'the memory does not grow');
    context.diagnostic(`${once.calls} calls, twice`);
  });
}
