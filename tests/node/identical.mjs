// What the package says in Node is, byte for byte, what the engine says natively (target/project/native.json): the
// explanations of every scenario and of random facts, and the errors; on WebAssembly, or with PREFLIGHT_PREFER=js on its
// translation.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { loadPackage } from './lib/package.mjs';

const PROJECT = new URL('../../target/project/', import.meta.url);
const native = JSON.parse(readFileSync(new URL('native.json', PROJECT), 'utf8'));
const { load, FactsError } = await loadPackage(fileURLToPath(new URL('node_modules/@ekuaiji/preflight', PROJECT)));
const engine = await load();

function said(question, facts, locale) {
  try {
    return JSON.stringify(engine.explain(question, facts, { locale }));
  } catch (error) {
    assert.ok(error instanceof FactsError, `${error}`);
    return `${error.code} ${error.path} ${error.message}`;
  }
}

test(`${native.length} explanations and errors are the same natively and in Node, on ${engine.runsOn}`, () => {
  assert.ok(native.length > 3_000);
  for (const entry of native) assert.equal(said(entry.question, entry.facts, entry.locale), entry.said);
});
