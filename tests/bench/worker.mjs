// One engine in a process of its own, so that none gets in another's way; times what bench.mjs asks it to.

import { QUESTIONS, factsOf } from './facts.mjs';

const { load } = await import(`./adapters/${process.argv[2]}.mjs`);
const engine = await load();
const facts = Object.fromEntries(QUESTIONS.map((question) => [question, factsOf(question)]));
const waits = engine.purchase(facts.purchase[0]) instanceof Promise;

// A loop for each question, so that each has one callee, as in a page.
const loops = waits
  ? {
    async purchase(list) {
      let codes = 0;
      for (let i = 0; i < list.length; i++) codes += (await engine.purchase(list[i])).codes.length;
      return codes;
    },
    async refund(list) {
      let codes = 0;
      for (let i = 0; i < list.length; i++) codes += (await engine.refund(list[i])).codes.length;
      return codes;
    },
  }
  : {
    purchase(list) {
      let codes = 0;
      for (let i = 0; i < list.length; i++) codes += engine.purchase(list[i]).codes.length;
      return codes;
    },
    refund(list) {
      let codes = 0;
      for (let i = 0; i < list.length; i++) codes += engine.refund(list[i]).codes.length;
      return codes;
    },
  };

/** Engines that take many at once have taken them in by then. */
const batches = {};
function batchOf(question, list) {
  const key = `${question} ${list.length}`;
  return (batches[key] ??= engine.batch(question, list));
}

// Nanoseconds per decision, over the first `count` facts again and again.
process.on('message', async ({ question, count, passes }) => {
  const list = facts[question].slice(0, count);
  const decide = engine.batch ? batchOf(question, list) : () => loops[question](list);
  let codes = 0;
  const start = process.hrtime.bigint();
  for (let pass = 0; pass < passes; pass++) codes += waits ? await decide() : decide();
  const nanoseconds = Number(process.hrtime.bigint() - start);
  if (Number.isNaN(codes)) throw new Error('an answer has no codes');
  process.send(nanoseconds / (passes * count));
});
process.send('ready');
