// The module's translation to JavaScript, by wasm2js: the same answers, errors and words as WebAssembly's, and when it is taken.
import { after, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadPackage } from './lib/package.mjs';
import { randomFacts } from './random-facts.mjs';

const COUNT = Number(process.env.COUNT ?? 1_000);
const QUESTIONS = ['activation', 'purchase', 'entitlement', 'refund', 'page'];
const { entry, facts: FACTS } = await loadPackage();
const PACKAGE = dirname(entry);

let imported = 0;
/** The entry as a process would have it that has not loaded an engine yet. */
const fresh = (folder = PACKAGE) => import(`${pathToFileURL(join(folder, basename(entry)))}?${imported++}`);

const wasm = await fresh();
const js = await fresh();
const engines = { wasm: await wasm.load({ prefer: 'wasm' }), js: await js.load({ prefer: 'js' }) };

test('each engine says what it runs on', () => {
  assert.deepEqual([engines.wasm.runsOn, engines.js.runsOn], ['wasm', 'js']);
});

// --- The same to the last byte ---

/** What a call gives or throws, as a text. */
function told(call) {
  try {
    return JSON.stringify(call());
  } catch (error) {
    const { name, message, code, path, expected, received, hint } = error;
    return JSON.stringify({ name, message, code, path, expected, received, hint });
  }
}

function assertSame(question, facts, locale, { wasm, js } = engines) {
  for (const ask of ['check', 'explain', 'trace'])
    assert.equal(told(() => js[ask](question, facts, { locale })), told(() => wasm[ask](question, facts, { locale })), `${ask} ${question}`);
}

for (const [i, question] of QUESTIONS.entries()) {
  test(`${question}: check, explain and trace are the same bytes on ${COUNT} random sets of facts, in either language`, () => {
    let locale = 'en';
    for (const facts of randomFacts(question, 301 + i, COUNT)) assertSame(question, facts, (locale = locale === 'en' ? 'zh-CN' : 'en'));
  });
}

test('what cannot be read is refused in the same words', () => {
  const wrong = [5, -1, 2.5, NaN, 2 ** 53, true, '', '\u3000', 'nonsense', '非'.repeat(1001), '\ud800', [], [5], ['nonsense'], {}, Symbol('s'), 1n];
  const seen = new Set();
  for (const { path } of FACTS) {
    for (const value of wrong) {
      const facts = path.split('.').reduceRight((inner, name) => ({ [name]: inner }), value);
      assertSame('purchase', facts);
      seen.add(told(() => engines.js.check('purchase', facts)));
    }
    assertSame('purchase', { [path.slice(0, -1)]: 1 });
  }
  assert.ok(seen.size > 300, `${seen.size} different refusals`);
  for (const [question, facts, locale] of [['refnd', {}], ['page', null], ['page', { need: 5 }], ['page', {}, 'fr'],
    ['refund', { now: '2024-03-01T10:00:00Z', order: { paidAt: '2024-03-02T10:00:00Z' } }]]) assertSame(question, facts, locale);
});

test('other terms change both in the same way, and bad ones are refused in the same words', async () => {
  const terms = { voucherQuota: { assured: 100, claimed: 200 }, refundWindowDays: 10, version: 'v2' };
  const other = { wasm: await wasm.load({ terms }), js: await js.load({ terms }) };
  assert.equal(JSON.stringify(other.js.terms), JSON.stringify(other.wasm.terms));
  for (const facts of randomFacts('refund', 401, 100)) assertSame('refund', facts, 'en', other);
  for (const facts of randomFacts('entitlement', 402, 100)) assertSame('entitlement', facts, 'en', other);
  for (const terms of [5, { voucherQuota: { assured: 101 } }, { refundWindowDays: -1 }, { version: ' ' }, { voucherQouta: {} }]) {
    const [refused, expected] = await Promise.all([js, wasm].map(({ load }) => load({ terms }).then(assert.fail, (error) => error)));
    assert.equal(refused.name, 'FactsError');
    assert.equal(told(() => { throw refused; }), told(() => { throw expected; }));
  }
});

