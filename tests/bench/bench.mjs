// Compares engines on the same questions: each must first answer as ours does, then is timed and weighed; one table.
//
// To add an engine, write `adapters/<name>.mjs`: `name`, `load()` (with `purchase(facts)` and `refund(facts)`, which
// answer `{ verdict, codes }` or a promise of it, and, where it answers many at once, `batch(question, list)`), `note` for what must be said of it, and, unless no browser can run
// it, `download`: `{}` where the adapter itself is what a page would bundle, else what bytes.mjs reads of it.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { bytesOf } from './bytes.mjs';
import { COUNT, QUESTIONS } from './facts.mjs';
import { folder } from './package.mjs';
import { expectations, runApart, verify, verifyApart } from './verify.mjs';

const HELP = `\
Compares engines on 10,000 facts of each of two questions, and prints one table in Markdown.

Usage: node tests/bench/bench.mjs [--quick] [--native <file>] [engine ...]

  engine           names of files in tests/bench/adapters/ without .mjs (default: all)
  --quick          few short rounds, which show that it works but give no reliable numbers
  --native <file>  the native engine's times and answers, as \`cargo xtask bench\` writes them

Environment:
  ROUNDS             rounds of timing (default 15; quick 3)
  SAMPLE_MS          milliseconds that each engine is timed for, per round and question (default 80; quick 20)
  COLD               fresh processes started per engine (default 7; quick 3)
  PREFLIGHT_PACKAGE  the package measured: its folder or its node.js (default pkg/)

Progress goes to standard error, and the samples to target/bench/results.json.
Exit status: 0 done, 1 an engine answers differently or fails, 2 wrong arguments.`;

const HERE = new URL('./', import.meta.url);
const RESULTS = new URL('../../target/bench/results.json', import.meta.url);
const ADAPTERS = readdirSync(new URL('adapters', HERE)).map((file) => file.replace('.mjs', ''));
const [FLOOR, RIVAL] = ['handwritten', 'json-logic-compiled'];
/** The engine whose ratios to others have bars: the most of their time that it may take. */
const OURS = 'preflight-check';
const BARS = [[RIVAL, 0.7], ['handwritten-ajv', 0.4]];
const FEWEST = 1000; // facts in a sample of a slow engine

const { options, engines } = readArguments();
const setting = (name, usual, quick) => Number(process.env[name] ?? (options.quick ? quick : usual));
const ROUNDS = setting('ROUNDS', 15, 3);
const SAMPLE = setting('SAMPLE_MS', 80, 20) * 1e6;
const WARM_UP = options.quick ? 0.2e9 : 1e9;
const COLD = setting('COLD', 7, 3);

const rows = [];
let native;
try {
  for (const adapter of engines) rows.push({ adapter, ...(await import(`./adapters/${adapter}.mjs`)) });
  if (options.native) native = JSON.parse(readFileSync(options.native, 'utf8'));
  await verifyAll();
  await timeAll();
  await startAll();
  for (const row of rows) row.bytes = await bytesOf(row.adapter);
  report();
} catch (error) {
  const missing = `${error.code} ${error.message}`.includes('ERR_MODULE_NOT_FOUND');
  console.error(missing ? `${error.message}\nInstall and build what is missing with: cargo xtask bench` : error.message);
  process.exit(1);
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { quick: { type: 'boolean' }, native: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    const unknown = positionals.find((name) => !ADAPTERS.includes(name));
    if (unknown) throw new Error(`"${unknown}" is not one of the engines: ${ADAPTERS.join(', ')}.`);
    if (values.help) {
      console.log(HELP);
      process.exit(0);
    }
    return { options: values, engines: positionals.length > 0 ? positionals : ADAPTERS };
  } catch (error) {
    console.error(`${error.message}\nSee: node tests/bench/bench.mjs --help`);
    process.exit(2);
  }
}

