// The options of load, loadSync and explain: one that is not known, or that is not the caller's own, is never taken for none.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { pathToFileURL } from 'node:url';

import { loadPackage } from './lib/package.mjs';

const { entry, load: loadPreferred, FactsError } = await loadPackage();
const prefer = process.env.PREFLIGHT_PREFER || undefined;
const engine = await loadPreferred();
let imported = 0;
const fresh = () => import(`${pathToFileURL(entry)}?options-${imported++}`);

class Options { locale = 'en'; terms = { version: 'x', refundWindowDays: 15 }; }
const OWN = { ...new Options() };
const throwing = (name) => Object.defineProperty({}, name, { enumerable: true, get() { throw new Error('13800000001'); } });
/** What is no object of options, whatever it has. */
const NO_OPTIONS = {
  'a text': () => 'en', 'a number': () => 5, 'true': () => true, 'a list': () => ['en'], 'a symbol': () => Symbol('en'), 'a list with options': () => Object.assign([], OWN),
  'a function with options': () => Object.assign(() => {}, OWN), 'an instance': () => new Options(), 'what inherits options': () => Object.create(OWN), 'a map': () => new Map([['locale', 'en']]),
  'a proxy that throws': () => new Proxy({}, { ownKeys() { throw new Error('13800000001'); } }),
};

function assertRefused(error, FactsError, code, path, about) {
  assert.ok(error instanceof FactsError, `${about}: ${error?.stack}`);
  assert.deepEqual([error.code, error.path], [code, path], `${about}: ${error.message}`);
  assert.ok(error.message.startsWith(`\`${path}\` is `) && /[.?]$/.test(error.message) && !error.message.includes('13800000001'), error.message);
}

// --- explain ---

const FACTS = { page: { restarted: false } };
/** The same facts in the form that is quick to read, and in one that is not. */
const EITHER_WAY = { 'plain facts': FACTS, 'facts without a prototype': Object.assign(Object.create(null), FACTS) };

for (const [which, facts] of Object.entries(EITHER_WAY)) {
  const explain = (options) => engine.explain('page', facts, options).contact.text;
  const refused = (options, code, path, about) => {
    let error;
    try {
      explain(options);
    } catch (thrown) {
      error = thrown;
    }
    assertRefused(error, FactsError, code, path, about);
    return error;
  };

  test(`options of explain that are not an object with a locale are refused, and never taken for Chinese: ${which}`, () => {
    for (const [about, options] of Object.entries(NO_OPTIONS)) refused(options(), 'wrong_type', 'options', about);
    refused(throwing('locale'), 'wrong_type', 'options', 'a getter that throws');
    assert.equal(refused({ local: 'en' }, 'unknown_field', 'options.local').hint, 'did you mean `options.locale`?');
    refused({ locale: 'en', terms: {} }, 'unknown_field', 'options.terms');
    refused({ locale: 'en', 13800000001: 5 }, 'unknown_field', 'options.138****0001');
    refused({ locale: 'fr' }, 'unknown_value', 'locale');
    refused({ locale: 5 }, 'wrong_type', 'locale');
    refused({ locale: ['en'] }, 'wrong_type', 'locale');
  });

  test(`the locale of explain is that of the options themselves: ${which}`, () => {
    const chinese = explain();
    const english = explain({ locale: 'en' });
    assert.notEqual(english, chinese);
    for (const options of [undefined, null, {}, { locale: undefined }, { locale: null }, { locale: 'zh-CN' }, Object.defineProperty({}, 'locale', { value: 'en', enumerable: false })]) assert.equal(explain(options), chinese);
    for (const options of [Object.freeze({ locale: 'en' }), Object.assign(Object.create(null), { locale: 'en' }), { get locale() { return 'en'; } }, new Proxy({ locale: 'en' }, {}), { locale: 'en', [Symbol('x')]: 1 }]) assert.equal(explain(options), english);
    Object.prototype.locale = 'en';
    try {
      assert.equal(explain({}), chinese);
    } finally {
      delete Object.prototype.locale;
    }
  });
}

// --- load and loadSync ---

