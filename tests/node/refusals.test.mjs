// Invalid and hostile facts, questions and terms are refused in the documented way, and the next answer is right.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { instances } from './lib/instances.mjs';
import { check as oracle } from './oracle.mjs';
import { loadPackage } from './lib/package.mjs';

const { FactsError, load, loadSync } = await loadPackage();
const engine = await load();
const QUESTIONS = ['activation', 'purchase', 'entitlement', 'refund', 'page'];

// --- The facts, and what each kind of fact refuses ---

const KINDS = {
  now: 'time', edition: 'choice', product: 'choice', entry: 'choice', payment: 'choice', goal: 'choice',
  'need.ledger': 'name', 'need.year': 'year', 'selected.ledger': 'name', 'selected.year': 'year', opened: 'choices',
  'member.account': 'name', 'member.replacesOld': 'flag', 'activation.account': 'text', 'activation.notices': 'texts',
  'vouchers.saved': 'count', 'vouchers.bought': 'count', 'cloud.used': 'count', 'cloud.bought': 'count', 'cloud.ordered': 'count',
  action: 'choice', 'order.status': 'choice', 'order.certified': 'flag', 'order.paidAt': 'time', 'order.appliedAt': 'time',
  'order.invoice': 'choice', 'order.phone': 'text', 'order.reason': 'choice',
  'page.restarted': 'flag', 'page.browserChanged': 'flag', 'page.system': 'choice',
};
const KIND_IN_WORDS = {
  time: 'a time', choice: 'one of its values', choices: 'a list of its values', flag: 'a boolean', text: 'a text', texts: 'a list of texts',
  name: 'a text with something in it', year: 'a year', count: 'a count',
};
const GROUPS = ['need', 'selected', 'member', 'activation', 'vouchers', 'cloud', 'order', 'page'];

class Point { x = 1; }
const NEVER = [ // a fact is never one of these
  {}, new Point(), new Date(), new Map(), new Set(['ledger']), /x/, Symbol('s'), 1n, () => 'cloud', Promise.resolve('cloud'),
  new String('cloud'), new Number(1), new Boolean(true), { toJSON: () => 'cloud' }, { toString: () => 'cloud' }, { valueOf: () => 1 },
  { 0: 'ledger', length: 1 }, new Uint8Array(2), new ArrayBuffer(2), Object.create(null),
];
const NOT_WHOLE = [2.5, -0.1, NaN, Infinity, -Infinity];
const LONG = 'x'.repeat(1001);
const LONG_IN_CODE_POINTS = '😀'.repeat(1001);

const wrongType = (...values) => [...NEVER, ...values].map((value) => ['wrong_type', value]);
const each = (code, values, at) => values.map((value) => [code, value, at]);

