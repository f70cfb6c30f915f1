// Hostile callers, as a table: what is passed, and either the plain facts whose answer is the right one or that it is
// refused. It runs in Node and in browsers, so that it imports nothing and is given the expected answers.

const CONTEXT = {
  product: 'ledger', edition: 'free_lifetime', action: 'save_voucher', need: { ledger: 'A账套', year: 2020 }, selected: { ledger: 'B账套', year: 2020 },
  member: { account: '13800000001', replacesOld: false }, vouchers: { saved: 100, bought: 0 }, order: { status: 'paid', paidAt: '2024-03-01T10:00:00+08:00' },
};

/** The kinds of facts, each with one of them, a question that reads it, and whether a plain value is valid. */
const letters = (text) => [...text].length;
const isWellFormed = (text) => !/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text);
const isText = (value) => typeof value === 'string' && isWellFormed(value) && letters(value) <= 1000;
const isBlank = (text) => /^[\p{White_Space}\ufeff]*$/u.test(text);
const isWhole = (value, min, max) => Number.isInteger(value) && value >= min && value <= max;
const ADD_ONS = ['ledger', 'voucher_pack', 'bookkeeping', 'tax_filing', 'cloud_backup'];
const KINDS = {
  'a choice': ['purchase', 'edition', (value) => ['free_lifetime', 'cloud', 'paid'].includes(value)],
  'a set': ['purchase', 'opened', (value) => Array.isArray(value) && value.length <= 100 && value.every((item) => ADD_ONS.includes(item))],
  'a name': ['purchase', 'need.ledger', (value) => isText(value) && !isBlank(value)],
  'a text': ['activation', 'activation.account', isText],
  'a list of texts': ['activation', 'activation.notices', (value) => Array.isArray(value) && value.length <= 100 && value.every(isText)],
  'a flag': ['purchase', 'member.replacesOld', (value) => typeof value === 'boolean'],
  'a year': ['purchase', 'need.year', (value) => isWhole(value, 1990, 2100)],
  'a count': ['entitlement', 'vouchers.saved', (value) => isWhole(value, 0, 1_000_000)],
  'a time': ['refund', 'now', (value) => isWhole(value, Date.parse('2024-03-01T10:00:00+08:00'), Date.parse('2101-01-01T00:00:00+08:00') - 1)],
};

const throws = () => { throw new Error('hostile'); };
function revoked(target) {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}
function cyclic(value, name) {
  value[name] = value;
  return value;
}
function deep(levels) {
  let value = {};
  for (let level = 0; level < levels; level++) value = level % 2 ? [value] : { need: value };
  return value;
}
class Point { x = 1; }
class Ledgers extends Array {}
const withOwn = (object, name, value) => Object.defineProperty(object, name, { value, configurable: true, enumerable: false });
const endless = function* () { while (true) yield 'ledger'; };

