// Verifies one engine in a process of its own: `node verify-one.mjs <adapter> <facts of each question>`.
// Exit status: 0 it answers as ours does, 1 it answers differently or fails.

import { expectations, verify } from './verify.mjs';

const [adapter, count] = process.argv.slice(2);
try {
  const { name, load } = await import(`./adapters/${adapter}.mjs`);
  const engine = await load();
  await verify(name, (question, facts) => engine[question](facts), await expectations(Number(count)));
} catch (error) {
  console.error(error);
  process.exit(1);
}
