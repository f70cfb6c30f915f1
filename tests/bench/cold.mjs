// A fresh process: how long from importing an engine to its first answer, and how much memory it then holds.
// `node cold.mjs <adapter>`; without one, what a process holds that imports none.

import { factsOf } from './facts.mjs';

const adapter = process.argv[2];
const [purchase] = factsOf('purchase', 1);
const [refund] = factsOf('refund', 1);

const start = performance.now();
let milliseconds = 0;
if (adapter) {
  const engine = await (await import(`./adapters/${adapter}.mjs`)).load();
  await engine.purchase(purchase);
  milliseconds = performance.now() - start;
  await engine.refund(refund);
}
process.stdout.write(JSON.stringify({ milliseconds, memory: process.memoryUsage.rss() }));
