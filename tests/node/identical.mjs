// What the package explains in Node is, byte for byte, what the engine explains natively (target/project/native.json);
// on WebAssembly, or with PREFLIGHT_PREFER=js on its translation.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { loadPackage } from './lib/package.mjs';

const PROJECT = new URL('../../target/project/', import.meta.url);
const native = JSON.parse(readFileSync(new URL('native.json', PROJECT), 'utf8'));
const { load } = await loadPackage(fileURLToPath(new URL('node_modules/@ekuaiji/preflight', PROJECT)));
const engine = await load();

test(`${native.length} explanations are the same natively and in Node, on ${engine.runsOn}`, () => {
  assert.ok(native.length > 1_000);
  for (const { question, facts, locale, explanation } of native) {
    assert.equal(JSON.stringify(engine.explain(question, facts, { locale })), explanation);
  }
});
