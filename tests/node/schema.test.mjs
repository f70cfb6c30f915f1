// The JSON Schema of scenario files: it takes every scenario that the tool takes, and refuses what the tool refuses.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { loadEngine } from './lib/package.mjs';
import { findFiles } from './lib/scenarios.mjs';

const { default: Ajv } = createRequire(new URL('../bench/package.json', import.meta.url))('ajv/dist/2020.js');

const { engine, entry } = await loadEngine();
const schema = JSON.parse(readFileSync(join(dirname(entry), 'scenarios.schema.json'), 'utf8'));
const validate = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true }).compile(schema);

test('every scenario file of the tests satisfies the schema', () => {
  const files = findFiles([]);
  assert.ok(files.length > 50);
  for (const file of files) {
    assert.ok(validate(JSON.parse(readFileSync(file, 'utf8'))), `${file}: ${JSON.stringify(validate.errors)}`);
  }
});

const GOOD = { title: 'a', clause: 'S-13', facts: { product: 'ledger', need: { year: 2020 } }, expect: { verdict: 'block', codes: ['WRONG_YEAR'] } };

test('the terms in force satisfy it too', () => {
  assert.ok(validate([{ ...GOOD, terms: engine.terms }]), JSON.stringify(validate.errors));
});

test('what the tool refuses, the schema refuses', () => {
  assert.ok(validate([GOOD]));
  assert.ok(validate([{ ...GOOD, clause: 'S-11, S-13, inferred' }]));
  assert.ok(validate([{ title: 'a', facts: { year: 1 }, expect: { error: { code: 'unknown_field', path: 'year' } } }]));
  const { clause, ...unfounded } = GOOD;
  for (const [what, scenarios] of Object.entries({
    'not an array': GOOD,
    'no scenario': [],
    'an unknown field': [{ ...GOOD, claus: 'S-13' }],
    'a blank title': [{ ...GOOD, title: ' ' }],
    'no clause': [unfounded],
    'a clause that does not exist': [{ ...GOOD, clause: 'S-99' }],
    'one clause of two that does not exist': [{ ...GOOD, clause: 'S-13, S-99' }],
    'an unknown fact': [{ ...GOOD, facts: { need: { legder: 'A' } } }],
    'an unknown value': [{ ...GOOD, facts: { product: 'legder' } }],
    'a year out of range': [{ ...GOOD, facts: { need: { year: 1900 } } }],
    'unknown terms': [{ ...GOOD, terms: { refundDays: 7 } }],
    'an unknown verdict': [{ ...GOOD, expect: { verdict: 'alow', codes: [] } }],
    'an unknown code': [{ ...GOOD, expect: { verdict: 'block', codes: ['WRONG_LEGDER'] } }],
    'no codes': [{ ...GOOD, expect: { verdict: 'block' } }],
    'an unknown missing fact': [{ ...GOOD, expect: { ...GOOD.expect, missing: ['need.legder'] } }],
    'an unknown action': [{ ...GOOD, expect: { ...GOOD.expect, plan: ['open_app'] } }],
    'an answer beside an error': [{ ...GOOD, expect: { verdict: 'block', codes: [], error: { code: 'blank', path: 'now' } } }],
    'an unknown error': [{ ...GOOD, expect: { error: { code: 'bad', path: 'now' } } }],
  })) {
    assert.ok(!validate(scenarios), what);
  }
});