// kind → [code, value, where inside the fact]
const BAD = {
  choice: [
    ...wrongType(0, 1, true, false, []),
    ...each('unknown_value', ['', ' ', 'nonsense', 'CLOUD', ' paid', 'paid\u0000', 'toString', 'constructor', '__proto__', '终身免费版']),
  ],
  flag: wrongType(0, 1, 'true', 'false', '', []),
  text: [...wrongType(0, 13800138000, true, ['x']), ...each('out_of_range', [LONG, LONG_IN_CODE_POINTS])],
  name: [
    ...wrongType(0, 13800138000, true, ['x']), ...each('out_of_range', [LONG, LONG_IN_CODE_POINTS]),
    ...each('blank', ['', ' ', '\u3000', '\t\r\n', '\u00a0\u0085\u2028\ufeff']),
  ],
  year: [...wrongType('2020', '', true, [2020], ...NOT_WHOLE), ...each('out_of_range', [1989, 2101, 0, -2020, 2 ** 31, 2 ** 32 + 2020, 2 ** 53, 1e300])],
  count: [...wrongType('1', '', true, [1], ...NOT_WHOLE), ...each('out_of_range', [-1, 1_000_001, 2 ** 31, 2 ** 32, -(2 ** 32), 2 ** 53, 1e300, -1e300])],
  time: [
    ...wrongType(true, [], ...NOT_WHOLE, '', 'yesterday', '2024-03-01', '2024-03-01T10:00:00', '2024-03-01T10:00:00.5', '2024-03-01T10:00Z',
      '2024-03-01T10:00:00+0800', '2024-03-01T10:00:00+08', '20240301T100000Z', '2024-3-1T10:00:00Z', '24-03-01T10:00:00Z', '1709258400000',
      ' 2024-03-01T10:00:00Z', '2024-03-01T10:00:00Z\n', '2024-03-01T10:00:00.Z', '2024-03-01T10:00:00,5Z', '2024/03/01T10:00:00Z',
      '２０２４-03-01T10:00:00Z', '2024-03-01T10:00:00+08:00[Asia/Shanghai]', '+02024-03-01T10:00:00Z', '2024-03-01T10:00:00−08:00'),
    ...each('out_of_range', [
      '2024-02-30T10:00:00Z', '2023-02-29T10:00:00Z', '2100-02-29T10:00:00Z', '2024-04-31T10:00:00Z', '2024-13-01T10:00:00Z', '2024-00-01T10:00:00Z',
      '2024-01-00T10:00:00Z', '2024-01-32T10:00:00Z', '2024-03-01T24:00:00Z', '2024-03-01T25:00:00Z', '2024-03-01T10:60:00Z', '2024-03-01T10:00:60Z',
      '2016-12-31T23:59:60Z', '2024-03-01T10:00:00+24:00', '2024-03-01T10:00:00+08:60',
      '1999-12-31T23:59:59.999+08:00', '1999-12-31T15:59:59Z', '2101-01-01T00:00:00+08:00', '2100-12-31T16:00:00Z', '0000-01-01T00:00:00Z', '9999-12-31T23:59:59Z',
      Date.parse('2000-01-01T00:00:00+08:00') - 1, Date.parse('2101-01-01T00:00:00+08:00'), 0, -1, 1709258400, 2 ** 53, 1e300,
    ]),
  ],
  choices: [
    ...wrongType('ledger', 0, true), ...each('out_of_range', [Array(101).fill('ledger')]),
    ...[...NEVER, null, undefined, 1, true, ['ledger']].map((item) => ['wrong_type', ['ledger', item], '[1]']),
    ['wrong_type', [, 'ledger'], '[0]'],
    ...['', 'Ledger', 'cloud_ledgers', 'full_edition', 'paid_edition', 'toString'].map((item) => ['unknown_value', ['ledger', item], '[1]']),
  ],
  texts: [
    ...wrongType('非法复制品', 0, true), ...each('out_of_range', [Array(101).fill('x')]),
    ...[...NEVER, null, undefined, 1, true, ['x']].map((item) => ['wrong_type', ['x', item], '[1]']),
    ['wrong_type', [, 'x'], '[0]'],
    ...[LONG, LONG_IN_CODE_POINTS].map((item) => ['out_of_range', ['x', item], '[1]']),
  ],
};

const factsWith = (path, value) => path.split('.').reduceRight((inner, name) => ({ [name]: inner }), value);
const show = (value) => (typeof value === 'string' ? JSON.stringify(value.slice(0, 60)) : Object.prototype.toString.call(value) + String(typeof value === 'number' ? value : ''));

// --- What every refusal owes ---

function caught(run) {
  try {
    return { answer: run() };
  } catch (error) {
    return { error };
  }
}

function assertRefusal({ answer, error }, { code, path, hint }, about) {
  assert.ok(error, `${about} is answered with ${JSON.stringify(answer)}, not refused`);
  assert.ok(error instanceof FactsError && error instanceof Error, `${about} throws ${error?.stack ?? error}`);
  assert.equal(error.name, 'FactsError', about);
  assert.equal(error.code, code, `code for ${about}: ${error.message}`);
  assert.equal(error.path, path, `path for ${about}: ${error.message}`);
  for (const field of ['expected', 'received'])
    assert.ok(typeof error[field] === 'string' && error[field].trim() !== '', `${field} for ${about} is ${error[field]}`);
  assert.ok(error.message.includes(path), `the message for ${about} names the path: ${error.message}`);
  assert.match(error.message, /^\S[^\n\r]*[.?!]$/, `the message for ${about} is a sentence`);
  assert.doesNotMatch(error.message, /[.?!]\s+[A-Z]/, `the message for ${about} is one sentence`);
  if (hint) assert.ok(String(error.hint).includes(hint), `hint for ${about} is ${error.hint}, not ${hint}`);
}

