// The published types hold what the engine returns and throws. For all scenarios, in both languages, it is written as
// TypeScript and compiled against the package's declarations: `satisfies` refuses a key that the type lacks, a required
// key that the value lacks, and a value of another type.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { loadEngine, loadPackage } from './lib/package.mjs';
import { findFiles, readFiles } from './lib/scenarios.mjs';

const TSC = fileURLToPath(new URL('../../node_modules/typescript/bin/tsc', import.meta.url));
const OPTIONS = { strict: true, noEmit: true, target: 'es2022', lib: ['es2022'], types: [], module: 'esnext', moduleResolution: 'bundler', skipLibCheck: true };
const HEAD = `import type { Answer, Explanation, FactsError, TermsInForce, Trace } from './package/node.js';
type Refusal = Omit<FactsError, 'stack' | 'cause'>;
`;

const { FactsError } = await loadPackage();
const { engine, entry } = await loadEngine();
const folder = mkdtempSync(join(tmpdir(), 'preflight-types-'));
after(() => rmSync(folder, { recursive: true }));
cpSync(dirname(entry), join(folder, 'package'), { recursive: true, filter: (file) => !/\.(js|cjs|wasm)$/.test(file) });

/** What the engine returns and throws for the scenarios: `{ type, value }`, each once. */
function collect() {
  const found = new Map();
  const note = (type, call) => {
    let result;
    try {
      result = { type, value: call() };
    } catch (error) {
      if (!(error instanceof FactsError)) throw error;
      const { name, message, hint } = error; // where there is no hint, reading it gives `undefined`
      result = { type: 'Refusal', value: { ...error, name, message, hint } };
    }
    found.set(`${result.type} ${literal(result.value)}`, result);
  };
  note('TermsInForce', () => engine.terms);
  for (const { file: { question }, facts } of readFiles(findFiles([]), engine).files.flatMap((file) => file.scenarios)) {
    note('Answer', () => engine.check(question, facts));
    note('Trace', () => engine.trace(question, facts));
    for (const locale of ['zh-CN', 'en']) note('Explanation', () => engine.explain(question, facts, { locale }));
  }
  return [...found.values()];
}

/** The value as an expression on one line. */
function literal(value) {
  return JSON.stringify(value, (_, part) => (part === undefined ? '<undefined>' : part)).replaceAll('"<undefined>"', 'undefined');
}

/** Compiles the values against the declarations; which of them are refused, and what the compiler printed. */
async function compile(values) {
  const start = HEAD.split('\n').length;
  writeFileSync(join(folder, 'values.ts'), HEAD + values.map(({ type, value }) => `(${literal(value)}) satisfies ${type};`).join('\n'));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: OPTIONS, files: ['values.ts'] }));
  const printed = await new Promise((resolve) => execFile(process.execPath, [TSC, '--pretty', 'false', '--project', folder], { maxBuffer: 2 ** 26 }, (_, out) => resolve(out)));
  const refused = new Set(Array.from(printed.matchAll(/^[^(\n]*values\.ts\((\d+),/gm), ([, line]) => Number(line) - start));
  return { refused, printed };
}

/**
 * For every key that occurs in any value: the first value that has it, and a copy of it with that key renamed; `path`
 * says which key it is.
 */
function renamings(values) {
  const found = new Map();
  const walk = (part, path, rebuild, whole) => {
    if (typeof part !== 'object' || part === null) return;
    if (Array.isArray(part)) {
      part.forEach((item, index) => walk(item, `${path}[]`, (other) => rebuild(part.map((kept, at) => (at === index ? other : kept))), whole));
      return;
    }
    for (const [key, value] of Object.entries(part)) {
      const isYear = /^\d+$/.test(key); // a calendar may have any year
      const inside = `${path}.${isYear ? 'year' : key}`;
      const renamed = () => Object.fromEntries(Object.entries(part).map(([name, kept]) => [name === key ? `${name}Renamed` : name, kept]));
      if (!isYear && !found.has(inside)) found.set(inside, { path: inside, type: whole.type, value: rebuild(renamed()), whole });
      walk(value, inside, (other) => rebuild({ ...part, [key]: other }), whole);
    }
  };
  for (const whole of values) walk(whole.value, whole.type, (other) => other, whole);
  return [...found.values()];
}

const values = collect();
const renamed = renamings(values);

test('everything that the engine returns and throws for the scenarios satisfies the published types', async (t) => {
  const types = [...new Set(values.map(({ type }) => type))].sort();
  t.diagnostic(types.map((name) => `${values.filter(({ type }) => type === name).length} of ${name}`).join(', '));
  assert.deepEqual(types, ['Answer', 'Explanation', 'Refusal', 'TermsInForce', 'Trace']);
  const { printed } = await compile(values);
  assert.equal(printed.slice(0, 3000), '');
});

test('the types refuse a value with any one of its keys renamed', async (t) => {
  t.diagnostic(`${renamed.length} keys`);
  assert.ok(renamed.length > 100);
  const { refused } = await compile(renamed);
  assert.deepEqual(renamed.filter((_, index) => !refused.has(index)).map(({ path }) => path), []);
});

test('types with a key renamed refuse the values', async () => {
  const file = join(folder, 'package/generated.d.ts');
  const published = readFileSync(file, 'utf8');
  const some = [...new Set(renamed.map(({ whole }) => whole))];
  for (const key of ['leadsTo: Answer', 'stableUntil: string', 'qqGroup?: string', "'need.year'?: number", 'expected: boolean']) {
    assert.ok(published.includes(key), key);
    writeFileSync(file, published.replaceAll(key, (text) => text.replace(/^'?\w/, (start) => `${start}renamed`)));
    const { refused } = await compile(some);
    assert.ok(refused.size > 0, `${key} is renamed in the types, and every value is accepted`);
  }
  writeFileSync(file, published);
});
