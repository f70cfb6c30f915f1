// Claims about the harness itself, against a fake package and scenarios in a temporary checkout.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));

// One question and one rule of two conditions: a purchase of a ledger, started in another ledger than the one needed.
const FAKE_PACKAGE = `
class FactsError extends Error {
  constructor(code, path, message) {
    super(message);
    Object.assign(this, { name: 'FactsError', code, path });
  }
}
const conditionsOf = (facts) => {
  for (const name of Object.keys(facts)) {
    if (!['product', 'need', 'selected'].includes(name)) throw new FactsError('unknown_field', name, 'there is no fact \`' + name + '\`');
  }
  const compared = facts.need == null || facts.selected == null ? null : facts.need.ledger === facts.selected.ledger;
  return [
    { condition: 'ProductIsLedger', expected: true, value: facts.product == null ? null : facts.product === 'ledger' },
    { condition: 'SelectedLedgerIsNeeded', expected: false, value: compared },
  ];
};
const trace = (question, facts) => {
  if (question !== 'purchase') throw new FactsError('unknown_value', 'question', 'there is no such question');
  const conditions = conditionsOf(facts);
  const out = conditions.some(({ value, expected }) => value === !expected);
  const state = out ? 'out' : conditions.some(({ value }) => value === null) ? 'open' : 'fired';
  return { verdict: { out: 'allow', open: 'unknown', fired: 'block' }[state], rules: [{ code: 'WRONG_LEDGER', severity: 'block', state, conditions }] };
};
const check = (question, facts) => {
  const { verdict, rules: [{ state }] } = trace(question, facts);
  const missing = state !== 'open' ? [] : ['product', 'need.ledger', 'selected.ledger'].filter((path) => facts[path.split('.')[0]] == null);
  return { verdict, codes: state === 'fired' ? ['WRONG_LEDGER'] : [], missing };
};
const explain = (question, facts) => {
  const answer = check(question, facts);
  const steps = answer.verdict === 'block' ? [{ actor: 'buyer', action: { name: 'select_ledger_year', ledger: facts.need.ledger }, text: '' }] : [];
  return { ...answer, missing: answer.missing.map((fact) => ({ fact, question: '', needed: true })), plan: { steps, leadsTo: 'allow' }, stableUntil: null };
};
export { FactsError };
export const load = async ({ terms } = {}) => {
  if (terms && terms.price !== undefined) throw new FactsError('unknown_field', 'terms.price', 'there are no terms \`price\`');
  const lenient = (ask) => (question, facts) => ask(question, terms && terms.anyLedger ? { ...facts, selected: facts.need } : facts);
  return terms ? { check: lenient(check), explain: lenient(explain), trace: lenient(trace) } : {
    check, explain, trace,
  };
};
`;
const FAKE_CATALOGUE = `
export const rules = [{ code: 'WRONG_LEDGER', severity: 'block', questions: ['purchase'] }];
export const facts = ['product', 'need.ledger', 'selected.ledger'].map((path) => ({ path }));
`;

const FAKE_SCHEMA = JSON.stringify({ $defs: { clause: { enum: ['S-01', 'S-13', 'inferred', 'common sense'] } } });

const scenario = (title, facts, expect) => ({ title, clause: 'S-13', facts, expect });
const wrong = { product: 'ledger', need: { ledger: 'A' }, selected: { ledger: 'B' } };
const FIRES = scenario('started in another ledger', wrong, {
  verdict: 'block',
  codes: ['WRONG_LEDGER'],
  missing: [],
  plan: [{ name: 'select_ledger_year', ledger: 'A' }],
  stableUntil: null,
});
const OTHER_PRODUCT = scenario('another product', { ...wrong, product: 'other' }, { verdict: 'allow', codes: [] });
const SAME_LEDGER = scenario('started in the ledger needed', { ...wrong, selected: { ledger: 'A' } }, { verdict: 'allow', codes: [] });
const NOTHING_KNOWN = scenario('nothing is known', {}, { verdict: 'unknown', codes: [] });
const COVERING = [FIRES, OTHER_PRODUCT, SAME_LEDGER, NOTHING_KNOWN];