const KNOWN = [
  ['page', { page: { restarted: false } }],
  ['activation', { edition: 'free_lifetime', member: { account: 'a@b.cn' }, activation: { account: ' A@B.cn\u3000', notices: [] } }],
  ['purchase', { product: 'voucher_pack', edition: 'free_lifetime', need: { ledger: 'A', year: 2020 }, selected: { ledger: 'B', year: 2020 } }],
  ['entitlement', { edition: 'free_lifetime', action: 'save_voucher', vouchers: { saved: 100, bought: 0 } }],
  ['refund', { edition: 'cloud', now: '2024-03-09T00:00:00+08:00', order: { status: 'paid', paidAt: '2024-03-01T23:59:59+08:00', invoice: 'none' } }],
].map(([question, facts]) => ({ question, facts, answer: oracle(question, facts) }));

function assertStillRight(about, some = KNOWN) {
  for (const { question, facts, answer } of some) {
    const { verdict, codes, missing } = engine.check(question, facts);
    assert.deepEqual({ verdict, codes, missing }, answer, `${question} right after ${about}`);
  }
}

function assertRefused(facts, expected, about) {
  for (const question of QUESTIONS) assertRefusal(caught(() => engine.check(question, facts)), expected, `${about} in ${question}`);
  for (const ask of ['explain', 'trace'])
    if (engine[ask]) assertRefusal(caught(() => engine[ask]('page', facts)), expected, `${about} in ${ask}`);
  assertStillRight(about);
}

const bag = (failures) => assert.equal(failures.length, 0, `${failures.length} wrong\n${failures.slice(0, 12).join('\n')}`);
/** Runs every case and reports all that fail, not only the first. */
function forAll(cases, run) {
  bag(cases.flatMap((one) => {
    const { error } = caught(() => run(one));
    return error ? [error.message] : [];
  }));
}

// --- Refusals ---

for (const [path, kind] of Object.entries(KINDS)) {
  test(`${path} refuses every value that is not ${KIND_IN_WORDS[kind]}, and the next answer is right`, () =>
    forAll(BAD[kind], ([code, value, at = '']) =>
      assertRefused(factsWith(path, value), { code, path: path + at }, `${path} = ${show(value)}${at}`)));

  test(`a misspelt ${path} is refused with the right name as the hint`, () =>
    assertRefused(factsWith(path.slice(0, -1), 1), { code: 'unknown_field', path: path.slice(0, -1), hint: path }, path.slice(0, -1)));
}

test('a field that is no fact is refused, own __proto__ and constructor among them', () => {
  const cases = [
    ['nonsense', { nonsense: 1 }], ['Edition', { Edition: 'cloud' }, 'edition'], ['need.legder', { need: { legder: 'A' } }, 'need.ledger'],
    ['order.paid_at', { order: { paid_at: 1 } }, 'order.paidAt'], ['page.edition', { page: { edition: 'cloud' } }],
    ['__proto__', JSON.parse('{"__proto__": {"edition": "cloud"}}')], ['constructor', JSON.parse('{"constructor": {"prototype": {}}}')],
    ['need.__proto__', JSON.parse('{"need": {"__proto__": {"ledger": "A"}}}')], ['need.constructor', { need: { constructor: 1 } }],
    ['toString', { toString: 1 }], ['hasOwnProperty', { hasOwnProperty: () => true }], ['toJSON', { toJSON: () => ({ edition: 'cloud' }) }],
    ['need.toJSON', { need: { toJSON: () => ({ ledger: 'A' }) } }], ['0', { 0: 'x' }],
  ];
  forAll(cases, ([path, facts, hint]) => assertRefused(facts, { code: 'unknown_field', path, hint }, path));
  assert.equal({}.edition, undefined, 'no prototype was polluted');
});

for (const group of GROUPS)
  test(`${group} refuses whatever is not an object`, () =>
    forAll([5, 0, '', 'A', true, false, [], [{}], () => {}, Symbol('s'), 1n, NaN, new Date(), new Map()], (value) =>
      assertRefused({ [group]: value }, { code: 'wrong_type', path: group }, `${group} = ${show(value)}`)));

test('facts that are not an object are refused', () =>
  forAll([undefined, null, 5, NaN, '', '{}', true, [], [{}], () => {}, Symbol('s'), 1n, new Date(), new Map(), new Array(1e8)], (facts) =>
    assertRefused(facts, { code: 'wrong_type', path: 'facts' }, `facts ${show(facts)}`)));

