// Whether engines answer as ours does: the same verdict and codes, and no facts changed.

import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { inspect, promisify } from 'node:util';
import { QUESTIONS, factsOf } from './facts.mjs';
import { engine } from './package.mjs';

/** What our package answers to every one of the facts. */
export async function expectations(count) {
  const preflight = await engine();
  return QUESTIONS.map((question) => factsOf(question, count).map((facts) => {
    const { verdict, codes } = preflight.check(question, facts);
    return { question, facts: frozen(facts), expected: { verdict, codes } };
  })).flat();
}

/** Throws at the first difference. */
export async function verify(name, decide, expectations) {
  for (const { question, facts, expected } of expectations) {
    const { verdict, codes } = await decide(question, facts);
    if (verdict !== expected.verdict || codes.join() !== expected.codes.join()) {
      const show = (value) => inspect(value, { depth: null, breakLength: 120 });
      throw new Error(`${name} disagrees on ${question}.\nit says:  ${show({ verdict, codes })}\nwe say:   ${show(expected)}\nthe facts: ${show(facts)}`);
    }
  }
}

/** Verifies an engine in a process of its own. */
export async function verifyApart(adapter, count) {
  await runApart([fileURLToPath(new URL('verify-one.mjs', import.meta.url)), adapter, String(count)]);
}

/**
 * Runs Node with these arguments, and throws what it writes to standard error if it fails. If it crashes instead, that
 * is by a signal, it is started again, twice at most: native and WebAssembly engines take Node down once in a while.
 */
export async function runApart(args, starts = 3) {
  for (let start = 1; ; start++) {
    try {
      return await promisify(execFile)(process.execPath, args);
    } catch (error) {
      if (!error.signal) throw new Error(error.stderr || error.message);
      if (start === starts) throw new Error(`node ${args.join(' ')} crashed ${starts} times (${error.signal})\n${error.stderr}`);
    }
  }
}

/** Facts that throw when they are changed. */
function frozen(facts) {
  for (const part of Object.values(facts)) if (typeof part === 'object') frozen(part);
  return Object.freeze(facts);
}
