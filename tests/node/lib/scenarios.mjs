// Scenario files: found, read, and held to their format, with every fault of every file collected.

import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';

import { JsonError, readJson } from './json.mjs';
import { didYouMean } from './nearest.mjs';
import { UsageError, foundAbove } from './package.mjs';

/** Where scenario files are looked for unless they are named. */
const ALL = 'tests/scenarios';
const VERDICTS = ['allow', 'warn', 'refer', 'block', 'unknown'];
const ERROR_CODES = ['unknown_field', 'wrong_type', 'unknown_value', 'out_of_range', 'blank', 'inconsistent'];
const SCENARIO_FIELDS = ['title', 'clause', 'terms', 'facts', 'expect'];
const VERDICT_FIELDS = ['verdict', 'codes', 'missing', 'plan', 'stableUntil'];

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value) => typeof value === 'string' && value.trim() !== '';
const oneOf = (known) => known.map((name) => `"${name}"`).join(', ');

const jsonFilesIn = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(folder, name))
    .sort();

/** The scenario files meant by the arguments (files or folders), or all of tests/scenarios. */
export function findFiles(given) {
  if (given.length === 0) {
    const folder = foundAbove((above) => [join(above, ALL)].find(existsSync));
    const files = folder ? jsonFilesIn(folder) : [];
    if (files.length === 0) throw new UsageError(`There are no scenario files in ${ALL}, here or in a folder above; name the files or folders to run. (see --help)`);
    return files;
  }
  const files = given.flatMap((name) => {
    const path = resolve(name);
    if (!existsSync(path)) throw new UsageError(`There is no scenario file ${name}.`);
    if (!statSync(path).isDirectory()) return [path];
    const inside = jsonFilesIn(path);
    if (inside.length === 0) throw new UsageError(`There are no scenario files in ${name}.`);
    return inside;
  });
  return [...new Set(files)];
}

/** The terms that a file has. */
export function readTerms(path) {
  try {
    return readJson(readText(path)).value;
  } catch (error) {
    throw new UsageError(`The terms ${path} cannot be read: ${error instanceof JsonError ? `line ${error.place.line}, column ${error.place.column}: ${error.message}` : error.message}.`);
  }
}

const readText = (path) => new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));

/** Reads the files. Returns one entry per file, and the faults of all of them as lines of text. */
export function readFiles(paths, engine) {
  const faults = [];
  const known = {
    clauses: engine.clauses,
    codes: engine.rules.map((rule) => rule.code),
    facts: engine.facts.map((fact) => fact.path),
    questions: [...new Set(engine.rules.flatMap((rule) => rule.questions))],
  };
  const files = paths.map((path) => readFile(path, known, faults));
  return { files, faults };
}