test('an unknown question is refused', () =>
  forAll(['', ' ', 'refnd', 'REFUND', 'refund ', 'toString', '__proto__', 'constructor', 'x'.repeat(1e6)], (question) => {
    for (const ask of ['check', 'explain', 'trace'])
      if (engine[ask]) assertRefusal(caught(() => engine[ask](question, {})), { code: 'unknown_value', path: 'question' }, `question ${show(question)}`);
    assertStillRight(`question ${show(question)}`);
  }));

test('a question that is not a text is refused', () =>
  forAll([undefined, null, 5, {}, [], ['refund'], Symbol('s'), 1n, () => {}, new String('refund'), { toString: () => 'refund' }], (question) => {
    const { error } = caught(() => engine.check(question, {}));
    assert.ok(error instanceof FactsError && error.path === 'question', `question ${show(question)}: ${error}`);
    assert.ok(['unknown_value', 'wrong_type'].includes(error.code), error.code);
    assertStillRight(`question ${show(question)}`);
  }));

test('now before order.paidAt is refused as inconsistent, however the two are written', () =>
  forAll([
    ['2024-03-01T10:00:00Z', '2024-03-01T10:00:00.001Z'], ['2024-03-01T17:59:59+08:00', '2024-03-01T10:00:00Z'],
    [1709287200000 - 1, 1709287200000], [1709287200000 - 1, '2024-03-01T18:00:00+08:00'], ['2024-03-01T23:59:59+23:59', '2024-03-01T00:00:59.001Z'],
  ], ([now, paidAt]) =>
    assertRefused({ now, order: { paidAt } }, { code: 'inconsistent', path: 'now' }, `now ${now}, paid at ${paidAt}`)));

// --- What looks odd and is fine ---

const deepFreeze = (value) => {
  if (value !== null && typeof value === 'object') Reflect.ownKeys(value).forEach((name) => deepFreeze(value[name]));
  return Object.freeze(value);
};
const nullPrototype = (object) => Object.assign(Object.create(null), object);

test('odd but valid facts are answered as the contract reads', () => {
  const bound = (path, ...values) => values.map((value) => factsWith(path, value));
  const fine = [
    {}, { edition: null, product: undefined }, { need: null, order: undefined, page: {} },
    ...KNOWN.map(({ facts }) => deepFreeze(structuredClone(facts))),
    ...KNOWN.map(({ facts }) => nullPrototype(Object.fromEntries(Object.entries(facts).map(([name, value]) =>
      [name, value?.constructor === Object ? nullPrototype(value) : value])))),
    { [Symbol('hidden')]: 5, edition: 'cloud', page: { [Symbol.toStringTag]: 'Map', restarted: false } },
    ...bound('need.year', 1990, 2100), ...bound('cloud.used', 0, -0, 1_000_000), ...bound('need.ledger', 'x'.repeat(1000), '😀'.repeat(1000)),
    ...bound('activation.account', '', '\u3000', 'x'.repeat(1000)), ...bound('order.phone', '', ' '), ...bound('activation.notices', [], ['', '\u3000'], Array(100).fill('x')),
    ...bound('opened', [], ['ledger', 'ledger']),
    ...bound('now', Date.parse('2000-01-01T00:00:00+08:00'), '1999-12-31T16:00:00Z', '2100-12-31T23:59:59.999+08:00', '2101-01-01T07:59:59+16:00',
      '2024-02-29T00:00:00z', '2000-02-29t00:00:00-00:00', '2024-03-01T10:00:00.123456789012345678901234567890Z', '2024-03-01T10:00:00+23:59'),
    { now: 1709287200000, order: { paidAt: '2024-03-01T18:00:00+08:00' } },
    { now: '2024-03-01T02:00:00-08:00', order: { paidAt: '2024-03-01T17:00:00+08:00', appliedAt: '2024-03-01T17:00:00+08:00' } },
  ];
  forAll(fine, (facts) => {
    for (const question of QUESTIONS) {
      const { answer, error } = caught(() => engine.check(question, facts));
      assert.ok(answer, `${question} refuses valid facts: ${error}`);
      const { verdict, codes, missing } = answer;
      assert.deepEqual({ verdict, codes, missing }, oracle(question, facts));
    }
  });
});

