// Compares answers of `preflight audit` with `explain` of the package in Node.
// Started as `sample.mjs FILE TERMS`: lines of JSON with `id`, `facts` and `answer`, and the terms of the answers.
import assert from 'node:assert/strict';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { FactsError, load } from '../../../pkg/node.js';

const [file, terms] = process.argv.slice(2);
const engine = await load({ terms: JSON.parse(readFileSync(terms, 'utf8')) });

function answer(facts) {
  try {
    const { verdict, reasons, missing } = engine.explain('refund', facts);
    return { verdict, codes: reasons.map((reason) => reason.code), missing: missing.map((missing) => missing.fact) };
  } catch (error) {
    if (!(error instanceof FactsError)) throw error;
    return { verdict: 'invalid', codes: [], missing: [] };
  }
}

let orders = 0;
for await (const line of createInterface({ input: createReadStream(file) })) {
  const { id, facts, answer: audited } = JSON.parse(line);
  assert.deepEqual(audited, answer(facts), `order ${id}`);
  orders += 1;
}
assert.ok(orders > 0, 'there are orders to compare');
console.log(`${orders.toLocaleString('en')} of them are answered as by explain in Node.`);
