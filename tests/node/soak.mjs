// Load: mixed calls by the count, a thousand engines in one process, and sixteen workers at once; answers are compared with
// those of the independent reading, and memory is watched. `node tests/node/soak.mjs --help` says how.

import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { isMainThread, Worker, workerData } from 'node:worker_threads';

import { columnsOf } from './lib/columns.mjs';
import { instances } from './lib/instances.mjs';
import { loadPackage } from './lib/package.mjs';
import { check as oracle, TERMS } from './oracle.mjs';
import { mulberry32, randomFacts } from './random-facts.mjs';

const QUESTIONS = ['activation', 'purchase', 'entitlement', 'refund', 'page'];
const WRONG = [{ need: { legder: 1 } }, { now: 'yesterday' }, { opened: ['cloud'] }, 5, { member: { account: ' ' } }, { activation: { notices: Array(101).fill('x') } }, new Proxy({}, { ownKeys() { throw 1; } })];
const HELP = `usage: node tests/node/soak.mjs [--calls N] [--engines N] [--workers N]

  --calls N    how many calls of check, explain, errors and orders in columns, each; one reload in a thousand (1000000)
  --engines N  how many engines live in one process at a time (1000)
  --workers N  how many workers load the package and call it at once (16)

Exit status: 0 where every answer was right and memory did not grow, 1 where not, 2 for wrong options.`;

const key = ({ verdict, codes, missing }) => `${verdict}|${codes.join()}|${missing.map((fact) => fact.fact ?? fact).join()}`;

/** Facts with their right answers. */
function known(count, seed) {
  return QUESTIONS.flatMap((question, index) => [...randomFacts(question, seed + index, count)].map((facts) => ({ question, facts, right: key(oracle(question, facts)) })));
}

function expect(actual, right, about) {
  if (actual !== right) throw new Error(`${about} is answered with ${actual}, not ${right}.`);
}

/** Calls of all kinds, so many of each; `progress` is told how many are done. */
async function mixed({ load, FactsError, facts: table }, calls, seed, progress) {
  const list = known(200, seed);
  const random = mulberry32(seed);
  let engine = await load();
  const batches = QUESTIONS.map((question) => {
    const rows = list.filter((one) => one.question === question);
    return { question, rows, columns: columnsOf(table, rows.map(({ facts }) => facts), random) };
  });
  let memory;
  for (let done = 0; done < calls; done++) {
    const { question, facts, right } = list[done % list.length];
    expect(key(engine.check(question, facts)), right, `check of ${JSON.stringify(facts)}`);
    expect(key(engine.explain(question, facts, { locale: done % 2 ? 'en' : 'zh-CN' })), right, `explain of ${JSON.stringify(facts)}`);
    try {
      engine.check(question, WRONG[done % WRONG.length]);
      throw new Error('wrong facts were answered.');
    } catch (error) {
      if (!(error instanceof FactsError)) throw error;
    }
    if (done % 200 === 0) {
      const { question, rows, columns } = batches[(done / 200) % batches.length];
      const { answer } = engine.checkColumns(question, columns);
      rows.forEach(({ right }, row) => expect(key(answer(row)), right, `row ${row} of ${question}`));
    }
    if (done % 1000 === 0) engine = await load({ terms: { version: `v${done % 7000}` } });
    if (done % 20_000 === 0) {
      progress?.(done);
      await new Promise(setImmediate); // engines that nobody holds any more are freed between turns
    }
    if (done === Math.floor(calls / 4)) memory = process.memoryUsage().rss;
  }
  return { grown: process.memoryUsage().rss - memory, wasm: instances.reduce((sum, { exports }) => sum + exports.memory.buffer.byteLength, 0) };
}

/** So many engines at a time, each with terms of its own. */
async function many({ load }, count) {
  const paidAt = Date.parse('2024-03-01T10:00:00+08:00');
  const facts = (days) => ({ edition: 'cloud', now: paidAt + days * 86_400_000, order: { status: 'paid', paidAt, invoice: 'none', reason: 'unusable' } });
  const engines = [];
  for (let index = 0; index < count; index++) engines.push(await load({ terms: { refundWindowDays: index % 300 } }));
  for (const [index, engine] of engines.entries()) {
    for (const days of [0, 100, 200, 310]) {
      const right = oracle('refund', facts(days), { ...TERMS, refundWindowDays: index % 300 });
      expect(key(engine.check('refund', facts(days))), key(right), `engine ${index} after ${days} days`);
      expect(engine.explain('refund', facts(days)).verdict, right.verdict, `engine ${index} after ${days} days`);
    }
  }
}

/** So many workers, each with a package of its own, at once. */
async function workers(count, calls) {
  await Promise.all(Array.from({ length: count }, (_, seed) => new Promise((resolve, reject) => {
    const worker = new Worker(fileURLToPath(import.meta.url), { workerData: { calls, seed: 1000 * seed } });
    worker.on('error', reject).on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`a worker ended with status ${code}.`))));
  })));
}

if (!isMainThread) {
  await mixed(await loadPackage(), workerData.calls, workerData.seed);
} else {
  const number = (name, text) => {
    if (!/^\d{1,9}$/.test(text)) {
      console.error(`--${name} is ${text}, but a whole number was expected.\n\n${HELP}`);
      process.exit(2);
    }
    return Number(text);
  };
  let options;
  try {
    options = parseArgs({ options: { calls: { type: 'string', default: '1000000' }, engines: { type: 'string', default: '1000' }, workers: { type: 'string', default: '16' }, help: { type: 'boolean' } } }).values;
  } catch (error) {
    console.error(`${error.message}\n\n${HELP}`);
    process.exit(2);
  }
  if (options.help) {
    console.log(HELP);
    process.exit(0);
  }
  const [calls, engines, threads] = ['calls', 'engines', 'workers'].map((name) => number(name, options[name]));
  const megabytes = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MB`;
  const start = Date.now();
  const about = (what) => console.log(`${((Date.now() - start) / 1000).toFixed(0).padStart(5)} s  ${what}`);
  try {
    const loaded = await loadPackage();
    await many(loaded, engines);
    about(`${engines} engines at a time, each answers by its own terms; resident memory ${megabytes(process.memoryUsage().rss)}`);
    const { grown, wasm } = await mixed(loaded, calls, 1, (done) => { if (done % 100_000 === 0) about(`${done} of ${calls} rounds; resident memory ${megabytes(process.memoryUsage().rss)}`); });
    about(`${calls} each of check, explain, errors and orders in columns, ${Math.ceil(calls / 1000)} reloads; resident memory grew by ${megabytes(grown)} over the last three quarters, the module has ${megabytes(wasm)}`);
    if (grown > 64 * 2 ** 20) throw new Error(`resident memory grew by ${megabytes(grown)}, where at most 64 MB were expected.`);
    await workers(threads, Math.ceil(calls / 100));
    about(`${threads} workers at once, ${Math.ceil(calls / 100)} rounds each`);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