test('neither facts nor an earlier answer are changed or shared', () => {
  for (const { question, facts } of KNOWN) {
    const before = structuredClone(facts);
    for (const ask of ['check', 'explain', 'trace']) engine[ask]?.(question, facts);
    assert.deepEqual(facts, before);
    const answer = engine.check(question, facts);
    caught(() => answer.codes.push('X'));
    caught(() => answer.missing.push('x'));
  }
  assertStillRight('a caller wrote into its answer');
});

// --- Hostile facts ---

const throws = () => { throw new Error('hostile'); };
const proxy = (trap, target = {}) => new Proxy(target, { [trap]: throws });
const revoked = (target) => {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
};
const cyclic = () => {
  const facts = { order: {}, opened: [] };
  facts.order.order = facts;
  facts.opened.push(facts.opened);
  return facts;
};
const deep = (levels) => {
  let value = {};
  for (let i = 0; i < levels; i++) value = i % 2 ? [value] : { need: value };
  return value;
};
const DEEP = deep(100_000);
const flicker = (...values) => ({ get edition() { return values.length > 1 ? values.shift() : values[0]; } });

// Whatever happens to these, it is an answer or an ordinary error, and the engine is right afterwards.
const HOSTILE = {
  'a getter that throws': () => ({ get edition() { return throws(); } }),
  'a getter that throws in a group': () => ({ order: { get paidAt() { return throws(); } } }),
  'a getter that throws undefined': () => ({ get edition() { throw undefined; } }),
  'a getter that changes its value': () => flicker('cloud', 5, Symbol('s')),
  'a getter that asks the engine': () => ({ page: { get restarted() { return engine.check('page', {}).verdict !== 'unknown'; } } }),
  'a getter that provokes a refusal': () => ({ get edition() { caught(() => engine.check('page', { edition: 5 })); return 'cloud'; } }),
  'a proxy whose ownKeys throws': () => proxy('ownKeys'),
  'a proxy whose get throws': () => proxy('get', { edition: 'cloud' }),
  'a proxy whose getOwnPropertyDescriptor throws': () => proxy('getOwnPropertyDescriptor', { edition: 'cloud' }),
  'a proxy whose getPrototypeOf throws': () => proxy('getPrototypeOf', { edition: 'cloud' }),
  'a proxy whose has throws': () => proxy('has', { edition: 'cloud' }),
  'a proxy group whose ownKeys throws': () => ({ need: proxy('ownKeys') }),
  'a proxy list whose get throws': () => ({ opened: proxy('get', ['ledger']) }),
  'a proxy list of no end': () => ({ opened: new Proxy([], { get: (list, name) => (name === 'length' ? Infinity : 'ledger') }) }),
  'a proxy list whose length is no number': () => ({ activation: { notices: new Proxy([], { get: () => Symbol('s') }) } }),
  'a proxy of a function': () => new Proxy(() => {}, {}),
  'a revoked proxy': () => revoked({}),
  'a revoked list': () => ({ opened: revoked([]) }),
  'a revoked group': () => ({ page: revoked({}) }),
  'a revoked text': () => ({ edition: revoked(() => {}) }),
  'a list whose item getter throws': () => ({ opened: Object.defineProperty(['ledger'], 0, { get: throws }) }),
  'a list that grows when read': () => {
    const opened = ['ledger'];
    Object.defineProperty(opened, 0, { get() { opened.push('ledger', 5); return 'ledger'; } });
    return { opened };
  },
  'an object whose toJSON, toString and valueOf throw': () => ({ edition: { toJSON: throws, toString: throws, valueOf: throws, [Symbol.toPrimitive]: throws } }),
  'a class instance': () => new Point(),
  'a class instance with facts': () => new (class { edition = 'cloud'; })(),
  'facts by inheritance': () => Object.create({ edition: 'cloud' }),
  'lone surrogates': () => ({ need: { ledger: '\ud800' }, selected: { ledger: 'A\udc00' }, member: { account: '\udfff' }, activation: { notices: ['\ud83d'] } }),
  'a lone surrogate for a choice': () => ({ edition: '\ud800' }),
  'a lone surrogate for a field': () => ({ '\ud800': 1 }),
  'NUL in a text': () => ({ need: { ledger: 'A\u0000B' } }),
};
// These are refused, as any other wrong fact.
const REFUSED = {
  'a cycle': cyclic,
  'a cycle of groups': () => { const facts = {}; facts.need = facts; return facts; },
  'deep nesting for a fact': () => ({ edition: DEEP }),
  'deep nesting for a list item': () => ({ opened: [DEEP] }),
  'deep nesting for an unknown field': () => ({ extra: DEEP }),
  'deep nesting in a group': () => ({ need: DEEP }),
  'a symbol': () => ({ edition: Symbol('s') }),
  'a bigint': () => ({ cloud: { used: 10n ** 1000n } }),
  'a sparse list': () => ({ opened: [, , 'ledger'] }),
};
const manyFields = Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`field${i}`, i]));
/** What the engine may look at of it, and by how much its memory may grow: no walk over the holes, no copy of a text. */
const LOOKS = 2_000_000;
const GROWTH = 16 * 2 ** 20;
const HUGE = {
  'a list of 1e8 holes': (seen) => ({ opened: seen(new Array(1e8)) }),
  'notices of 1e8 holes': (seen) => ({ activation: { notices: seen(new Array(1e8)) } }),
  'a group of 1e8 holes': (seen) => ({ need: seen(new Array(1e8)) }),
  'a 50 MB ledger': () => ({ need: { ledger: 'x'.repeat(50e6) } }),
  'a 50 MB white ledger': () => ({ need: { ledger: '\u3000'.repeat(50e6) } }),
  'a 50 MB notice': () => ({ activation: { notices: ['非'.repeat(50e6)] } }),
  'a 50 MB edition': () => ({ edition: 'x'.repeat(50e6) }),
  'a 50 MB time': () => ({ now: '2'.repeat(50e6) }),
  'a 50 MB account': () => ({ activation: { account: '😀'.repeat(25e6) } }),
  'an unknown field of 1,000,000 letters': () => ({ need: { ['k'.repeat(1e6)]: 1 } }),
  '200,000 unknown fields': (seen) => seen(manyFields),
};

