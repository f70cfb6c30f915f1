// What the package says in Chromium is, byte for byte, what the engine says natively (target/project/native.json).
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { test } from 'node:test';
import { open, page, root, saidOtherwise } from './lib.mjs';

const native = JSON.parse(readFileSync(root + 'target/project/native.json', 'utf8'));
const installed = root + 'target/project/node_modules/@ekuaiji/preflight/';

test(`${native.length} explanations and errors are the same natively and in Chromium`, async () => {
  assert.ok(native.length > 3_000);
  await open('order.html');
  await page.route('**/installed/*', route => route.fulfill({ path: installed + basename(new URL(route.request().url()).pathname) }));
  assert.deepEqual(await saidOtherwise(native), { runsOn: 'wasm', different: [] });
});