/** Values in place of a fact. Where one stands for a plain value, as a list of an odd make does, that is the second. */
const VALUES = {
  'a date': () => [new Date(0)], 'a bigint': () => [2020n], 'a huge bigint': () => [10n ** 1000n], 'a symbol': () => [Symbol('cloud')],
  'a registered symbol': () => [Symbol.for('cloud')], 'a function': () => [() => 'cloud'], 'an async function': () => [async () => 'cloud'],
  'a class': () => [Point], 'an instance': () => [new Point()], 'a map': () => [new Map([['ledger', 1]])], 'a set': () => [new Set(['ledger'])],
  'a weak map': () => [new WeakMap()], 'a regular expression': () => [/cloud/], 'a promise': () => [Promise.resolve('cloud')], 'an error': () => [new Error('cloud')],
  'a boxed text': () => [new String('cloud')], 'a boxed number': () => [new Number(2020)], 'a boxed boolean': () => [new Boolean(true)],
  'a proxy of an object': () => [new Proxy({}, {})], 'a proxy of a function': () => [new Proxy(() => {}, {})], 'a proxy that throws': () => [new Proxy({}, { get: throws, ownKeys: throws, getPrototypeOf: throws })],
  'a revoked object': () => [revoked({})], 'a revoked list': () => [revoked([])], 'a revoked function': () => [revoked(() => {})],
  'an object in itself': () => [cyclic({}, 'need')], 'a list in itself': () => [cyclic([], 0)], 'an object 10,000 deep': () => [deep(10_000)],
  'an object without a prototype': () => [Object.create(null)], 'an object that says it is a text': () => [{ toString: () => 'cloud', valueOf: () => 2020, toJSON: () => 'cloud', [Symbol.toPrimitive]: () => 'cloud' }],
  'an array-like object': () => [{ 0: 'ledger', length: 1 }], 'arguments': () => [(function () { return arguments; })('ledger')],
  'bytes': () => [Uint8Array.of(1, 2)], 'a buffer': () => [new ArrayBuffer(8)], 'a data view': () => [new DataView(new ArrayBuffer(8))], 'JSON': () => [JSON],
  'the global object': () => [globalThis],
  'not a number': () => [NaN], 'minus zero': () => [-0, 0], 'infinity': () => [Infinity], 'minus infinity': () => [-Infinity], '2^53 + 1': () => [2 ** 53 + 1], '-2^53 - 2': () => [-(2 ** 53) - 2],
  'the largest number': () => [Number.MAX_VALUE], 'the least number': () => [Number.MIN_VALUE], 'a fraction': () => [2020.5], '2^31': () => [2 ** 31], '2^32 + 2020': () => [2 ** 32 + 2020], '-1': () => [-1],
  'zero': () => [0], 'a year': () => [2020], 'a moment': () => [Date.parse('2024-03-02T10:00:00+08:00')], 'a million and one': () => [1_000_001],
  'true': () => [true], 'false': () => [false],
  'half a surrogate': () => ['\ud800'], 'the other half': () => ['A\udc00'], 'halves in the wrong order': () => ['\udc00\ud800'], 'a NUL': () => ['\0'], 'a NUL in a text': () => ['A\0账套'],
  'right-to-left marks': () => ['\u202eA账套\u202c\u200f'], 'an emoji of many parts': () => ['👩‍👩‍👧‍👦'], 'combining marks': () => ['e' + '\u0301'.repeat(500)], 'a thousand emoji': () => ['😀'.repeat(1000)],
  'a thousand and one emoji': () => ['😀'.repeat(1001)], 'a million letters': () => ['x'.repeat(1e6)], 'a million blanks': () => ['\u3000'.repeat(1e6)], 'nothing': () => [''], 'a blank': () => [' \u3000\ufeff'],
  '__proto__': () => ['__proto__'], 'constructor': () => ['constructor'], 'toString': () => ['toString'], 'hasOwnProperty': () => ['hasOwnProperty'], 'markup': () => ['<img src=x onerror=alert(1)>'], 'line breaks': () => ['a\nb\r\u2028c'],
  'a text like a choice': () => ['cloud'], 'a choice and a NUL': () => ['cloud\0'], 'a choice in full width': () => ['ｃｌｏｕｄ'],
  'no items': () => [[]], 'an add-on': () => [['ledger']], 'a frozen list': () => [Object.freeze(['ledger'])], 'a list of a class': () => [Ledgers.of('ledger'), ['ledger']],
  'a list of holes': () => [[, , 'ledger'], [null, null, 'ledger']], 'a list of 1e8 holes': () => [new Array(1e8)], 'a hundred thousand items': () => [Array(100_000).fill('ledger')], 'a hundred items': () => [Array(100).fill('ledger')],
  'a list with an iterator that never ends': () => [Object.assign(['ledger'], { [Symbol.iterator]: endless }), ['ledger']],
  'a list with an iterator that ends': () => [Object.assign(['ledger'], { *[Symbol.iterator]() {} }), ['ledger']],
  'a list with methods of its own': () => [Object.assign(['ledger'], { slice: () => ['cloud'], map: throws, every: throws, toJSON: throws }), ['ledger']],
  'a list with fields': () => [Object.assign(['ledger'], { edition: 'cloud', '-1': 'x' }), ['ledger']], 'a list without a prototype': () => [Object.setPrototypeOf(['ledger'], null), ['ledger']],
  'a list whose item throws': () => [Object.defineProperty(['ledger'], 0, { get: throws })], 'a list whose item is a getter': () => [Object.defineProperty(['x'], 0, { get: () => 'ledger' }), ['ledger']],
  'a proxy of a list': () => [new Proxy(['ledger'], {}), ['ledger']], 'a proxy of a list without end': () => [new Proxy([], { get: (list, name) => (name === 'length' ? Infinity : 'ledger') })],
  ...Object.fromEntries([1.5, 0.5, NaN, -1, 'x', '1', null, 1n, Symbol('1'), { valueOf: () => 1 }].map((length) =>
    [`a proxy of a list whose length is ${typeof length} ${String(length)}`, () => [new Proxy(['ledger'], { get: (list, name) => (name === 'length' ? length : list[name]) }), null]])),
  'a proxy of a list whose length is minus zero': () => [new Proxy(['ledger'], { get: (list, name) => (name === 'length' ? -0 : list[name]) }), []],
  'lists in lists': () => [[['ledger']]], 'a list of symbols': () => [[Symbol('ledger')]], 'a list of half a surrogate': () => [['\udfff']], 'a list of all kinds': () => [['ledger', 1, {}, null]],
  'a list with the longest text': () => [['😀'.repeat(1000)]], 'a list with a text too long': () => [['😀'.repeat(1001)]],
};