const outcome = (make) => {
  const facts = make();
  return caught(() => engine.check('purchase', facts));
};
function assertOrdinary({ answer, error }, about) {
  if (answer) assert.ok(['allow', 'warn', 'refer', 'block', 'unknown'].includes(answer.verdict), `${about}: ${JSON.stringify(answer)}`);
  assert.ok(!(error instanceof WebAssembly.RuntimeError) && error?.message !== 'abort', `${about} traps: ${error}`);
  assert.ok(!(error instanceof RangeError), `${about} exhausts the stack or the memory: ${error}`);
}
const assertFactsError = ({ answer, error }, about) =>
  assert.ok(error instanceof FactsError, `${about} is not refused: ${error?.stack ?? JSON.stringify(answer)}`);

for (const [about, make] of Object.entries(HOSTILE))
  test(`whatever it makes of ${about}, the engine answers right afterwards`, () => {
    assertOrdinary(outcome(make), about);
    assertStillRight(about);
  });

for (const [about, make] of Object.entries(REFUSED))
  test(`facts with ${about} are refused, and the engine answers right afterwards`, () => {
    assertFactsError(outcome(make), about);
    assertStillRight(about);
  });

for (const [about, make] of Object.entries(HUGE))
  test(`facts with ${about} are refused without taking them in, in a short message`, () => {
    const size = () => instances.reduce((sum, { exports: { memory } }) => sum + memory.buffer.byteLength, 0);
    const before = size();
    let looks = 0;
    const count = (name) => [name, (...given) => { looks++; return Reflect[name](...given); }];
    const traps = Object.fromEntries(['get', 'has', 'ownKeys', 'getOwnPropertyDescriptor', 'getPrototypeOf'].map(count));
    for (const seen of [(facts) => facts, (facts) => new Proxy(facts, traps)]) {
      const facts = make(seen);
      const result = caught(() => engine.check('purchase', facts));
      assertFactsError(result, about);
      for (const text of [result.error.message, result.error.received])
        assert.ok(text.length < 10_000, `${about} is repeated in ${text.length} characters`);
      assertStillRight(about);
    }
    assert.ok(looks < LOOKS, `${about} is looked at ${looks} times`);
    assert.ok(size() - before < GROWTH, `the memory grows by ${size() - before} bytes for ${about}`);
  });

