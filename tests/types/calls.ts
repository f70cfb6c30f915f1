// Calls that must be accepted, and calls that must not: an error that does not come is an error too.

import { facts as table, terms as published } from '@ekuaiji/preflight/catalogue';
import { FactsError, load, type Answer, type Code, type ColumnAnswers, type Columns, type Engine, type Facts } from '@ekuaiji/preflight';

declare const console: { log(...told: unknown[]): void }; // where neither the DOM nor Node gives one

const engine: Engine = await load();
await load({ terms: { voucherQuota: { assured: 100 }, calendar: { '2027': { off: ['01-01'], work: [] } } } });

const facts: Facts = {
  now: '2021-03-01T09:30:00+08:00',
  edition: 'free_lifetime',
  product: 'voucher_pack',
  need: { ledger: 'A', year: 2020 },
  selected: { ledger: null, year: undefined },
  opened: ['ledger'],
  activation: { account: '', notices: [] },
  order: { paidAt: 1614562200000 },
  page: null,
};
const answer: Answer = engine.check('purchase', facts);
const code: Code | undefined = answer.codes[0];
if (code === 'WRONG_LEDGER') console.log(answer.missing.includes('need.year'));

const explanation = engine.explain('refund', facts, { locale: 'en' });
for (const { action } of explanation.plan.steps) {
  if (action.name === 'delete_ledgers') console.log(action.count.toFixed());
  if (action.name === 'select_ledger_year') console.log(action.ledger, action.year);
}
try {
  engine.trace('page', {});
} catch (error) {
  if (error instanceof FactsError) console.log(error.code === 'unknown_field', error.path, error.hint);
}

const columns: Columns = {
  product: { dictionary: ['ledger', null], indices: Uint8Array.of(0, 1) },
  'need.year': { values: Uint16Array.of(2020, 0), validity: Uint8Array.of(1) },
  'member.account': null,
};
const answers: ColumnAnswers = engine.checkColumns('purchase', columns);
if (answers.names.verdicts[answers.verdicts[0]!] === 'block') engine.explain('purchase', answers.facts(0));
console.log(answers.answer(1).codes, answers.names.codes.filter((_, bit) => (answers.fired[1]! >>> bit) & 1));

// @ts-expect-error: no such fact
engine.checkColumns('purchase', { 'need.legder': null });
// @ts-expect-error: a list is no column
engine.checkColumns('purchase', { 'need.year': [2020] });
// @ts-expect-error: no such question
engine.check('refunds', facts);
// @ts-expect-error: no such field
engine.check('purchase', { need: { legder: 'A' } });
// @ts-expect-error: a year is a number
engine.check('purchase', { need: { year: '2020' } });
// @ts-expect-error: no such edition
engine.check('purchase', { edition: 'free' });
// @ts-expect-error: not an add-on
engine.check('purchase', { opened: ['cloud_ledgers'] });
// @ts-expect-error: no such locale
engine.explain('purchase', facts, { locale: 'fr' });
// @ts-expect-error: no such code
const wrong: Code = 'WRONG_LEGDER';
// @ts-expect-error: an answer has no reasons
console.log(answer.reasons, wrong);
// @ts-expect-error: the catalogue is frozen
table[0]!.ask.en = 'What?';
// @ts-expect-error: so are the terms in force
engine.terms.voucherQuota.claimed = 120;
await load({ terms: published });
// @ts-expect-error: terms have no such number
await load({ terms: { refundDays: 7 } });