const at = (path, value, facts = {}) => {
  const [group, name] = path.split('.');
  return { ...facts, [group]: name === undefined ? value : { ...facts[group], [name]: value } };
};
const column = (value) => ({ dictionary: [value], indices: Uint8Array.of(0) });
/** Facts as columns of one row. */
const columnsOf = (facts) => Object.fromEntries(Object.entries(facts).flatMap(([name, value]) =>
  (typeof value !== 'object' || Array.isArray(value) ? [[name, column(value)]] : Object.entries(value).map(([field, value]) => [`${name}.${field}`, column(value)]))));

function valueCases() {
  return Object.entries(KINDS).flatMap(([kind, [question, path, fits]]) => Object.entries(VALUES).map(([name, make]) => {
    const [value, plain = value] = make();
    let isValid = false;
    try {
      isValid = fits(plain);
    } catch {
      // What throws when it is read is not valid.
    }
    return {
      name: `${name} as ${kind}`, question, at: path,
      ...(isValid ? { as: [at(path, plain, CONTEXT)] } : {}),
      facts: () => at(path, make()[0], CONTEXT),
      columns: () => ({ ...columnsOf(CONTEXT), [path]: column(make()[0]) }),
    };
  }));
}

const hidden = (facts, name, value) => Object.defineProperty({ ...facts }, name, { value, enumerable: false });
const purchase = { product: 'voucher_pack', edition: 'free_lifetime', need: { ledger: 'A', year: 2020 }, selected: { ledger: 'B', year: 2020 } };
const bare = (object) => Object.assign(Object.create(null), object);

