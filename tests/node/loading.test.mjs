// Loading with a module of one's own: another module, bytes, or an object in its place are one clear error, and the next load
// is as if they had never been.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runInNewContext } from 'node:vm';

import { loadPackage } from './lib/package.mjs';

const { entry } = await loadPackage();
const BYTES = readFileSync(join(dirname(entry), 'preflight.wasm'));
const FACTS = { product: 'ledger', need: { ledger: 'A' }, selected: { ledger: 'B' } };

let imported = 0;
const fresh = () => import(`${pathToFileURL(entry)}?loading-${imported++}`);
const failure = (promise) => promise.then(() => assert.fail('it was loaded'), (error) => error);

/** A module that exports functions of these names, each of which does nothing: a type, the functions, the exports, the code. */
function moduleWith(names) {
  const section = (kind, ...bytes) => [kind, ...length(bytes.length), ...bytes];
  const length = (number) => (number < 128 ? [number] : [(number & 127) | 128, number >> 7]);
  const exported = names.flatMap((name, place) => [name.length, ...Buffer.from(name), 0, place]);
  return new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, ...section(1, 1, 96, 0, 0), ...section(3, names.length, ...names.map(() => 0)),
    ...section(7, names.length, ...exported), ...section(10, names.length, ...names.flatMap(() => [2, 0, 11]))));
}

const NO_MODULES = {
  'bytes': BYTES, 'a buffer': BYTES.buffer, 'an object': {}, 'a text': 'preflight.wasm', 'a number': 1, 'a promise': WebAssembly.compile(BYTES),
  'an instance': { exports: {} }, 'a response': { arrayBuffer: async () => BYTES }, 'false': false,
};
for (const [what, module] of Object.entries(NO_MODULES)) {
  test(`${what} in place of a module is an error that says what was expected, before and after something runs`, async () => {
    const { load } = await fresh();
    for (let times = 0; times < 2; times++) {
      const error = await failure(load({ module }));
      assert.ok(error instanceof TypeError, error.stack);
      assert.match(error.message, /^`module` is .+, but a WebAssembly\.Module of preflight\.wasm was expected; compile it with WebAssembly\.compile, or leave it out\.$/);
      assert.deepEqual([(await load()).runsOn, (await load()).check('purchase', FACTS).codes[0]], ['wasm', 'WRONG_LEDGER']);
    }
  });
}

const OTHERS = {
  'nothing in it': moduleWith([]), 'other exports': moduleWith(['main', 'memory']), 'the names of ours': moduleWith(['engine_new', 'engine_about', '__wbindgen_add_to_stack_pointer', 'memory']),
  'other imports': new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 97, 1, 98, 0, 0)),
};
for (const [what, module] of Object.entries(OTHERS)) {
  test(`another module, with ${what}, is an error, not the translation, and the next load answers on WebAssembly`, async () => {
    const { load } = await fresh();
    const [first, second] = await Promise.all([failure(load({ module })), failure(load({ module }))]);
    assert.match(first.message, /^the engine could not be loaded \(wasm: [^;]+\); check that /);
    assert.equal(second.message, first.message);
    const engine = await load();
    assert.deepEqual([engine.runsOn, engine.check('purchase', FACTS).codes[0]], ['wasm', 'WRONG_LEDGER']);
  });
}

test('a module of another version is refused by name', async () => {
  const own = createRequire(import.meta.url)(join(dirname(entry), 'package.json')).version;
  const at = BYTES.indexOf(own);
  assert.ok(at > 0 && /^\d+\.\d+\.\d+$/.test(own));
  const older = Buffer.from(BYTES);
  for (let place = at; place > 0; place = older.indexOf(own, place + 1)) older.write(own.replace(/\d$/, (digit) => (digit === '9' ? '8' : '9')), place);
  const { load } = await fresh();
  const error = await failure(load({ module: new WebAssembly.Module(older) }));
  assert.match(error.message, /preflight\.wasm is of version [\d.]+, and the script that loads it of [\d.]+, where both have to be from one package/);
  assert.equal((await load()).runsOn, 'wasm');
});

test('a module of ours is taken, that of another realm too, while another is being loaded', async () => {
  for (const module of [new WebAssembly.Module(BYTES), runInNewContext('new WebAssembly.Module(bytes)', { bytes: BYTES })]) {
    const { load } = await fresh();
    const engines = await Promise.all([load({ module }), load(), load({ module: null }), load({ module: undefined })]);
    for (const engine of engines) assert.deepEqual([engine.runsOn, engine.check('purchase', FACTS).codes[0]], ['wasm', 'WRONG_LEDGER']);
  }
});