test('after 2,000 rounds of hostile facts the engine answers right and has not grown', (t) => {
  const round = () => {
    for (const [about, make] of Object.entries({ ...HOSTILE, ...REFUSED })) assertOrdinary(outcome(make), about);
    assertStillRight('a hostile round', KNOWN.slice(0, 1));
  };
  for (let i = 0; i < 500; i++) round();
  const before = process.memoryUsage().rss;
  for (let i = 0; i < 1_500; i++) round();
  const grown = (process.memoryUsage().rss - before) / 2 ** 20;
  t.diagnostic(`resident memory grew by ${grown.toFixed(1)} MB in 1,500 rounds`);
  assert.ok(grown < 200, `resident memory grew by ${grown} MB`);
  assertStillRight('2,000 hostile rounds');
});

// --- Terms ---

async function assertTermsRefused(terms, { code, path, hint }, about) {
  const loaded = await load({ terms }).then((answer) => ({ answer }), (error) => ({ error }));
  for (const { answer, error } of [loaded, caught(() => loadSync({ terms }))]) {
    const within = error?.path?.startsWith(path) ? error.path : path;
    assertRefusal({ answer: answer && 'an engine', error }, { code, path: within, hint }, about);
  }
  assertStillRight(about);
}

test('an error is a FactsError where nothing can be assigned that a prototype has, as in hardened hosts, and looks as ever', async () => {
  const wrong = [() => engine.check('purchase', { edtion: 'x' }), () => engine.checkColumns('purchase', { 'need.year': 5 }), () => engine.checkColumns('purchase', { edition: { dictionary: [5], indices: Uint8Array.of(0) } }), () => loadSync({ terms: 5 })];
  const looks = () => wrong.map((run) => { const { error } = caught(run); return [error instanceof FactsError, Object.getOwnPropertyDescriptors(error).message, JSON.stringify(error), structuredClone(error).message, Object.keys(error)]; });
  const before = looks();
  const fixed = [[Error.prototype, 'name'], ...['code', 'path', 'expected', 'received', 'hint', 'message'].map((name) => [Object.prototype, name])].map(([object, name]) => [object, name, Object.getOwnPropertyDescriptor(object, name)]);
  for (const [object, name] of fixed) Object.defineProperty(object, name, { value: 'fixed', writable: false, enumerable: false, configurable: true });
  const after = [];
  try {
    after.push(...looks());
  } finally { for (const [object, name, was] of fixed) was ? Object.defineProperty(object, name, was) : delete object[name]; }
  assert.deepEqual(after, before);
  assert.ok(before.every(([isRefusal, , json]) => isRefusal && json.startsWith('{"name":"FactsError","code":"')), JSON.stringify(before));
});

test('a Date is refused with the hint how to pass it', () => {
  for (const [path, facts] of [['now', { now: new Date() }], ['order.paidAt', { order: { paidAt: new Date() } }]]) {
    assert.throws(() => engine.check('refund', facts), ({ code, path: at, received, hint }) =>
      code === 'wrong_type' && at === path && received === 'a Date' && hint === 'did you mean `date.getTime()`?');
  }
});

test('numbers that differ from the published ones under the published version are warned of, once for each load', async () => {
  const { warn } = console;
  const warned = [];
  console.warn = (...words) => warned.push(words.join(' '));
  try {
    await load();
    await load({ terms: { version: '2027-01', refundWindowDays: 15 } });
    await load({ terms: { refundWindowDays: 7, contacts: { paid: { phone: '1' } } } });
    assert.deepEqual(warned, []);
    for (const terms of [{ refundWindowDays: 15 }, { version: '2021-12', voucherQuota: { claimed: 120 } }]) await load({ terms });
  } finally {
    console.warn = warn;
  }
  assert.equal(warned.length, 2);
  assert.match(warned[0], /^preflight: the terms have other numbers .* `version`/);
});

test('texts give the published number beside one in force that differs', async () => {
  const facts = { now: '2026-11-28T12:00:00+08:00', edition: 'cloud', order: { status: 'paid', invoice: 'none', paidAt: '2026-11-24T12:00:00+08:00' } };
  const other = await load({ terms: { version: '2027-01', refundWindowDays: 15 } });
  const texts = (of, locale) => { const { reasons, notes } = of.explain('refund', facts, { locale }); return [...reasons, ...notes].map(({ text }) => text); };
  assert.equal(texts(other, 'en').filter((text) => text.endsWith('. Published: 7 days; in force: 15.')).length, 2);
  assert.equal(texts(other, 'zh-CN').filter((text) => text.endsWith('。公布的说明写的是 7 天，现在执行 15 天。')).length, 2);
  for (const locale of ['en', 'zh-CN']) assert.ok(!texts(engine, locale).some((text) => /Published: |现在执行/.test(text)));
});