/** Objects of facts that are odd as a whole; `as` are those whose answer is right, any of them; nothing where it is refused. */
const OBJECTS = {
  'nothing': [() => undefined], 'null': [() => null], 'a number': [() => 5], 'a text': [() => '{}'], 'a list': [() => [purchase]], 'a symbol': [() => Symbol('facts')],
  'a function with facts': [() => Object.assign(() => {}, purchase)], 'an instance with facts': [() => Object.assign(new Point(), purchase)], 'a map of facts': [() => new Map(Object.entries(purchase))],
  'facts without a prototype': [() => bare({ ...purchase, need: bare(purchase.need) }), purchase],
  'inherited facts': [() => Object.create(purchase)],
  'a group that inherits': [() => ({ ...purchase, need: Object.create(purchase.need) })],
  'facts that inherit from nothing else': [() => Object.create(bare({ edition: 'cloud' })), {}],
  'a fact that is not enumerable': [() => hidden(purchase, 'entry', 'website'), purchase],
  'a fact that is not enumerable beside one that is undefined': [() => hidden({ ...purchase, payment: undefined }, 'entry', 'website'), purchase],
  'a fact that is not enumerable beside an unknown field': [() => hidden({ ...purchase, nonsense: 1 }, 'entry', 'website')],
  'two that are undefined, and one that is not enumerable': [() => hidden({ ...purchase, payment: undefined, goal: undefined }, 'entry', 'website'), purchase],
  'a group that is not enumerable': [() => hidden({ ...purchase, payment: undefined }, 'member', { account: 'x' }), purchase],
  'a fact of a group that is not enumerable': [() => ({ ...purchase, member: hidden({ account: undefined }, 'replacesOld', true) }), purchase],
  'facts under symbols': [() => ({ ...purchase, [Symbol('entry')]: 'website', [Symbol.toStringTag]: 'Map', [Symbol.iterator]: throws }), purchase],
  'frozen facts': [() => Object.freeze({ ...purchase, need: Object.freeze({ ...purchase.need }) }), purchase],
  'an own __proto__': [() => JSON.parse('{"__proto__": {"edition": "cloud"}}')], 'an own __proto__ in a group': [() => JSON.parse('{"need": {"__proto__": {"ledger": "A"}}}')],
  'an own constructor': [() => ({ ...purchase, constructor: Object })], 'an own hasOwnProperty': [() => ({ ...purchase, hasOwnProperty: () => false })], 'an own toJSON': [() => ({ ...purchase, toJSON: () => ({}) })],
  '__proto__ set to facts': [() => ({ __proto__: purchase })],
  'half a surrogate for a field': [() => ({ ...purchase, '\ud800': 1 })], 'half a surrogate in the name of a fact': [() => ({ ...purchase, 'entry\udc00': 'website' })], 'a NUL after the name of a fact': [() => ({ ...purchase, 'entry\0': 'website' })],
  'a dotted name': [() => ({ ...purchase, 'member.replacesOld': true })], 'no name': [() => ({ ...purchase, '': 1 })], 'a name with line breaks': [() => ({ ...purchase, 'a\nb\r\u2028c\u2029d\u202e': 1 })], 'a name of a million letters': [() => ({ ['k'.repeat(1e6)]: 1 })],
  'a hundred thousand fields': [() => Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`field${i}`, 1]))],
  'a long text in very many lists': [() => { const list = Array(100).fill('长'.repeat(1000)); return Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`field${i}`, list])); }],
  'very many long names': [() => Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`${i}${'长'.repeat(1_900)}`, 1]))],
  'a getter': [() => ({ ...purchase, get edition() { return 'free_lifetime'; } }), purchase],
  'a getter that throws': [() => ({ ...purchase, get entry() { return throws(); } })], 'a getter that throws nothing': [() => ({ ...purchase, get entry() { throw undefined; } })],
  'a getter that throws what looks like a refusal': [() => ({ ...purchase, get entry() { throw { code: 'blank', path: 'x', message: 'y' }; } })],
  'a getter that changes its mind': [() => { let times = 0; return { ...purchase, get edition() { return times++ % 2 ? 'cloud' : 'free_lifetime'; } }; }, purchase, { ...purchase, edition: 'cloud' }],
  'a getter that becomes invalid': [() => { let times = 0; return { ...purchase, get edition() { return times++ ? 5 : 'free_lifetime'; } }; }, purchase, undefined],
  'a getter that takes other facts away': [() => { const facts = { ...purchase }; return Object.defineProperty(facts, 'product', { enumerable: true, get() { delete facts.selected; return 'voucher_pack'; } }); }, { ...purchase, selected: undefined }, purchase],
  'a getter that adds a field': [() => { const facts = { ...purchase }; return Object.defineProperty(facts, 'selected', { enumerable: true, get() { facts.nonsense = 1; return purchase.selected; } }); }, purchase, undefined],
  'a list that grows while it is read': [() => { const opened = ['ledger']; Object.defineProperty(opened, 0, { get() { opened.push('ledger'); return 'ledger'; } }); return { ...purchase, opened }; }, { ...purchase, opened: ['ledger'] }, undefined],
  'a proxy': [() => new Proxy({ ...purchase }, {}), purchase], 'a group that is a proxy': [() => ({ ...purchase, need: new Proxy({ ...purchase.need }, {}) }), purchase],
  'a proxy of nothing that has every field': [() => new Proxy({}, { get: () => 'cloud' }), {}],
  'a proxy that lists what it does not have': [() => new Proxy({}, { ownKeys: () => ['nonsense'], getOwnPropertyDescriptor: () => ({ value: 1, enumerable: true, configurable: true }) })],
  ...Object.fromEntries(['ownKeys', 'get', 'getPrototypeOf'].map((trap) => [`a proxy whose ${trap} throws`, [() => new Proxy({ ...purchase }, { [trap]: throws })]])),
  'a revoked proxy': [() => revoked({})], 'facts in themselves': [() => cyclic({ ...purchase }, 'need')], 'facts 10,000 deep': [() => ({ need: deep(10_000) })],
};
/** What the prototype of all objects has in the course of a call. */
const POLLUTED = {
  'a fact': ['entry', { value: 'website', enumerable: true }], 'a fact that is not enumerable': ['entry', { value: 'website', enumerable: false, writable: true }],
  'a fact that cannot be written': ['edition', { value: 'cloud', enumerable: false }], 'a getter of a fact': ['entry', { get: () => 'website', enumerable: true }],
  'a setter of a part of the answer': ['verdict', { set() {}, get: () => 'allow', enumerable: false }], 'a group': ['member', { value: { account: 'x' }, enumerable: true }],
  'a fact of a group': ['replacesOld', { value: true, enumerable: true }], 'the values of a column': ['values', { value: Uint8Array.of(1), enumerable: true }], 'the validity of a column': ['validity', { value: Uint8Array.of(0), enumerable: false }],
  'a field that is none': ['nonsense', { value: 1, enumerable: true }], 'a dictionary': ['dictionary', { value: ['cloud'], enumerable: false }],
};
function polluted([name, descriptor], call) {
  Object.defineProperty(Object.prototype, name, { ...descriptor, configurable: true });
  try {
    return call();
  } finally {
    delete Object.prototype[name];
  }
}
/** What a getter asks of the engine; its own facts are answered all the same. */
const ASKING = {
  'a check': (engine) => engine.check('refund', { order: { status: 'unpaid', phone: 'x'.repeat(900) } }), 'an explanation': (engine) => engine.explain('page', { page: { restarted: true } }),
  'a trace': (engine) => engine.trace('purchase', purchase), 'columns': (engine) => engine.checkColumns('purchase', columnsOf({ ...purchase, need: { ledger: 'Z' } })),
  'a refusal': (engine) => { try { engine.check('page', { nonsense: 1 }); } catch {} }, 'an older engine': (engine, older) => older.explain('purchase', purchase),
  'something that is much': (engine) => { try { engine.check('page', OBJECTS['a long text in very many lists'][0]()); } catch {} },
};

