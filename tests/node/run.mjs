#!/usr/bin/env node
// The harness that QA runs: it runs every scenario file with the built package, and shows what the scenarios do not cover.

import { parseArgs } from 'node:util';

import { count, newCoverage, uncovered } from './lib/coverage.mjs';
import { judge } from './lib/judge.mjs';
import { writeJunit } from './lib/junit.mjs';
import { didYouMean } from './lib/nearest.mjs';
import { loadEngine, UsageError } from './lib/package.mjs';
import { bold, coverageText, dim, red, scenarioText } from './lib/report.mjs';
import { findFiles, readFiles } from './lib/scenarios.mjs';

const HELP = `Runs the scenarios of tests/scenarios with the engine, and compares its answers with those expected.

usage: node tests/node/run.mjs [options] [FILE…]

  FILE            a scenario file tests/scenarios/<question>/<code>.json, or a folder of such files;
                  (default: all files of tests/scenarios)

options:
  --grep TEXT     run only scenarios whose title, file (<question>/<code>.json) or clause contains TEXT,
                  ignoring case
  --junit FILE    also write the results as JUnit XML (missing folders are created)
  --package PATH  the engine: an installed package's folder, or a module file or its file: URL
  --no-coverage   show coverage, but do not fail because of it
  --verbose       also show the facts and the engine's answer for scenarios that passed
  -h, --help      show this and stop

The engine is the package @ekuaiji/preflight: from --package, else from the environment variable
PREFLIGHT_PACKAGE, else as installed for the current folder, else as built into pkg/ of this checkout
(cargo xtask build). With PREFLIGHT_PREFER=js it runs on the module's translation to JavaScript.

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
  node tests/node/run.mjs
  node tests/node/run.mjs tests/scenarios/purchase/wrong_ledger.json
  node tests/node/run.mjs tests/scenarios/refund
  node tests/node/run.mjs --grep S-13 --verbose
  node tests/node/run.mjs --junit target/junit/scenarios.xml
  node tests/node/run.mjs --package ./node_modules/@ekuaiji/preflight
`;

const OPTIONS = {
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
  const { engine, entry } = await loadEngine(options.package);

  const { files, faults } = readFiles(paths, engine);
  if (faults.length > 0) {
    process.stderr.write(`${faults.join('\n')}\n\nMalformed scenario files, ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}; nothing was run.\n`);
    return 2;
  }
  const all = files.flatMap((file) => file.scenarios);
  const chosen = options.grep === undefined ? all : all.filter(matches(options.grep));
  if (chosen.length === 0) throw new UsageError(`No scenario's title, file or clause contains "${options.grep}".`);

  const coverage = newCoverage(engine);
  const results = chosen.map((scenario) => {
    const result = judge(engine, scenario);
    if (result.trace) count(coverage, scenario.file.question, result.trace);
    print(scenarioText(result, options.verbose));
    return result;
  });

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
  return failed > 0 || strays.length > 0 || (enforced && open.length > 0) ? 1 : 0;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
