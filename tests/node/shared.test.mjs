// Nothing that is handed out is shared and mutable: whoever changes what the package exports or what an engine returned
// changes no answer of any engine, and nothing that anybody else reads.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { loadPackage } from './lib/package.mjs';
import { spoil } from './lib/spoil.mjs';

const { load, FactsError, entry } = await loadPackage();
const FACTS = { product: 'voucher_pack', edition: 'free_lifetime', need: { ledger: 'A', year: 2020 }, selected: { ledger: 'B', year: 2020 } };
const COLUMNS = { product: { dictionary: ['voucher_pack', 'ledger'], indices: Uint8Array.of(0, 1) }, 'need.year': { values: Uint16Array.of(2020, 2021) }, 'selected.year': { values: Uint16Array.of(2021, 2021) } };

function refusal(engine) {
  try {
    engine.check('purchase', { need: { legder: 'A' } });
  } catch (error) {
    if (error instanceof FactsError) return error;
    throw error;
  }
  throw new Error('wrong facts were answered.');
}

/** What an engine hands out, each by a new call. */
const HANDED_OUT = {
  'its answers': (engine) => engine.check('purchase', FACTS),
  explanations: (engine) => engine.explain('purchase', FACTS, { locale: 'en' }),
  traces: (engine) => engine.trace('purchase', FACTS),
  'answers in columns': (engine) => {
    const { rows, verdicts, fired, missing, names, answer, facts } = engine.checkColumns('purchase', COLUMNS);
    return { rows, verdicts: [...verdicts], fired: [...fired], missing: [...missing], names, answers: [answer(0), answer(1)], facts: facts(0) };
  },
  errors: refusal,
  'its terms': (engine) => engine.terms,
};
const everything = (engine) => JSON.stringify(Object.values(HANDED_OUT).map((ask) => ask(engine)), (_, part) => (part instanceof Error ? { ...part, message: part.message } : part));

for (const [what, ask] of Object.entries({ ...HANDED_OUT, 'an engine': (engine) => engine })) {
  test(`whoever changes ${what} changes no answer`, async () => {
    const [engine, other] = [await load(), await load()];
    const before = everything(engine);
    assert.ok(spoil(ask(other)) > 0);
    assert.equal(everything(engine), before);
    assert.equal(everything(await load()), before);
    if (what !== 'an engine') assert.equal(everything(other), before);
  });
}

test('the lists of columns are those of the caller alone', async () => {
  const engine = await load();
  const before = everything(engine);
  const { verdicts, fired, missing } = engine.checkColumns('purchase', COLUMNS);
  for (const list of [verdicts, fired, missing]) list.fill(255);
  assert.equal(everything(engine), before);
});

for (const [way, get] of [
  ['imported', (path) => import(pathToFileURL(path + 'js'))],
  ['required', (path) => createRequire(import.meta.url)(path + 'cjs')],
]) {
  test(`whoever changes the catalogue that was ${way} changes nothing`, async () => {
    const catalogue = await get(join(dirname(entry), 'catalogue.'));
    const engine = await load();
    const before = [JSON.stringify(catalogue), everything(engine)];
    let count = 0;
    for (const part of Object.values(catalogue)) count += spoil(part);
    assert.ok(count > 300, `${count} objects`);
    assert.deepEqual([JSON.stringify(catalogue), everything(engine)], before);
  });
}