const folders = [];
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

/** A checkout with this harness, the fake package and the given scenario files (text, or values written as JSON). */
function checkout(files, { fake = FAKE_PACKAGE } = {}) {
  const root = mkdtempSync(join(tmpdir(), 'preflight-harness-'));
  folders.push(root);
  const write = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  cpSync(join(HERE, 'run.mjs'), join(root, 'tests/node/run.mjs'));
  cpSync(join(HERE, 'lib'), join(root, 'tests/node/lib'), { recursive: true });
  if (fake) {
    write('node_modules/@ekuaiji/preflight/package.json', '{ "name": "@ekuaiji/preflight", "type": "module", "exports": { ".": { "types": "./x.d.ts", "import": "./main.mjs" } } }');
    write('node_modules/@ekuaiji/preflight/main.mjs', fake);
    write('node_modules/@ekuaiji/preflight/catalogue.js', FAKE_CATALOGUE);
    write('node_modules/@ekuaiji/preflight/scenarios.schema.json', FAKE_SCHEMA);
  }
  for (const [path, value] of Object.entries(files)) write(`tests/scenarios/${path}`, typeof value === 'string' ? value : JSON.stringify(value, null, 2));
  return root;
}

function environment() {
  const env = { ...process.env };
  delete env.PREFLIGHT_PACKAGE;
  return env;
}

function run(root, ...args) {
  const env = environment();
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tests/node/run.mjs', ...args], { cwd: root, env, encoding: 'utf8' });
  return { status, stdout, stderr, lastLine: stdout.trimEnd().split('\n').at(-1) };
}