function objectCases() {
  const cases = Object.entries(OBJECTS).map(([name, [facts, ...as]]) => ({ name, question: 'purchase', facts, as }));
  for (const [name, what] of Object.entries(POLLUTED)) {
    cases.push({ name: `every object inherits ${name}`, question: 'purchase', facts: () => ({ ...purchase, payment: undefined }), columns: () => columnsOf(purchase), as: [purchase], around: (call) => polluted(what, call) });
  }
  for (const [name, ask] of Object.entries(ASKING)) {
    for (const field of ['product', 'selected']) {
      cases.push({ name: `a getter of ${field} that asks for ${name}`, question: 'purchase', as: [purchase],
        facts: (engines) => ({ ...purchase, get [field]() { ask(...engines); return purchase[field]; } }) });
    }
    if (name !== 'columns') {
      const asks = (engines) => Object.defineProperty(['x'], 0, { get() { ask(...engines); return 'ledger'; } });
      cases.push({ name: `an item of a dictionary that asks for ${name}`, question: 'purchase', as: [{ ...purchase, opened: ['ledger'] }],
        columns: (engines) => ({ ...columnsOf(purchase), opened: { ...column(0), dictionary: [asks(engines)] } }) });
    }
  }
  cases.push({ name: 'a getter that asks for its own facts', question: 'purchase', facts: ([engine]) => { const facts = { ...purchase, get entry() { return engine.check('purchase', facts).verdict; } }; return facts; } });
  cases.push({ name: 'an item of a dictionary that asks for columns', question: 'purchase',
    columns: ([engine]) => ({ opened: { ...column(0), dictionary: [Object.defineProperty(['x'], 0, { get: () => engine.checkColumns('purchase', columnsOf(purchase)) })] } }) });
  return cases;
}