async function verifyAll() {
  for (const { adapter } of rows) {
    await verifyApart(adapter, COUNT);
    progress(`${adapter} answers as we do on ${COUNT * QUESTIONS.length} facts`);
  }
  if (!native) return;
  const expected = await expectations(COUNT);
  const answers = QUESTIONS.flatMap((question) => native.answers[question]);
  await verify('the native engine', () => answers.shift(), expected);
  progress(`natively the engine answers the same on ${expected.length} facts`);
}

async function timeAll() {
  for (const row of rows) {
    await start(row);
    row.timing = {};
    for (const question of QUESTIONS) {
      const decisions = SAMPLE / (await warm(row, question));
      const count = Math.min(COUNT, Math.max(FEWEST, Math.round(decisions)));
      row.timing[question] = { count, passes: Math.max(1, Math.round(decisions / count)), samples: [] };
    }
    progress(`${row.adapter} is warm`);
  }
  for (let round = 1; round <= ROUNDS; round++) {
    for (const row of shuffled(rows)) {
      try {
        for (const question of QUESTIONS) {
          const { count, passes, samples } = row.timing[question];
          samples.push(await ask(row, { question, count, passes }));
        }
      } catch (error) {
        await restart(row, error);
      }
    }
    progress(`round ${round} of ${ROUNDS}`);
  }
  for (const row of rows) row.child.kill();
}

async function start(row) {
  row.child = fork(new URL('worker.mjs', HERE), [row.adapter]);
  await message(row);
}

/** Nanoseconds per decision, once it has decided for a while. */
async function warm(row, question) {
  for (let spent = 0; ;) {
    const perDecision = await ask(row, { question, count: FEWEST, passes: 1 });
    if ((spent += perDecision * FEWEST) > WARM_UP) return perDecision;
  }
}

/** Goes on with a new process: Node itself has crashed in compiled code, once in a while. */
async function restart(row, error) {
  row.crashes = (row.crashes ?? 0) + 1;
  if (row.crashes > 2) throw error;
  progress(`${error.message}; it is started again`);
  await start(row);
  for (const question of QUESTIONS) await warm(row, question);
}

async function ask(row, request) {
  row.child.send(request);
  return message(row);
}

async function message({ adapter, child }) {
  const listening = new AbortController();
  try {
    return await Promise.race([
      once(child, 'message', listening).then(([received]) => received),
      once(child, 'exit', listening).then(([code, signal]) => {
        throw new Error(`the process of ${adapter} ended (${code ?? signal})`);
      }),
    ]);
  } finally {
    listening.abort();
  }
}

async function startAll() {
  const script = new URL('cold.mjs', HERE).pathname;
  const fresh = async (...adapter) => JSON.parse((await runApart([script, ...adapter])).stdout);
  const bare = { adapter: undefined, starts: [] };
  for (const row of rows) row.starts = [];
  for (let round = 0; round <= COLD; round++) {
    for (const row of shuffled([bare, ...rows])) {
      const started = await (row.adapter ? fresh(row.adapter) : fresh());
      if (round > 0) row.starts.push(started); // the first only reads the files into memory
    }
    progress(`cold start ${round} of ${COLD}`);
  }
  for (const row of rows) {
    row.cold = median(row.starts.map((started) => started.milliseconds));
    row.memory = median(row.starts.map((started) => started.memory)) - median(bare.starts.map((started) => started.memory));
  }
}