/** Throws unless the text is well-formed XML as far as the harness uses it: elements, attributes, entities. */
function assertWellFormed(xml) {
  const open = [];
  const token = /<\?xml [^?]*\?>|<\/([\w]+)>|<([\w]+)((?: [\w]+="(?:[^<>&"]|&(?:amp|lt|gt|quot|#\d+);)*")*)(\/?)>|(?:[^<>&]|&(?:amp|lt|gt|quot|#\d+);)+/y;
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const match = token.exec(xml);
    assert.ok(match, `not well-formed at: ${xml.slice(at, at + 60)}`);
    const [, closes, opens, , empty] = match;
    if (closes) assert.equal(open.pop(), closes);
    else if (opens && !empty) open.push(opens);
  }
  assert.deepEqual(open, []);
}

test('scenarios that pass and decide every rule give exit 0, and the last line counts them', () => {
  const { status, stdout, lastLine } = run(checkout({ 'purchase/wrong_ledger.json': COVERING }));
  assert.equal(status, 0, stdout);
  assert.equal(lastLine, '4 passed, 0 failed');
  assert.match(stdout, /^✓ purchase\/wrong_ledger: another product$/m);
});

test('a failing scenario gives exit 1 and shows its facts and the difference', () => {
  const lost = scenario('lost', { ...wrong, need: { ledger: 'A\u3000' } }, { verdict: 'allow', codes: [], missing: ['product'], plan: ['open_in_app'], stableUntil: '2026-01-01T00:00:00+08:00' });
  const { status, stdout, lastLine } = run(checkout({ 'purchase/wrong_ledger.json': [...COVERING, lost] }));
  assert.equal(status, 1);
  assert.equal(lastLine, '4 passed, 1 failed');
  assert.match(stdout, /^✗ purchase\/wrong_ledger: lost$/m);
  assert.match(stdout, /"ledger": "A\\u3000"/);
  assert.match(stdout, /verdict\n +expected +allow\n +actual +block\n/);
  assert.match(stdout, /codes\n +expected +none\n +actual +WRONG_LEDGER\n +extra +WRONG_LEDGER\n/);
  assert.match(stdout, /missing\n +expected +product\n +actual +none\n +lacking +product\n/);
  assert.match(stdout, /plan\n +expected +open_in_app\n +actual +select_ledger_year\n +differs at +step 1\n/);
  assert.match(stdout, /stableUntil\n +expected +2026-01-01T00:00:00\+08:00\n +actual +null\n/);
});

test('missing facts in another order are a difference of order, not of content', () => {
  const swapped = scenario('nothing known', {}, { verdict: 'unknown', codes: [], missing: ['need.ledger', 'product', 'selected.ledger'] });
  const { status, stdout } = run(checkout({ 'purchase/wrong_ledger.json': [...COVERING, swapped] }));
  assert.equal(status, 1);
  assert.match(stdout, /out of order +need\.ledger, product\n/);
  assert.doesNotMatch(stdout, /extra|lacking/);
});

test('an expected error is compared by code and path, and an unexpected one is shown as its sentence', () => {
  const refused = { title: 'unknown field', facts: { produkt: 'ledger' }, expect: { error: { code: 'unknown_field', path: 'produkt' } } };
  const elsewhere = { ...refused, title: 'elsewhere', expect: { error: { code: 'unknown_field', path: 'need' } } };
  const otherwise = { ...refused, title: 'otherwise', expect: { error: { code: 'wrong_type', path: 'produkt' } } };
  const unexpected = scenario('unexpected', { produkt: 'ledger' }, { verdict: 'allow', codes: [] });
  const files = { 'purchase/wrong_ledger.json': COVERING, 'purchase/facts_error.json': [refused, elsewhere, otherwise, unexpected] };
  const { status, stdout, lastLine } = run(checkout(files));
  assert.equal(status, 1);
  assert.equal(lastLine, '5 passed, 3 failed');
  assert.match(stdout, /expected +unknown_field at need\n +actual +unknown_field at produkt: there is no fact `produkt`/);
  assert.match(stdout, /expected +wrong_type at produkt\n +actual +unknown_field at produkt: there/);
  assert.match(stdout, /expected +none\n +actual +unknown_field at produkt: there is no fact `produkt`/);
});

test('a step of the plan is compared in every field that the expectation gives', () => {
  const otherLedger = scenario('other ledger', wrong, { ...FIRES.expect, plan: [{ name: 'select_ledger_year', ledger: 'B' }] });
  const { status, stdout } = run(checkout({ 'purchase/wrong_ledger.json': [...COVERING, otherLedger] }));
  assert.equal(status, 1);
  assert.match(stdout, /expected +select_ledger_year {ledger: "B"}\n +actual +select_ledger_year {ledger: "A"}\n/);
});

test('a scenario fails when explain or trace disagrees with check', () => {
  const files = { 'purchase/wrong_ledger.json': COVERING };
  const explains = run(checkout(files, { fake: FAKE_PACKAGE.replace('{ ...answer, missing:', "{ ...answer, verdict: 'warn', missing:") }));
  assert.equal(explains.lastLine, '0 passed, 4 failed');
  assert.match(explains.stdout, /explain disagrees with check\n +check +block, codes WRONG_LEDGER, missing none\n +explain +warn, /);
  const traces = run(checkout(files, { fake: FAKE_PACKAGE.replace('check, explain, trace,', "check, explain, trace: (...asked) => ({ ...trace(...asked), verdict: 'warn' }),") }));
  assert.equal(traces.lastLine, '0 passed, 4 failed');
  assert.match(traces.stdout, /trace disagrees with check\n +check +block, codes WRONG_LEDGER\n +trace +warn, codes WRONG_LEDGER\n/);
});

test('malformed files give exit 2 and are reported all at once, by file, index and field', () => {
  const { status, stdout, stderr } = run(
    checkout({
      'purchase/wrong_ledger.json': [
        { ...FIRES, claus: 'S-13' },
        { ...OTHER_PRODUCT, title: undefined },
        { ...SAME_LEDGER, expect: {} },
        { ...SAME_LEDGER, title: 'verdict', expect: { verdict: 'alow', codes: ['WRONG_LEGDER'] } },
        { ...FIRES, title: 'twice' },
        { ...FIRES, title: 'twice' },
      ],
      'purchase/not_json.json': '[\n  { "title": }\n]',
      'purchase/name_twice.json': '[{ "title": "a",\n "title": "b" }]',
      'purchase/not_array.json': '{}',
      'purchse/wrong_folder.json': [FIRES],
    }),
  );
  assert.equal(status, 2);
  assert.equal(stdout, '');
  for (const fault of [
    /wrong_ledger\.json:\d+: \[0\]\.claus: unknown field; did you mean "clause"\?/,
    /wrong_ledger\.json:\d+: \[1\]\.title: missing/,
    /wrong_ledger\.json:\d+: \[2\]\.expect: neither a verdict nor an error/,
    /wrong_ledger\.json:\d+: \[3\]\.expect\.verdict: "alow" is not a verdict .*did you mean "allow"\?/,
    /wrong_ledger\.json:\d+: \[3\]\.expect\.codes\[0\]: "WRONG_LEGDER" is not the code of a rule; did you mean "WRONG_LEDGER"\?/,
    /wrong_ledger\.json:\d+: \[5\]\.title: "twice" is the title of \[4\] too/,
    /not_json\.json:2:14: not JSON: expected a value, but found "}"/,
    /name_twice\.json:2:2: "\[0\]\.title" is given twice/,
    /not_array\.json:1: not an array/,
    /wrong_folder\.json:\d+: \[0\]: the folder "purchse" is not a question the engine knows; did you mean "purchase"\?/,
  ]) {
    assert.match(stderr, fault);
  }
});

test('a clause that does not exist is refused, and words may stand in place of one or after it', () => {
  const clauses = (...named) => checkout({ 'purchase/wrong_ledger.json': named.map((clause, i) => ({ ...FIRES, title: `${i}`, clause })) });
  assert.equal(run(clauses('S-13', 'S-01, S-13', 'inferred', 'S-13, inferred', 'common sense'), '--no-coverage').status, 0);
  const { status, stderr } = run(clauses('S-99', 'S-13, S-99', 'guessed', 'S-13;S-01'));
  assert.equal(status, 2);
  for (const [place, name] of [[0, 'S-99'], [1, 'S-99'], [2, 'guessed'], [3, 'S-13;S-01']]) {
    assert.match(stderr, new RegExp(`\\[${place}\\]\\.clause: there is no clause "${name}"; known are "S-01" to "S-13" and, where none states it, "inferred", "common sense"`));
  }
});

test('a scenario is run under its own terms, else under those of --terms, and terms may be refused', () => {
  const free = { ...FIRES, title: 'any ledger will do', terms: { anyLedger: true }, expect: { verdict: 'allow', codes: [] } };
  const refused = { ...FIRES, title: 'no such terms', terms: { price: 1 }, expect: { error: { code: 'unknown_field', path: 'terms.price' } } };
  const root = checkout({ 'purchase/wrong_ledger.json': [...COVERING, free, refused] });
  assert.equal(run(root).lastLine, '6 passed, 0 failed');
  writeFileSync(join(root, 'terms.json'), '{ "anyLedger": true }');
  const lenient = run(root, '--terms', 'terms.json');
  assert.equal(lenient.lastLine, '5 passed, 1 failed');
  assert.match(lenient.stdout, /✗ purchase\/wrong_ledger: started in another ledger/);
  writeFileSync(join(root, 'terms.json'), '{ "price": 1 }');
  assert.match(run(root, '--terms', 'terms.json').stderr, /^terms\.json: there are no terms `price`$/m);
  writeFileSync(join(root, 'terms.json'), '{ price: 1 }');
  assert.match(run(root, '--terms', 'terms.json').stderr, /terms\.json cannot be read: line 1, column 3: not JSON/);
  const unexpected = { ...free, terms: { price: 1 } };
  assert.match(run(checkout({ 'purchase/wrong_ledger.json': [unexpected] })).stdout, /terms\n +{\n +"price": 1\n[^]*expected +none\n +actual +unknown_field at terms\.price/);
});

test('a package that is older than the rules beside it is said to be, with the command that builds it', () => {
  const root = checkout({ 'purchase/wrong_ledger.json': COVERING });
  cpSync(join(root, 'node_modules/@ekuaiji/preflight'), join(root, 'pkg'), { recursive: true });
  rmSync(join(root, 'node_modules'), { recursive: true });
  mkdirSync(join(root, 'src/rules'), { recursive: true });
  const rule = join(root, 'src/rules/wrong_ledger.rs');
  writeFileSync(rule, '');
  const changedAt = (seconds) => utimesSync(rule, seconds, seconds);
  changedAt(1);
  assert.equal(run(root).stderr, '');
  changedAt(Date.now() / 1000 + 60);
  const { status, stderr } = run(root);
  assert.equal(status, 0);
  assert.match(stderr, /^The package is older than src\/rules\/wrong_ledger\.rs, .*cargo xtask build$/m);
});

test('with --watch the scenarios are run again after each change of a file, and of the package', async () => {
  const root = checkout({ 'purchase/wrong_ledger.json': COVERING });
  const file = join(root, 'tests/scenarios/purchase/wrong_ledger.json');
  const manifest = join(root, 'node_modules/@ekuaiji/preflight/package.json');
  const watching = spawn(process.execPath, ['tests/node/run.mjs', file, '--watch'], { cwd: root, env: environment() });
  try {
    let shown = '';
    watching.stdout.setEncoding('utf8').on('data', (text) => { shown += text; });
    const waits = async () => {
      while (!shown.includes('Ctrl-C stops.')) await once(watching.stdout, 'data');
      const before = shown;
      shown = '';
      return before;
    };
    assert.match(await waits(), /4 passed, 0 failed/);
    writeFileSync(file, JSON.stringify([...COVERING, { ...OTHER_PRODUCT, title: 'lost', expect: { verdict: 'block', codes: [] } }]));
    assert.match(await waits(), /4 passed, 1 failed/);
    const later = Date.now() / 1000 + 60;
    utimesSync(manifest, later, later);
    assert.match(await waits(), /4 passed, 1 failed/);
  } finally {
    watching.kill();
  }
});

test('a condition that no scenario puts alone against its rule gives exit 1 and is named', () => {
  const { status, stdout, lastLine } = run(checkout({ 'purchase/wrong_ledger.json': [FIRES, OTHER_PRODUCT] }));
  assert.equal(status, 1);
  assert.equal(lastLine, '2 passed, 0 failed');
  assert.match(stdout, /purchase\/WRONG_LEDGER: .*no scenario in which this alone keeps it from firing: "not SelectedLedgerIsNeeded"$/m);
});

test('a rule that is never open and conditions that are never unknown give exit 1 and are named', () => {
  const { status, stdout } = run(checkout({ 'purchase/wrong_ledger.json': COVERING.slice(0, 3) }));
  assert.equal(status, 1);
  assert.match(stdout, /purchase\/WRONG_LEDGER: in no scenario it is open; in no scenario unknown: "ProductIsLedger", "not SelectedLedgerIsNeeded"$/m);
});

test('a rule that is never out and conditions that are never false give exit 1 and are named', () => {
  const { status, stdout } = run(checkout({ 'purchase/wrong_ledger.json': [FIRES, NOTHING_KNOWN] }));
  assert.equal(status, 1);
  assert.match(stdout, /purchase\/WRONG_LEDGER: in no scenario it is out; in no scenario true: "not SelectedLedgerIsNeeded"; in no scenario false: "ProductIsLedger"; /);
});

test('a condition that is unknown, or false beside another, is not alone against its rule', () => {
  const both = scenario('both false', { ...wrong, product: 'other', selected: { ledger: 'A' } }, { verdict: 'allow', codes: [] });
  const unknown = scenario('unknown', { need: wrong.need, selected: wrong.selected }, { verdict: 'unknown', codes: [] });
  const { status, stdout } = run(checkout({ 'purchase/wrong_ledger.json': [FIRES, both, unknown] }));
  assert.equal(status, 1);
  assert.match(stdout, /alone keeps it from firing: "ProductIsLedger", "not SelectedLedgerIsNeeded"$/m);
});

test('coverage is shown but not enforced with --grep, a FILE or --no-coverage', () => {
  const root = checkout({ 'purchase/wrong_ledger.json': [FIRES, OTHER_PRODUCT] });
  for (const args of [['--grep', 'ANOTHER ledger'], ['tests/scenarios/purchase/wrong_ledger.json'], ['--no-coverage']]) {
    const { status, stdout } = run(root, ...args);
    assert.equal(status, 0, args.join(' '));
    assert.match(stdout, /Coverage \(shown, not enforced\)/);
  }
});

test('with --grep only the rules that fired are shown in the coverage', () => {
  const { status, stdout } = run(checkout({ 'purchase/wrong_ledger.json': COVERING }), '--grep', 'another product');
  assert.equal(status, 0);
  assert.doesNotMatch(stdout, /WRONG_LEDGER/);
});

test('a file that never fires the rule it is named after gives exit 1', () => {
  const { status, stdout } = run(checkout({ 'purchase/others.json': COVERING, 'purchase/wrong_ledger.json': [SAME_LEDGER] }));
  assert.equal(status, 1);
  assert.match(stdout, /wrong_ledger\.json: none of its scenarios fires WRONG_LEDGER/);
});

test('the JUnit file is well-formed whatever a title holds, and its folders are made', () => {
  const odd = scenario('<"&\'> ]]> \u0007 账套 \ud800', wrong, { verdict: 'allow', codes: [] });
  const root = checkout({ 'purchase/wrong_ledger.json': [...COVERING, odd] });
  const { status } = run(root, '--junit', 'new/folder/junit.xml');
  assert.equal(status, 1);
  const xml = readFileSync(join(root, 'new/folder/junit.xml'), 'utf8');
  assertWellFormed(xml);
  assert.match(xml, /<testsuites name="[^"]*" tests="5" failures="1"/);
  assert.match(xml, /<testsuite name="purchase\/wrong_ledger"/);
  assert.match(xml, /<failure message="differs in verdict, codes"/);
  assert.match(xml, /clause S-13\n/);
  assert.match(xml, /name="&lt;&quot;&amp;'&gt; \]\]&gt; \ufffd 账套 \ufffd"/);
});

test('help gives exit 0 and names every option', () => {
  const { status, stdout } = run(checkout({}), '--help');
  assert.equal(status, 0);
  for (const option of ['--terms', '--watch', '--grep', '--junit', '--package', '--no-coverage', '--verbose']) assert.ok(stdout.includes(option));
});

test('wrong usage gives exit 2 and a sentence', () => {
  const root = checkout({ 'purchase/wrong_ledger.json': COVERING });
  for (const [args, sentence] of [
    [['--verbos'], /^There is no option --verbos; did you mean "--verbose"\? \(see --help\)$/m],
    [['--grep'], /--grep.*see --help/],
    [['--grep', 'nowhere'], /contains "nowhere"/],
    [['no/such.json'], /There is no scenario file no\/such\.json/],
    [['--package', 'no/such'], /There is no package at .*cargo xtask build/],
    [['--terms', 'no/such.json'], /The terms no\/such\.json cannot be read: ENOENT/],
  ]) {
    const { status, stderr } = run(root, ...args);
    assert.equal(status, 2, args.join(' '));
    assert.match(stderr, sentence);
  }
});

test('without the package the harness names the command that builds it', () => {
  const { status, stderr } = run(checkout({ 'purchase/wrong_ledger.json': COVERING }, { fake: null }));
  assert.equal(status, 2);
  assert.match(stderr, /@ekuaiji\/preflight is not there.*cargo xtask build/);
});

test('the package is taken from --package, a folder or a module file', () => {
  const root = checkout({ 'purchase/wrong_ledger.json': COVERING });
  for (const path of ['node_modules/@ekuaiji/preflight', 'node_modules/@ekuaiji/preflight/main.mjs']) {
    assert.ok(existsSync(join(root, path)));
    assert.equal(run(root, '--package', path).status, 0);
  }
});
