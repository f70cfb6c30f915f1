// What the package explains in Chromium is, byte for byte, what the engine explains natively (target/project/native.json).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';
import { open, page, root } from './lib.mjs';

const native = JSON.parse(readFileSync(root + 'target/project/native.json', 'utf8'));
const installed = root + 'target/project/node_modules/@ekuaiji/preflight/';

test(`${native.length} explanations are the same natively and in Chromium`, async () => {
  assert.ok(native.length > 1_000);
  await open('order.html');
  await page.route('**/installed/*', route => route.fulfill({ path: installed + basename(new URL(route.request().url()).pathname) }));
  const different = await page.evaluate(async native => {
    const { load } = await import('/installed/browser.js');
    const engine = await load();
    return native.filter(({ question, facts, locale, explanation }) =>
      JSON.stringify(engine.explain(question, facts, { locale })) !== explanation);
  }, native);
  assert.deepEqual(different, []);
});
