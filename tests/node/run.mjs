#!/usr/bin/env node
// The tool that QA runs, shipped with the package as its command `preflight-scenarios`: it runs scenario files with the
// package, and shows what the scenarios do not cover.

import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

import { count, newCoverage, uncovered } from './lib/coverage.mjs';
import { judge, refusing } from './lib/judge.mjs';
import { writeJunit } from './lib/junit.mjs';
import { didYouMean } from './lib/nearest.mjs';
import { loadEngine, staleness, UsageError } from './lib/package.mjs';
import { bold, coverageText, dim, red, scenarioText } from './lib/report.mjs';
import { findFiles, readFiles, readTerms } from './lib/scenarios.mjs';
import { runAgain } from './lib/watching.mjs';

const HELP = `Runs scenarios with the engine, and compares its answers with those expected.

usage: npx preflight-scenarios [options] [FILE…]         where the package is installed
       node tests/node/run.mjs [options] [FILE…]         in a checkout of Preflight

  FILE            a scenario file <question>/<name>.json, or a folder of such files
                  (default: all files of tests/scenarios)

options:
  --terms FILE    the terms, as JSON, under which scenarios without terms of their own are run
  --watch         run again after each change of a scenario file or of the package
  --grep TEXT     run only scenarios whose title, file (<question>/<code>.json) or clause contains TEXT,
                  ignoring case
  --junit FILE    also write the results as JUnit XML (missing folders are created)
  --package PATH  the engine: an installed package's folder, or a module file or its file: URL
  --no-coverage   show coverage, but do not fail because of it
  --verbose       also show the facts and the engine's answer for scenarios that passed
  -h, --help      show this and stop

A scenario file is an array of
  { "title", "clause", "facts", "expect": { "verdict", "codes", "missing"?, "plan"?, "stableUntil"? } } or
  { "title", "facts", "expect": { "error": { "code", "path" } } },
and each may have "terms" to be run under. The question is the name of the file's folder. The package has a JSON
Schema of it, scenarios.schema.json, with which editors complete and check it; GUIDE.md describes every field.

The engine is the package @ekuaiji/preflight: from --package, else from the environment variable
PREFLIGHT_PACKAGE, else the one that this command belongs to, else as installed for the current folder or as
built into pkg/ of a checkout (cargo xtask build). With PREFLIGHT_PREFER=js it runs on the module's translation
to JavaScript.

A scenario passes when the verdict and the codes are as expected, or the error's code and path; when missing,
plan and stableUntil are as expected, where the scenario has them; and when check, explain and trace agree.

Coverage: a rule is covered when it fires in some scenario, is out in one and open in one, when each of its
conditions holds in some scenario, does not hold in one and is unknown in one, and when, for each of its
conditions, there is a scenario in which that condition alone keeps it from firing: the condition is not as
expected and all the others are.
Every rule has to be covered for every question that it applies to. With --grep, FILE or --no-coverage,
coverage is shown but not enforced; with --grep or FILE, only rules that fired or that a FILE is named after
are shown. A file named after a rule must fire that rule in at least one scenario (not checked with --grep).

exit status:
  0  all scenarios passed, and every rule is covered
  1  a scenario failed, a rule is not covered, or a file never fires its rule
  2  wrong usage, no package, or malformed scenario files (all faults are listed, nothing is run)

When scenarios were run, the last line is always "N passed, N failed".
Colour is used only on a terminal, and never if NO_COLOR is set.

examples:
  npx preflight-scenarios scenarios/purchase/wrong_ledger.json --watch
  npx preflight-scenarios scenarios --terms terms.json --junit report.xml
  node tests/node/run.mjs
  node tests/node/run.mjs tests/scenarios/refund --grep S-30 --verbose
`;

const OPTIONS = {
  terms: { type: 'string' },
  watch: { type: 'boolean', default: false },
  grep: { type: 'string' },
  junit: { type: 'string' },
  package: { type: 'string' },
  'no-coverage': { type: 'boolean', default: false },
  verbose: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
};

const print = (text = '') => process.stdout.write(`${text}\n`);

function readArguments(args) {
  let parsed;
  try {
    parsed = parseArgs({ args, options: OPTIONS, allowPositionals: true });
  } catch (error) {
    const option = /^Unknown option '(.+?)'/.exec(error.message)?.[1];
    const known = Object.keys(OPTIONS).map((name) => `--${name}`);
    const sentence = option ? `There is no option ${option}${didYouMean(option, known) || '.'}` : error.message.split('\n')[0].replace(/\.?$/, '.');
    throw new UsageError(`${sentence} (see --help)`);
  }
  for (const [name, value] of Object.entries(parsed.values)) {
    if (value === '') throw new UsageError(`The option --${name} was given nothing. (see --help)`);
  }
  return { ...parsed.values, given: parsed.positionals };
}