/** Both ways to load, before and after an engine runs. */
async function waysToLoad() {
  const ways = [];
  for (const isFirst of [true, false]) {
    const { load, loadSync, FactsError } = await fresh();
    if (!isFirst) await load({ prefer });
    ways.push({ load, FactsError, ofLoad: true }, { load: async (...given) => loadSync(...given), FactsError, ofLoad: false });
  }
  return ways;
}
const outcome = (promise) => promise.then(() => undefined, (error) => error);

test('options of load that are no object are refused', async () => {
  for (const { load, FactsError } of await waysToLoad()) {
    for (const [about, options] of Object.entries({ ...NO_OPTIONS, 'null': () => null })) assertRefused(await outcome(load(options())), FactsError, 'wrong_type', 'options', about);
    for (const name of ['terms', 'prefer']) assertRefused(await outcome(load(throwing(name))), FactsError, 'wrong_type', 'options', `a getter of ${name} that throws`);
    assert.equal((await load(undefined)).terms.refundWindowDays, 7);
  }
});

test('an option that load does not have is refused, with the one that was meant', async () => {
  for (const { load, FactsError, ofLoad } of await waysToLoad()) {
    const hints = {
      term: 'options.terms', Terms: 'options.terms', refundWindowDays: 'options.terms.refundWindowDays', voucherQouta: 'options.terms.voucherQuota', calendar: 'options.terms.calendar',
      locale: undefined, nonsense: undefined, __proto__: undefined, ...(ofLoad ? { prefers: 'options.prefer' } : { prefer: undefined, module: undefined }),
    };
    for (const [name, meant] of [...Object.entries(hints), ['__proto__']]) {
      for (const value of [undefined, { version: 'x', refundWindowDays: 15 }]) {
        const error = await outcome(load(Object.defineProperty({ terms: { version: 'y' } }, name, { value, enumerable: true })));
        assertRefused(error, FactsError, 'unknown_field', `options.${name}`, name);
        assert.equal(error.hint, meant && `did you mean \`${meant}\`?`);
        assert.ok(meant || error.message.includes(ofLoad ? 'expected one of `terms`, `prefer`, `module`;' : 'expected one of `terms`;'), error.message);
      }
    }
  }
});

test('a wrong `prefer` is refused with the ones there are', async () => {
  for (const { load, FactsError, ofLoad } of await waysToLoad()) {
    if (!ofLoad) continue;
    for (const [value, code] of [['foo', 'unknown_value'], ['', 'unknown_value'], ['WASM', 'unknown_value'], [5, 'wrong_type'], [true, 'wrong_type'], [false, 'wrong_type'], [['js'], 'wrong_type']]) {
      const error = await outcome(load({ prefer: value }));
      assertRefused(error, FactsError, code, 'prefer', String(value));
      assert.equal(error.expected, 'one of `wasm`, `js`');
    }
    assert.ok(await load({ prefer: null, module: undefined, terms: null }));
  }
});

test('options are those that the caller passed, when it passed them, and none that every object inherits', async () => {
  for (const [name, value] of Object.entries({ terms: { version: 'evil', refundWindowDays: 365 }, prefer: prefer === 'js' ? 'wasm' : 'js', module: {}, nonsense: 1 })) {
    const { load, loadSync } = await fresh();
    await load({ prefer });
    Object.prototype[name] = value;
    try {
      for (const engine of [await load(), await load({}), loadSync(), loadSync({})]) assert.deepEqual([engine.runsOn, engine.terms.refundWindowDays], [prefer ?? 'wasm', 7]);
    } finally {
      delete Object.prototype[name];
    }
  }
  const { load } = await fresh();
  const options = { prefer, terms: { version: 'x', refundWindowDays: 15 } };
  const first = load(options);
  options.terms = { version: 'y', refundWindowDays: 20 };
  options.prefer = 'nonsense';
  assert.equal((await first).terms.refundWindowDays, 15);
  const hidden = Object.defineProperties({ prefer }, { terms: { value: { version: 'x', refundWindowDays: 15 }, enumerable: false } });
  assert.equal((await load(hidden)).terms.refundWindowDays, 7);
});
