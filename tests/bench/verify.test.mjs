// Whether every engine of the benchmark answers as ours does, and the facts leave no rule of the two questions out.

import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { deepEqual } from 'node:assert/strict';
import { COUNT, QUESTIONS } from './facts.mjs';
import { RULES } from './rules.mjs';
import { expectations, verify } from './verify.mjs';

test('every rule of both questions fires on some of the facts', async () => {
  const fired = new Set((await expectations(COUNT)).flatMap(({ expected }) => expected.codes));
  deepEqual([...fired].sort(), QUESTIONS.flatMap((question) => RULES[question].map(([code]) => code)).sort());
});

const expected = await expectations(500);
for (const file of readdirSync(new URL('adapters', import.meta.url))) {
  const { name, load } = await import(`./adapters/${file}`);
  test(`${name} answers as we do`, async () => {
    const engine = await load();
    await verify(name, (question, facts) => engine[question](facts), expected);
  });
}