const matches = (text) => {
  const wanted = text.toLowerCase();
  return ({ title, clause, file }) => [title, clause ?? '', `${file.question}/${file.name}.json`].some((part) => part.toLowerCase().includes(wanted));
};

/** The engine under the terms of a file; as it is where there is none. */
async function underTerms(file, engine, load) {
  if (file === undefined) return engine;
  try {
    return await load({ terms: readTerms(file) });
  } catch (error) {
    if (error.name !== 'FactsError') throw error;
    throw new UsageError(`${file}: ${error.message}`);
  }
}

/** The engine for the terms of a scenario, loaded once for each; where the terms are refused, one that refuses everything. */
function enginesByTerms(load, usual) {
  const engines = new Map();
  return (terms) => {
    if (terms === undefined) return usual;
    const key = JSON.stringify(terms);
    // With a version of their own there is no warning that they have none.
    const named = typeof terms === 'object' && !Array.isArray(terms) ? { version: 'scenario', ...terms } : terms;
    if (!engines.has(key)) engines.set(key, load({ terms: named }).catch(refusing));
    return engines.get(key);
  };
}

/** Files named after a rule in which no scenario fires that rule. */
function astray(files, results, engine) {
  const fired = (file) => results.some(({ scenario, checked }) => scenario.file === file && checked.value?.codes.includes(file.code));
  return files.flatMap((file) => {
    const rule = engine.rules.find(({ code }) => code === file.code);
    if (!rule || fired(file)) return [];
    return rule.questions.includes(file.question)
      ? [`${file.path}: none of its scenarios fires ${rule.code}`]
      : [`${file.path}: ${rule.code} is not asked for ${file.question}, only for ${rule.questions.join(', ')}`];
  });
}

function printList(heading, lines) {
  if (lines.length > 0) print(`\n${red(heading)}\n${lines.map((line) => `  ${line}`).join('\n')}`);
}

async function main(args) {
  const options = readArguments(args);
  if (options.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const startedAt = new Date();
  const paths = findFiles(options.given);
  const { engine, entry, load } = await loadEngine(options.package);
  if (options.watch) {
    const program = fileURLToPath(import.meta.url);
    return runAgain(program, args.filter((argument) => argument !== '--watch'), { files: [...paths, ...(options.terms ? [options.terms] : [])], entry });
  }
  const stale = staleness(entry);
  const sayStale = () => stale && process.stderr.write(`${stale}\n`);

  const { files, faults } = readFiles(paths, engine);
  if (faults.length > 0) {
    process.stderr.write(`${faults.join('\n')}\n\nMalformed scenario files, ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}; nothing was run.\n`);
    sayStale();
    return 2;
  }
  const engineFor = enginesByTerms(load, await underTerms(options.terms, engine, load));
  const all = files.flatMap((file) => file.scenarios);
  const chosen = options.grep === undefined ? all : all.filter(matches(options.grep));
  if (chosen.length === 0) throw new UsageError(`No scenario's title, file or clause contains "${options.grep}".`);

  const coverage = newCoverage(engine);
  const results = [];
  for (const scenario of chosen) {
    const result = judge(await engineFor(scenario.terms), scenario);
    if (result.trace) count(coverage, scenario.file.question, result.trace);
    print(scenarioText(result, options.verbose));
    results.push(result);
  }

  const whole = options.given.length === 0 && options.grep === undefined;
  const enforced = whole && !options['no-coverage'];
  const named = ({ question, code }) => options.given.length > 0 && files.some((file) => file.question === question && file.code === code);
  const rows = whole ? coverage : coverage.filter((row) => row.fired > 0 || named(row));
  const open = rows.map(uncovered).filter(Boolean);
  const strays = options.grep === undefined ? astray(files, results, engine) : [];

  if (rows.length > 0) {
    print(`\n${bold('Coverage')}${enforced ? '' : ' (shown, not enforced)'}\n${coverageText(rows)}`);
    printList('Not covered', open);
  }
  printList('Files that do not concern their rule', strays);

  if (options.junit !== undefined) {
    try {
      writeJunit(options.junit, results, startedAt);
    } catch (error) {
      throw new UsageError(`The JUnit file can't be written: ${error.message}.`);
    }
  }
  const failed = results.filter(({ differences }) => differences.length > 0).length;
  print(`\n${dim(`Engine: ${entry}`)}\n${results.length - failed} passed, ${failed} failed`);
  sayStale();
  return failed > 0 || strays.length > 0 || (enforced && open.length > 0) ? 1 : 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
