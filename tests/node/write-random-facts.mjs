// Writes a JSON array of `{ question, facts }` with so many sets of random facts of each question, for the native engine
// to explain: node tests/node/write-random-facts.mjs FILE COUNT

import { writeFileSync } from 'node:fs';

import { randomFacts } from './random-facts.mjs';

const QUESTIONS = ['activation', 'purchase', 'entitlement', 'refund', 'page'];
const [file, count] = process.argv.slice(2);
const all = QUESTIONS.flatMap((question, i) => [...randomFacts(question, 501 + i, Number(count))].map((facts) => ({ question, facts })));
writeFileSync(file, JSON.stringify(all));