const ledgers = (values, indices) => ({ ...columnsOf({ product: 'ledger', selected: { ledger: 'B' } }), 'need.ledger': { dictionary: values, indices } });
const ledgerIs = (ledger) => [{ product: 'ledger', selected: { ledger: 'B' }, need: { ledger } }];
const saved = (values, more) => ({ ...columnsOf({ product: 'voucher_pack' }), 'vouchers.saved': { values, ...more } });
const savedIs = (number) => [{ product: 'voucher_pack', vouchers: { saved: number } }];
const odd = (array, more) => Object.entries(more).reduce((array, [name, value]) => withOwn(array, name, value), array);
/** A buffer that loses its bytes as soon as the column before it is read. */
const shrinking = () => {
  const buffer = new ArrayBuffer(8);
  const opened = Object.defineProperty(['x'], 0, { get() { structuredClone(buffer, { transfer: [buffer] }); return 'ledger'; } });
  return { opened: { dictionary: [opened], indices: Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0) }, 'vouchers.saved': { values: new Uint8Array(buffer) } };
};
/** Columns of an odd make, with the facts of their first row. */
const COLUMNS = {
  'nothing': [() => undefined], 'a list': [() => [column('A')]], 'a proxy that throws': [() => new Proxy({}, { ownKeys: throws })], 'a revoked proxy': [() => revoked({})], 'an instance': [() => Object.assign(new Point(), ledgers(['A'], Uint8Array.of(0)))],
  'columns without a prototype': [() => bare(Object.fromEntries(Object.entries(ledgers(['A'], Uint8Array.of(0))).map(([name, column]) => [name, bare(column)]))), ...ledgerIs('A')],
  'inherited columns': [() => Object.create(ledgers(['A'], Uint8Array.of(0)))], 'a column that is not enumerable': [() => withOwn(ledgers(['A'], Uint8Array.of(0)), 'edition', column('cloud')), ...ledgerIs('A')],
  'a getter that throws': [() => ({ get edition() { return throws(); } })], 'a column that is a proxy': [() => ({ ...ledgers(['A'], Uint8Array.of(0)), edition: new Proxy(column('cloud'), {}) }), { ...ledgerIs('A')[0], edition: 'cloud' }],
  'a column that throws': [() => ({ edition: new Proxy(column('cloud'), { get: throws }) })], 'a column with an inherited dictionary': [() => ({ edition: Object.create(column('cloud')) })],
  'a column with values that are not enumerable': [() => ({ 'need.year': withOwn({}, 'values', Uint8Array.of(1)) })], 'an own __proto__': [() => JSON.parse('{"__proto__": {}}')], 'a column named constructor': [() => ({ constructor: column('A') })],
  'half a surrogate for a path': [() => ({ '\ud800': column('A') })], 'a path with line breaks': [() => ({ 'need.\nledger': column('A') })], 'a path of a million dots': [() => ({ ['.'.repeat(1e6)]: column('A') })], 'a path of a group': [() => ({ need: column('A') })],
  'a field with line breaks': [() => ({ edition: { ...column('cloud'), 'a\n\u2028b': 1 } })], 'a field named __proto__': [() => ({ edition: JSON.parse('{"__proto__": 1, "dictionary": ["cloud"]}') })],
  'an array with a length of its own': [() => saved(odd(Uint8Array.of(7), { length: 3 })), ...savedIs(7)], 'an array with a slice of its own': [() => saved(odd(Uint8Array.of(7), { slice: throws, subarray: throws, set: throws })), ...savedIs(7)],
  'an array that says it is another': [() => saved(odd(Uint8Array.of(7), { [Symbol.toStringTag]: 'Float64Array' })), ...savedIs(7)], 'an array with an own constructor': [() => saved(odd(Uint8Array.of(7), { constructor: { [Symbol.species]: throws } })), ...savedIs(7)],
  'floats that say they are integers': [() => saved(odd(Float64Array.of(7), { [Symbol.toStringTag]: 'Uint8Array' }))], 'an array of a class': [() => saved(new (class extends Uint8Array { subarray() { return throws(); } })([7])), ...savedIs(7)],
  'an array without a prototype': [() => saved(Object.setPrototypeOf(Uint8Array.of(7), null)), ...savedIs(7)], 'an object with the prototype of an array': [() => saved(Object.create(Uint8Array.prototype))], 'a proxy of an array': [() => saved(new Proxy(Uint8Array.of(7), {}))],
  'an array whose buffer was taken': [() => { const array = Uint8Array.of(7); structuredClone(array.buffer, { transfer: [array.buffer] }); return saved(array); }],
  'a buffer that is taken while it is read': [shrinking], 'a data view': [() => saved(new DataView(new ArrayBuffer(1)))], 'clamped bytes': [() => saved(Uint8ClampedArray.of(7))], 'big integers': [() => saved(BigInt64Array.of(7n))],
  'a validity of an odd make': [() => saved(Uint8Array.of(7), { validity: odd(Uint8Array.of(1), { subarray: throws, length: 0 }) }), ...savedIs(7)], 'a validity without bytes': [() => saved(Uint8Array.of(7), { validity: new Uint8Array(0) })], 'a validity of words': [() => saved(Uint8Array.of(7), { validity: Uint16Array.of(1) })],
  'a number for a column': [() => ({ edition: 13800000001 })], 'a phone for an array': [() => saved('13800000001')],
  'a dictionary with an unreal length': [() => { const values = ['A']; values.length = 1e8; return ledgers(values, Uint8Array.of(0)); }, ...ledgerIs('A')], 'an unreal index': [() => { const values = []; values[99_999_999] = 'A'; return ledgers(values, Uint32Array.of(99_999_999)); }, ...ledgerIs('A')],
  'a dictionary of holes': [() => ledgers([, 'A'], Uint8Array.of(1)), ...ledgerIs('A')], 'a hole of a dictionary': [() => ledgers([, 'A'], Uint8Array.of(0)), { product: 'ledger', selected: { ledger: 'B' } }],
  'a dictionary with a slice of its own': [() => ledgers(Object.assign(['A'], { slice: throws, [Symbol.iterator]: endless }), Uint8Array.of(0)), ...ledgerIs('A')], 'a dictionary of a class': [() => ledgers(Ledgers.of('A'), Uint8Array.of(0)), ...ledgerIs('A')],
  'a dictionary that is a proxy': [() => ledgers(new Proxy(['A'], {}), Uint8Array.of(0)), ...ledgerIs('A')], 'a dictionary that throws': [() => ledgers(new Proxy(['A'], { get: (list, name) => (name === 'length' ? 1 : throws()) }), Uint8Array.of(0))], 'a dictionary whose length throws': [() => ledgers(new Proxy(['A'], { get: throws }), Uint8Array.of(0))],
  'a dictionary with no length': [() => ledgers(new Proxy(['A'], { get: () => NaN }), Uint8Array.of(0))], 'a dictionary with a length below zero': [() => ledgers(new Proxy(['A'], { get: () => -1 }), Uint8Array.of(0))], 'a revoked dictionary': [() => ledgers(revoked([]), Uint8Array.of(0))],
  'a dictionary that loses its items': [() => { const values = ['A', 'B']; Object.defineProperty(values, 0, { get() { values.length = 1; return 'A'; } }); return { 'need.ledger': { dictionary: values, indices: Uint8Array.of(0, 1) } }; }, { need: { ledger: 'A' } }],
  'an index below zero': [() => ledgers(['A'], Int8Array.of(-1))], 'an index of 2^32 - 1': [() => ledgers(['A'], Uint32Array.of(2 ** 32 - 1))], '__proto__ for a ledger': [() => ledgers(['__proto__'], Uint8Array.of(0)), ...ledgerIs('__proto__')], 'constructor for a ledger': [() => ledgers(['constructor'], Uint8Array.of(0)), ...ledgerIs('constructor')],
};
const columnCases = () => Object.entries(COLUMNS).map(([name, [columns, ...as]]) => ({ name: `${name}, in columns`, question: 'purchase', columns, as }));