test('memory may grow in the middle of a call, and grow again', () => {
  // More than the memory that the module starts with, as one text: in ASCII and not.
  const fields = (count, text) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`field${i}`, text]));
  for (const facts of [fields(1_000, 'x'.repeat(2_000)), fields(2_000, '非'.repeat(2_000)), fields(4_000, 'x'.repeat(2_000))]) {
    assertSame('purchase', { ...facts, need: 5 });
    for (const question of QUESTIONS) for (const usual of randomFacts(question, 501, 5)) assertSame(question, usual);
  }
});

// --- When it is taken ---

const scratch = mkdtempSync(join(tmpdir(), 'preflight-wasm2js-'));
after(() => rmSync(scratch, { recursive: true }));

let copies = 0;
/** The package, after something happened to it. */
function spoilt(happens) {
  const folder = join(scratch, `copy${copies++}`);
  cpSync(PACKAGE, folder, { recursive: true });
  happens((name) => join(folder, name));
  return folder;
}
const FACTS_OF_A_PURCHASE = { product: 'ledger', need: { ledger: 'A账套' }, selected: { ledger: 'B账套' } };
const EXPLAINED = told(() => engines.wasm.explain('purchase', FACTS_OF_A_PURCHASE));

/** Puts other bytes in the place of the module, which is a part of the code. */
const embed = (bytes) => (at) => writeFileSync(at('embedded.cjs'), `module.exports = Uint8Array.from([${[...bytes]}]);\n`);
const { version: VERSION } = JSON.parse(readFileSync(join(PACKAGE, 'package.json'), 'utf8'));
const SPOILT = {
  'is cut short': embed(readFileSync(join(PACKAGE, 'preflight.wasm')).subarray(0, 50_000)),
  'is empty': embed([]),
  'is a web page': embed(Buffer.from('<!DOCTYPE html><title>Not found</title>')),
  'is of another version': embed(Buffer.from(readFileSync(join(PACKAGE, 'preflight.wasm'), 'latin1').replaceAll(VERSION, VERSION.replace(/.$/, (digit) => (digit === '9' ? '8' : '9'))), 'latin1')),
  // A type, `() -> ()`, and a function of it imported as "a" "b"; ours imports nothing.
  'imports what nobody has': embed([0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 2, 7, 1, 1, 97, 1, 98, 0, 0]),
};
for (const [how, happens] of Object.entries(SPOILT)) {
  test(`where the module ${how}, the translation answers, and says so once; who insists on the module gets the reason`, async (t) => {
    const { mock } = t.mock.method(console, 'warn', () => {});
    const folder = spoilt(happens);
    const { load } = await fresh(folder);
    await assert.rejects(load({ prefer: 'wasm' }), /^Error: the engine could not be loaded \(wasm: [^;]+\); check that preflight\.wasm and translated\.js are /);
    const engine = await load();
    assert.equal(engine.runsOn, 'js');
    assert.equal(told(() => engine.explain('purchase', FACTS_OF_A_PURCHASE)), EXPLAINED);
    await Promise.all([load(), load({ prefer: 'js' })]);
    assert.equal(mock.callCount(), 1);
    assert.match(mock.calls[0].arguments[0], /^preflight: WebAssembly does not run here \(wasm: .+\); the engine runs as its translation/);
  });
}

test('what was asked for is no fallback, and nothing is said', async (t) => {
  const { mock } = t.mock.method(console, 'warn', () => {});
  await (await fresh()).load({ prefer: 'js' });
  await (await fresh()).load();
  assert.equal(mock.callCount(), 0);
});