function readFile(path, known, faults) {
  const name = basename(path, '.json');
  const file = { path: relative(process.cwd(), path), question: basename(dirname(path)), name, code: name.toUpperCase(), scenarios: [] };
  const say = (line, text) => faults.push(`${file.path}${line ? `:${line}` : ''}: ${text}`);

  let read;
  try {
    read = readJson(readText(path));
  } catch (error) {
    if (error instanceof JsonError) say(`${error.place.line}:${error.place.column}`, error.message);
    else if (error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') say(undefined, 'not UTF-8 text');
    else say(undefined, `cannot be read: ${error.message}`);
    return file;
  }
  if (!Array.isArray(read.value)) {
    say(1, 'not an array; a scenario file is an array of scenarios');
    return file;
  }
  if (read.value.length === 0) say(1, 'holds no scenario');

  const titles = new Map();
  read.value.forEach((scenario, index) => {
    // A field's path inside the scenario, '' for the scenario itself.
    const fault = (field, text) => {
      const place = `[${index}]${field && `.${field}`}`;
      say(read.lineOf(place), `${place}: ${text}`);
    };
    if (!isObject(scenario)) return fault('', 'not an object; a scenario is { title, clause, facts, expect }, and terms where they are not those compiled in');
    checkScenario(scenario, file, known, fault);
    if (isText(scenario.title)) {
      if (titles.has(scenario.title)) fault('title', `"${scenario.title}" is the title of [${titles.get(scenario.title)}] too`);
      else titles.set(scenario.title, index);
    }
    file.scenarios.push({ ...scenario, file, index, line: read.lineOf(`[${index}]`) });
  });
  return file;
}

function checkFields(object, fields, prefix, fault) {
  for (const name of Object.keys(object)) {
    if (!fields.includes(name)) fault(prefix + name, `unknown field${didYouMean(name, fields) || `; known are ${oneOf(fields)}`}`);
  }
}

function checkScenario(scenario, file, known, fault) {
  const { title, clause, terms, expect } = scenario;
  checkFields(scenario, SCENARIO_FIELDS, '', fault);
  if (title === undefined) fault('title', 'missing; say in a few words what the scenario claims');
  else if (!isText(title)) fault('title', 'not a text, or blank');
  if (clause !== undefined) checkClause(clause, known, fault);
  if (terms !== undefined && !isObject(terms) && !expect?.error) fault('terms', 'not an object, though no error is expected');
  if (!('facts' in scenario)) fault('facts', 'missing; write {} where nothing is known');
  if (expect === undefined) return fault('expect', 'missing');
  if (!isObject(expect)) return fault('expect', 'not an object');

  if ('error' in expect) checkErrorExpected(expect, fault);
  else checkVerdictExpected(scenario, known, fault);

  if (!known.questions.includes(file.question) && expect.error?.path !== 'question') {
    fault('', `the folder "${file.question}" is not a question the engine knows${didYouMean(file.question, known.questions) || `; known are ${oneOf(known.questions)}`}`);
  }
}

/** Clauses are listed as in `S-11, S-13`; a word says how the expectation is supported where no clause states it. */
function checkClause(clause, { clauses }, fault) {
  if (!isText(clause)) return fault('clause', 'not a text, or blank');
  for (const name of clause.split(',').map((part) => part.trim())) {
    if (clauses.includes(name)) continue;
    const words = clauses.filter((known) => !/\d/.test(known));
    const numbers = clauses.filter((known) => /\d/.test(known));
    fault('clause', `there is no clause ${JSON.stringify(name)}; known are "${numbers[0]}" to "${numbers.at(-1)}" and, where none states it, ${oneOf(words)}`);
  }
}

function checkErrorExpected(expect, fault) {
  for (const name of VERDICT_FIELDS) {
    if (name in expect) fault(`expect.${name}`, 'beside an error; refused facts have no answer');
  }
  checkFields(expect, ['error', ...VERDICT_FIELDS], 'expect.', fault);
  const { error } = expect;
  if (!isObject(error)) return fault('expect.error', 'not an object; write { "code", "path" }');
  checkFields(error, ['code', 'path'], 'expect.error.', fault);
  if (error.code === undefined) fault('expect.error.code', 'missing');
  else if (!ERROR_CODES.includes(error.code)) fault('expect.error.code', `${JSON.stringify(error.code)} is not the code of a FactsError (${oneOf(ERROR_CODES)})`);
  if (error.path === undefined) fault('expect.error.path', 'missing');
  else if (!isText(error.path)) fault('expect.error.path', 'not a text, or blank');
}

function checkVerdictExpected({ clause, facts, expect }, known, fault) {
  const { verdict, codes, missing, plan, stableUntil } = expect;
  if (clause === undefined) fault('clause', 'missing; name the clause that the expectation rests on, such as "S-13"');
  if (facts !== undefined && !isObject(facts)) fault('facts', 'not an object, though no error is expected');
  checkFields(expect, ['error', ...VERDICT_FIELDS], 'expect.', fault);
  if (verdict === undefined) fault('expect', 'neither a verdict nor an error');
  else if (!VERDICTS.includes(verdict)) {
    const name = String(verdict);
    fault('expect.verdict', `${JSON.stringify(verdict)} is not a verdict (${oneOf(VERDICTS)})${didYouMean(name, VERDICTS)}`);
  }
  if (codes === undefined) {
    if (verdict !== undefined) fault('expect.codes', 'missing; write [] where no rule fires');
  } else checkNames(codes, 'codes', known.codes, 'the code of a rule', fault);
  if (missing !== undefined) checkNames(missing, 'missing', known.facts, 'the path of a fact', fault);
  if (plan !== undefined) checkPlan(plan, fault);
  if (stableUntil !== undefined && stableUntil !== null && !isText(stableUntil)) fault('expect.stableUntil', 'neither an RFC 3339 text nor null');
}

function checkNames(list, field, known, kind, fault) {
  if (!Array.isArray(list)) return fault(`expect.${field}`, 'not an array');
  list.forEach((name, i) => {
    if (!known.includes(name)) fault(`expect.${field}[${i}]`, `${JSON.stringify(name)} is not ${kind}${didYouMean(String(name), known)}`);
    else if (list.indexOf(name) < i) fault(`expect.${field}[${i}]`, `"${name}" is listed twice`);
  });
}

function checkPlan(plan, fault) {
  if (!Array.isArray(plan)) return fault('expect.plan', 'not an array of steps');
  plan.forEach((step, i) => {
    if (!isText(step) && !(isObject(step) && isText(step.name))) fault(`expect.plan[${i}]`, 'neither the name of an action nor an object with a name');
  });
}