/** All cases; those that name facts go through check and explain, those that name columns through checkColumns. */
export const cases = [...valueCases(), ...objectCases(), ...columnCases()];

/** A question that is asked after each case. */
export const AFTER = { question: 'purchase', facts: purchase };

/**
 * Runs all cases on an engine, beside an older one. `expected` has the right answers of each case, which are those of its
 * facts in `as`, null where it may be refused, and that of the question after it. Returns how many calls there were, and
 * what went wrong.
 */
export function run({ engine, older, FactsError }, expected, after) {
  const failures = [];
  let calls = 0;
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const plain = ({ verdict, codes, missing }) => ({ verdict, codes: [...codes], missing: missing.map((fact) => fact.fact ?? fact) });
  const WAYS = {
    check: ({ question, facts }) => facts && ((engines) => { const given = facts(engines); return () => engine.check(question, given); }),
    explain: ({ question, facts }) => facts && ((engines) => { const given = facts(engines); return () => engine.explain(question, given, { locale: 'en' }); }),
    checkColumns: ({ question, columns }) => columns && ((engines) => { const given = columns(engines); return () => engine.checkColumns(question, given).answer(0); }),
  };
  for (const [index, { name, question, at = '', around = (call) => call(), ...makes }] of cases.entries()) {
    for (const [way, prepare] of Object.entries(WAYS)) {
      const make = prepare({ question, ...makes });
      if (!make) continue;
      const call = make([engine, older]);
      let outcome, error;
      try {
        around(() => { outcome = call(); });
      } catch (thrown) {
        error = thrown;
      }
      calls++;
      const wrong = (what) => failures.push(`${way} of ${name}: ${what}`);
      const right = expected[index];
      if (error === undefined) {
        if (!right.some((answer) => answer && same(answer, plain(outcome)))) wrong(`is answered with ${JSON.stringify(plain(outcome))}, not ${JSON.stringify(right)}`);
      } else if (!(error instanceof FactsError)) wrong(`throws ${error?.name}: ${error?.message}`);
      else if (right.length > 0 && !right.includes(null)) wrong(`is refused: ${error.message}`);
      else if (!error.path.startsWith(at)) wrong(`is refused at ${error.path}`);
      else if (/[\n\r\u2028\u2029\u202e]|13800000001/.test(error.message + error.path) || error.message.length > 2_000) wrong(`has the message ${error.message.slice(0, 300)}`);
      for (const asked of [engine, older]) if (!same(plain(asked.check(AFTER.question, AFTER.facts)), after)) wrong('is followed by a wrong answer');
    }
  }
  return { calls, failures };
}
