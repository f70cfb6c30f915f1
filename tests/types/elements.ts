// Uses of the custom elements that must be accepted, and uses that must not.

import { load } from '@ekuaiji/preflight';
import type { AnswerDetail, ApplyDetail, PreflightPurchase, ProceedDetail, StepDetail } from '@ekuaiji/preflight/elements';

const purchase: PreflightPurchase = document.createElement('preflight-purchase');
purchase.facts = { edition: 'free_lifetime', need: { ledger: 'A', year: 2020 } };
purchase.locale = 'en';
purchase.engine = await load({ terms: { refundWindowDays: 14 } });
purchase.attach(document.querySelector('button'));
const answer: AnswerDetail | undefined = purchase.check();
if (answer && answer.explanation) console.log(answer.explanation.plan.steps.length, answer.codes.includes('WRONG_LEDGER'));
if (purchase.payable && purchase.proceed()) console.log(purchase.why.length, purchase.facts.payment === 'wechat');
purchase.addEventListener('preflight-step', (event) => {
  const { action, changes } = (event as CustomEvent<StepDetail>).detail;
  if (action.name === 'order_ledgers') console.log(action.count.toFixed(), changes['cloud.ordered']);
});
purchase.addEventListener('preflight-proceed', (event) => console.log((event as CustomEvent<ProceedDetail>).detail.facts.need?.ledger, (event as CustomEvent<ProceedDetail>).detail.unchecked.includes('need.year')));

const refund = document.querySelector('preflight-refund');
refund?.addEventListener('preflight-apply', (event) => console.log((event as CustomEvent<ApplyDetail>).detail.number));
if (refund) refund.number = '2611220509';

// @ts-expect-error: no such edition
purchase.facts = { edition: 'free' };
// @ts-expect-error: no such language
purchase.locale = 'fr';
// @ts-expect-error: a number of an order is a text
if (refund) refund.number = 2611220509;
// @ts-expect-error: only one of them has a pay button
refund?.attach(null);