function report() {
  const least = (adapter, question) => {
    const row = rows.find((one) => one.adapter === adapter);
    return row && Math.min(...row.timing[question].samples);
  };
  const measured = [...rows, ...(native?.rows ?? [])];
  const sorted = measured.sort((a, b) => fastest(a) - fastest(b));

  const number = (value, digits = 0) => (Number.isFinite(value) ? value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits }) : '');
  const times = (value) => (Number.isFinite(value) ? `${number(value, value < 10 ? 2 : value < 100 ? 1 : 0)}×` : '');
  const speed = (row, question) => {
    const { samples } = row.timing[question];
    const fastest = Math.min(...samples);
    return [number(fastest), number(median(samples)), times(fastest / least(FLOOR, question)), times(fastest / least(RIVAL, question))];
  };
  const notes = [];
  const named = ({ name, note, crashes }) => {
    const said = [note, crashes && `its process crashed ${crashes} time(s) while it was timed`].filter(Boolean);
    return said.length > 0 ? `${name} [${notes.push(said.join('; '))}]` : name;
  };

  const head = ['engine', ...QUESTIONS.flatMap((question) => [`${question} ns, least`, 'median', '× hand-written', '× json-logic']),
    'cold start ms', 'memory +MB', 'download kB', 'gzip', 'brotli'];
  const table = sorted.map((row) => [
    named(row), ...QUESTIONS.flatMap((question) => speed(row, question)),
    number(row.cold, 1), number(row.memory / 1e6, 1),
    number(row.bytes?.raw / 1000, 1), number(row.bytes?.gzip / 1000, 1), number(row.bytes?.brotli / 1000, 1),
  ]);

  const machine = `${cpus()[0].model}, ${cpus().length} cores, Node ${process.version}`;
  const built = statSync(`${folder}/preflight.wasm`).mtime.toISOString().slice(0, 16).replace('T', ' ');
  const manifest = (folder) => JSON.parse(readFileSync(new URL(`${folder}package.json`, HERE), 'utf8'));
  const versions = Object.keys(manifest('').dependencies).map((name) => `${name} ${manifest(`node_modules/${name}/`).version}`);

  // There is none of these where an engine was not measured.
  const ratios = BARS.filter(([other]) => least(OURS, 'purchase') && least(other, 'purchase')).map(([other, bar]) => ({
    other: rows.find(({ adapter }) => adapter === other).name,
    bar,
    ...Object.fromEntries(QUESTIONS.map((question) => [question, least(OURS, question) / least(other, question)])),
  }));

  print(head, table);
  if (ratios.length > 0) console.log();
  for (const { other, bar, ...byQuestion } of ratios) {
    const byName = QUESTIONS.map((question) => `${question} ${number(byQuestion[question], 3)}`).join(', ');
    const met = QUESTIONS.every((question) => byQuestion[question] <= bar);
    console.log(`preflight \`check\` takes, of the time of ${other}: ${byName}; the bar of ${bar} is ${met ? 'met' : 'missed'}.`);
  }
  console.log(`\nNanoseconds per decision over ${number(COUNT)} complete facts of each question, all 32 known; ${ROUNDS} rounds. Ratios are of the least times.`);
  console.log('Cold start: from import to the first answer. Memory: what the process then holds beyond one without an engine.');
  console.log('Download: what a browser fetches of the engine and the rules; ours with all its words in both languages.');
  notes.forEach((note, place) => console.log(`[${place + 1}] ${note}.`));
  console.log(`\n${machine}; our package as built at ${built} UTC; ${versions.join(', ')}.`);

  mkdirSync(new URL('.', RESULTS), { recursive: true });
  const results = sorted.map(({ name, timing, cold, memory, bytes }) => ({ name, timing, cold, memory, bytes }));
  writeFileSync(RESULTS, `${JSON.stringify({ date: new Date().toISOString(), machine, built, versions, ratios, results }, null, 1)}\n`);
}

function print(head, table) {
  const widths = head.map((title, column) => Math.max(title.length, ...table.map((cells) => cells[column].length)));
  const line = (cells) => `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join(' | ')} |`;
  console.log(line(head));
  console.log(`| ${widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`);
  for (const cells of table) console.log(line(cells));
}

function fastest({ timing }) {
  return Math.min(...timing.purchase.samples);
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function shuffled(list) {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [copy[i], copy[j]] = [copy[j], copy[i]];
  }
  return copy;
}

function progress(what) {
  console.error(`   ${what}`);
}
