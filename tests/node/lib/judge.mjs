// One scenario put to the engine: what was expected and what came, where the two differ.

import { isDeepStrictEqual } from 'node:util';

const list = (names) => (names.length > 0 ? names.join(', ') : 'none');

/** What a call gives, or what it throws. */
function attempt(call) {
  try {
    return { value: call() };
  } catch (error) {
    return { error };
  }
}

const isFactsError = (error) => error?.name === 'FactsError';
const errorText = (error) => {
  if (isFactsError(error)) return `${error.code} at ${error.path}: ${error.message}`;
  return error instanceof Error ? `${error.name}: ${error.message}` : `${error}`;
};
const answerText = ({ verdict, codes }) => `${verdict}, codes ${list(codes)}`;
const outcomeText = ({ value, error }) => (value === undefined ? errorText(error) : answerText(value));

/** `names` less those in `taken`, each taken once. */
function without(names, taken) {
  const left = [...taken];
  return names.filter((name) => {
    const i = left.indexOf(name);
    if (i >= 0) left.splice(i, 1);
    return i < 0;
  });
}

/** A difference is its subject and labelled lines: expected, actual and whatever helps to see it. */
const difference = (subject, expected, actual, more = {}) => ({ subject, lines: { expected, actual, ...more } });

function listDifference(subject, expected, actual) {
  if (isDeepStrictEqual(expected, actual)) return [];
  const extra = without(actual, expected);
  const lacking = without(expected, actual);
  const sharedExpected = without(expected, lacking);
  const sharedActual = without(actual, extra);
  const displaced = sharedExpected.filter((name, i) => name !== sharedActual[i]);
  return [
    difference(subject, list(expected), list(actual), {
      ...(extra.length > 0 && { extra: list(extra) }),
      ...(lacking.length > 0 && { lacking: list(lacking) }),
      ...(displaced.length > 0 && { 'out of order': list(displaced) }),
    }),
  ];
}

function stepText(step) {
  if (typeof step === 'string') return step;
  const { name, ...rest } = step;
  const fields = Object.entries(rest).map(([field, value]) => `${field}: ${JSON.stringify(value)}`);
  return fields.length > 0 ? `${name} {${fields.join(', ')}}` : name;
}

/** A step is as expected when its action has the name and every field that the expectation gives; `null` is for none. */
function stepMatches(expected, { action }) {
  if (typeof expected === 'string') return action.name === expected;
  return Object.entries(expected).every(([field, value]) => isDeepStrictEqual(action[field] ?? null, value));
}

function planDifference(expected, { steps }) {
  const wrong = Array.from({ length: Math.max(expected.length, steps.length) }, (_, i) => i).filter(
    (i) => i >= expected.length || i >= steps.length || !stepMatches(expected[i], steps[i]),
  );
  if (wrong.length === 0) return [];
  const detailed = expected.some((step) => typeof step !== 'string');
  const actual = steps.map(({ action }) => stepText(detailed ? action : action.name));
  return [difference('plan', list(expected.map(stepText)), list(actual), { 'differs at': wrong.map((i) => `step ${i + 1}`).join(', ') })];
}

function answerDifferences(expect, answer, explained) {
  const found = [];
  if (answer.verdict !== expect.verdict) found.push(difference('verdict', expect.verdict, answer.verdict));
  found.push(...listDifference('codes', expect.codes, answer.codes));
  if (expect.missing !== undefined) found.push(...listDifference('missing', expect.missing, answer.missing));
  if (explained.value === undefined) return found;
  if (expect.plan !== undefined) found.push(...planDifference(expect.plan, explained.value.plan));
  if (expect.stableUntil !== undefined && explained.value.stableUntil !== expect.stableUntil) {
    found.push(difference('stableUntil', `${expect.stableUntil}`, `${explained.value.stableUntil}`));
  }
  return found;
}

/** explain and trace must say what check says, or refuse what it refuses. */
function agreementDifferences(checked, explained, traced) {
  const same = (other, agree) => {
    if (checked.value !== undefined && other.value !== undefined) return agree(checked.value, other.value);
    return checked.error?.code === other.error?.code && checked.error?.path === other.error?.path && (checked.value === undefined) === (other.value === undefined);
  };
  const found = [];
  const explainAgrees = same(
    explained,
    (answer, explanation) =>
      explanation.verdict === answer.verdict &&
      isDeepStrictEqual(explanation.codes, answer.codes) &&
      isDeepStrictEqual(explanation.missing.map(({ fact }) => fact), answer.missing),
  );
  if (!explainAgrees) {
    const full = ({ value, error }, missing) => outcomeText({ value, error }) + (value === undefined ? '' : `, missing ${list(missing(value))}`);
    found.push({
      subject: 'explain disagrees with check',
      lines: { check: full(checked, (answer) => answer.missing), explain: full(explained, (explanation) => explanation.missing.map(({ fact }) => fact)) },
    });
  }
  const firedIn = (trace) => trace.rules.filter(({ state }) => state === 'fired').map(({ code }) => code);
  const traceAgrees = same(
    traced,
    (answer, trace) => trace.verdict === answer.verdict && isDeepStrictEqual(firedIn(trace).sort(), [...answer.codes].sort()),
  );
  if (!traceAgrees) {
    const trace = traced.value && { verdict: traced.value.verdict, codes: firedIn(traced.value) };
    found.push({ subject: 'trace disagrees with check', lines: { check: outcomeText(checked), trace: outcomeText({ value: trace, error: traced.error }) } });
  }
  return found;
}

/** In place of an engine: one that gives the error to every question. */
export function refusing(error) {
  const refuse = () => { throw error; };
  return { check: refuse, explain: refuse, trace: refuse };
}

/** The differences (none: passed), what check gave or threw, the trace if there is one, and the time taken. */
export function judge(engine, scenario) {
  const { facts, expect } = scenario;
  const { question } = scenario.file;
  const start = performance.now();
  const checked = attempt(() => engine.check(question, facts));
  const explained = attempt(() => engine.explain(question, facts));
  const traced = attempt(() => engine.trace(question, facts));
  const seconds = (performance.now() - start) / 1000;

  const differences = [];
  if (expect.error !== undefined) {
    const expected = `${expect.error.code} at ${expect.error.path}`;
    const { error } = checked;
    if (!isFactsError(error) || error.code !== expect.error.code || error.path !== expect.error.path) {
      differences.push(difference('error', expected, checked.value === undefined ? errorText(error) : `none; the answer is ${answerText(checked.value)}`));
    }
  } else if (checked.value === undefined) {
    differences.push(difference('error', 'none', errorText(checked.error)));
  } else {
    differences.push(...answerDifferences(expect, checked.value, explained));
  }
  differences.push(...agreementDifferences(checked, explained, traced));
  return { scenario, differences, checked, trace: traced.value, seconds };
}