const BAD_TERMS = [
  ['an unknown field', { voucherQouta: {} }, 'unknown_field', 'terms.voucherQouta', 'voucherQuota'],
  ['an unknown quota', { voucherQuota: { asured: 50 } }, 'unknown_field', 'terms.voucherQuota.asured', 'assured'],
  ['terms that are a number', 5, 'wrong_type', 'terms'],
  ['terms that are a list', [], 'wrong_type', 'terms'],
  ['terms that are a text', '{}', 'wrong_type', 'terms'],
  ['a quota that is a number', { voucherQuota: 50 }, 'wrong_type', 'terms.voucherQuota'],
  ['a quota given as text', { voucherQuota: { assured: '50' } }, 'wrong_type', 'terms.voucherQuota.assured'],
  ['a quota that is not whole', { voucherQuota: { claimed: 100.5 } }, 'wrong_type', 'terms.voucherQuota.claimed'],
  ['days given as text', { refundWindowDays: '7' }, 'wrong_type', 'terms.refundWindowDays'],
  ['days that are not a number', { refundWindowDays: NaN }, 'wrong_type', 'terms.refundWindowDays'],
  ['a version that is a number', { version: 5 }, 'wrong_type', 'terms.version'],
  ['negative days', { refundWindowDays: -1 }, 'out_of_range', 'terms.refundWindowDays'],
  ['negative workdays', { refundReviewWorkdays: -1 }, 'out_of_range', 'terms.refundReviewWorkdays'],
  ['a negative quota', { voucherQuota: { assured: -1 } }, 'out_of_range', 'terms.voucherQuota.assured'],
  ['more assured than claimed', { voucherQuota: { assured: 101, claimed: 100 } }, 'inconsistent', 'terms.voucherQuota'],
  ['more assured than the claim in force', { voucherQuota: { assured: 101 } }, 'inconsistent', 'terms.voucherQuota'],
  ['a blank version', { version: '\u3000' }, 'blank', 'terms.version'],
];
for (const [about, terms, code, path, hint] of BAD_TERMS)
  test(`load and loadSync refuse bad terms: ${about}`, () => assertTermsRefused(terms, { code, path, hint }, about));

test('a calendar with an impossible date is refused', async () => {
  // Whatever the calendar's form: the first text in the terms that ends in MM-DD becomes the 30th of February.
  const terms = structuredClone(engine.terms);
  const spoil = (object) => Object.entries(object).some(([name, value]) => {
    if (typeof value === 'object' && value !== null) return spoil(value);
    if (typeof value !== 'string' || !/^(\d{4}-)?\d\d-\d\d$/.test(value) || name === 'version') return false;
    object[name] = value.replace(/\d\d-\d\d$/, '02-30');
    return true;
  });
  assert.ok(spoil(terms), 'the terms in force show a calendar');
  const { error } = await load({ terms }).then(() => ({}), (error) => ({ error }));
  assert.ok(error instanceof FactsError, `an impossible date: ${error}`);
  assert.ok(['out_of_range', 'wrong_type'].includes(error.code) && error.path.startsWith('terms.'), `${error.code} at ${error.path}`);
  assertStillRight('an impossible date');
});

test('terms may be overridden in part, are not changed, and bind only the engine loaded with them', async () => {
  const terms = deepFreeze({ refundWindowDays: 10 });
  const other = await load({ terms });
  const { question, facts } = KNOWN.find(({ question }) => question === 'refund');
  assert.equal(other.check(question, facts).verdict, 'allow');
  assert.deepEqual({ ...other.terms.voucherQuota }, { assured: 50, claimed: 100 });
  assertStillRight('another engine was loaded');
});

test('the terms in force, put back in whole, change nothing', async () => {
  const same = await load({ terms: structuredClone(engine.terms) });
  for (const { question, facts, answer } of KNOWN) {
    const { verdict, codes, missing } = same.check(question, facts);
    assert.deepEqual({ verdict, codes, missing }, answer);
  }
});
