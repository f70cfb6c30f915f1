// The scenarios that the rules are tested with, as the playground takes them: got when they are asked for, and searched.

/** A scenario, and where it stands: `refund/refund_within_window.json`. */
export interface Scenario {
  title: string;
  clause?: string;
  terms?: object;
  facts: unknown;
  expect: Expected;
}

/** What is expected of an answer; of a refused one, only the error. */
export interface Expected {
  verdict?: string;
  codes?: readonly string[];
  missing?: readonly string[];
  plan?: readonly object[];
  stableUntil?: string | null;
  error?: { code: string; path: string };
}

export interface ScenarioFile { question: string; name: string; scenarios: readonly Scenario[] }

/** One scenario of a file. */
export interface Found { file: ScenarioFile; scenario: Scenario }

export async function loadScenarios(): Promise<Found[]> {
  const { default: files } = await import('preflight-scenarios');
  return ([] as Found[]).concat(...files.map(file => file.scenarios.map(scenario => ({ file, scenario }))));
}

/** Those asked under `question`, or all, that have every word of `text` in their title, file, clause or what is expected. */
export function search(all: readonly Found[], question: string, text: string): Found[] {
  const words = text.toLowerCase().split(/\s+/);
  return all.filter(({ file, scenario: { title, clause, expect } }) => {
    const searched = [file.question, file.name, title, clause, JSON.stringify(expect)].join(' ').toLowerCase();
    return (!question || file.question === question) && words.every(word => searched.includes(word));
  });
}

/** Whether `actual` is as expected: objects may hold more than is expected of them, an action may be expected by its name, and `null` is for what is not there. */
export function agrees(expected: unknown, actual: unknown): boolean {
  if (Array.isArray(expected)) return Array.isArray(actual) && expected.length === actual.length && expected.every((item, place) => agrees(item, actual[place]));
  if (expected === actual || typeof actual !== 'object' || actual === null) return expected === actual;
  const members = actual as { [name: string]: unknown };
  if (typeof expected !== 'object' || expected === null) return members['name'] === expected;
  return Object.entries(expected).every(([name, value]) => agrees(value, members[name] ?? null));
}