test('where WebAssembly runs, the translation is not even read', () => {
  const folder = spoilt((at) => writeFileSync(at('translated.js'), 'console.log("it was read");'));
  // Whatever it has begun to read is read, and says so, before the process ends.
  const script = `
    import { load } from ${JSON.stringify(pathToFileURL(join(folder, basename(entry))))};
    const { runsOn } = await load();
    console.log(runsOn);`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' });
  assert.equal(stdout, 'wasm\n', stderr);
});

test('where both fail, one error says both; once the module compiles, the next call has it', async (t) => {
  const { load } = await fresh(spoilt((at) => rmSync(at('translated.js'))));
  const { mock } = t.mock.method(WebAssembly, 'compile', () => Promise.reject(new Error('out of memory')));
  for (const failed of await Promise.allSettled([load(), load(), load()]))
    assert.match(failed.reason.message, /^the engine could not be loaded \(wasm: out of memory; js: .*translated\.js.*\); check that /);
  mock.restore();
  const again = await Promise.all([load(), load(), load()]);
  assert.deepEqual(again.map(({ runsOn }) => runsOn), ['wasm', 'wasm', 'wasm']);
  assert.equal(told(() => again[0].explain('purchase', FACTS_OF_A_PURCHASE)), EXPLAINED);
});

test('only one of them runs in a process: asking for the other is an error, asking for none is not', async () => {
  for (const [first, other] of [['wasm', 'js'], ['js', 'wasm']]) {
    const { load } = await fresh();
    const engine = await load({ prefer: first });
    await assert.rejects(load({ prefer: other }), new RegExp(`^Error: the engine already runs on "${first}", not on "${other}"`));
    assert.equal((await load()).runsOn, first);
    assert.equal((await load({ prefer: first })).runsOn, first);
    assert.equal(told(() => engine.explain('purchase', FACTS_OF_A_PURCHASE)), EXPLAINED);
  }
});

test('calls that prefer different things at once leave one running, which serves whoever can take it', async () => {
  const { load } = await fresh();
  const [either, module, translation] = await Promise.allSettled([load(), load({ prefer: 'wasm' }), load({ prefer: 'js' })]);
  const { runsOn } = either.value;
  assert.equal(module.status, runsOn === 'wasm' ? 'fulfilled' : 'rejected');
  assert.equal(translation.status, runsOn === 'js' ? 'fulfilled' : 'rejected');
  assert.equal(told(() => either.value.explain('purchase', FACTS_OF_A_PURCHASE)), EXPLAINED);
});

test('a failure of who insists on the module is not one of who does not', async () => {
  const { load } = await fresh(spoilt(SPOILT['is empty']));
  const [insists, either] = await Promise.allSettled([load({ prefer: 'wasm' }), load()]);
  assert.equal(insists.status, 'rejected');
  assert.equal(either.value?.runsOn, 'js');
});

test('a CommonJS module gets it too', async () => {
  const { load } = createRequire(import.meta.url)(join(PACKAGE, 'node.cjs'));
  const engine = await load({ prefer: 'js' });
  assert.equal(engine.runsOn, 'js');
  assert.equal(told(() => engine.explain('purchase', FACTS_OF_A_PURCHASE)), EXPLAINED);
});

test('where there is no WebAssembly and no eval at all, it answers', () => {
  const script = `
    import { load } from ${JSON.stringify(pathToFileURL(entry))};
    const engine = await load();
    console.log(JSON.stringify([typeof WebAssembly, engine.runsOn, engine.explain('purchase', ${JSON.stringify(FACTS_OF_A_PURCHASE)})]));`;
  const { stdout, stderr } = spawnSync(process.execPath,
    ['--jitless', '--disallow-code-generation-from-strings', '--input-type=module', '--eval', script], { encoding: 'utf8' });
  assert.equal(stdout.trim(), `["undefined","js",${EXPLAINED}]`, stderr);
  assert.equal(stderr.match(/preflight: WebAssembly does not run here/g)?.length, 1, stderr);
});
