// The floor: both questions as a developer would write them by hand, for complete facts and with no engine.

import { ILLEGAL_COPY, IP_TAKEN, MACHINE_LIMIT, PHRASES, compareAccounts, compareLedgers, folded, isBlank, overdue, withinWindow } from '../comparisons.mjs';

export const name = 'hand-written JavaScript';
export const load = () => ({ purchase, refund });
export const download = {};

function purchase({ edition, product, entry, payment, goal, need, selected, opened, member, activation, cloud }) {
  const codes = [];
  const free = edition === 'free_lifetime';
  const feature = product === 'bookkeeping' || product === 'tax_filing' || product === 'cloud_backup';
  const forOneLedger = product === 'ledger' || product === 'voucher_pack';
  const addOn = feature || forOneLedger;
  const account = addOn && (isBlank(activation.account) ? 'blank' : compareAccounts(activation.account, member.account));
  let otherNotice = false;

  if (free && addOn) {
    if (account === 'blank') codes.push('ACTIVATION_ACCOUNT_BLANK');
    if (account === 'different') codes.push('ACTIVATION_ACCOUNT_NOT_YOURS');
    if (activation.notices.length > 0) {
      const notices = activation.notices.map(folded);
      if (notices.some((notice) => notice.includes(ILLEGAL_COPY))) codes.push('ACTIVATION_ILLEGAL_COPY');
      if (notices.some((notice) => notice.includes(MACHINE_LIMIT))) codes.push('ACTIVATION_MACHINE_LIMIT');
      if (notices.some((notice) => notice.includes(IP_TAKEN))) codes.push('ACTIVATION_IP_TAKEN');
      otherNotice = notices.some((notice) => notice !== '' && !PHRASES.some((phrase) => notice.includes(phrase)));
    }
  }
  const ledgers = addOn && compareLedgers(selected.ledger, need.ledger);
  const otherYear = selected.year !== need.year;
  if (forOneLedger) {
    if (ledgers === 'different') codes.push('WRONG_LEDGER');
    if (otherYear) codes.push('WRONG_YEAR');
  }
  if (free && addOn) {
    if (entry === 'website') codes.push('IN_APP_ONLY');
    if (payment === 'other') codes.push('PAYMENT_UNSUPPORTED');
  }
  const toppingUp = product === 'cloud_ledgers' && cloud.purpose === 'add';
  if (product === 'cloud_ledgers' && cloud.purpose === 'renew' && cloud.used > cloud.ordered) codes.push('RENEWAL_BELOW_USED');
  if (toppingUp && cloud.used > cloud.bought + cloud.ordered) codes.push('TOP_UP_BELOW_USED');
  if (member.replacesOld && (product === 'cloud_ledgers' || product === 'full_edition')) codes.push('NEW_ACCOUNT_UNSUPPORTED');
  const blocked = codes.length > 0;

  if (free && account === 'unclear') codes.push('ACTIVATION_ACCOUNT_UNCLEAR');
  if (otherNotice) codes.push('ACTIVATION_NOTICE_UNKNOWN');
  if (feature) {
    if (ledgers === 'different') codes.push('FEATURE_LEDGER_DIFFERS');
    if (otherYear) codes.push('FEATURE_YEAR_DIFFERS');
  }
  if (ledgers === 'alike') codes.push('LEDGER_NAMES_ALIKE');
  if (toppingUp) codes.push('TOP_UP_UNSTATED');
  if (addOn) {
    if (member.replacesOld && account !== 'same') codes.push('NEW_ACCOUNT_UNSTATED');
    if (product !== 'voucher_pack') {
      if (opened.includes(product)) codes.push('ALREADY_OPENED');
      if (goal === 'add_vouchers') codes.push('GOAL_NEEDS_VOUCHERS');
    }
    if (product !== 'ledger' && goal === 'close_books' && !opened.includes('ledger')) codes.push('GOAL_NEEDS_LEDGER');
    if (!free) codes.push('PRODUCT_NOT_FOR_EDITION');
  }
  return { verdict: blocked ? 'block' : codes.length > 0 ? 'warn' : 'allow', codes };
}

function refund({ now, edition, cloud, order }) {
  if (order.status === 'unpaid') return { verdict: 'block', codes: ['ORDER_NOT_PAID'] };
  if (order.status === 'refunded') return { verdict: 'block', codes: ['ORDER_ALREADY_REFUNDED'] };
  if (order.status === 'applied') {
    return edition === 'cloud' && overdue(now, order.appliedAt)
      ? { verdict: 'refer', codes: ['REFUND_OVERDUE', 'REFUND_UNDER_REVIEW'] }
      : { verdict: 'allow', codes: ['REFUND_UNDER_REVIEW'] };
  }
  if (edition === 'paid') return { verdict: 'refer', codes: ['REFUND_TERMS_UNSTATED'] };

  const invoiced = order.invoice !== 'none';
  const warnings = [];
  if (edition === 'free_lifetime') {
    if (order.reason === 'change_of_mind') warnings.push('REFUND_REASON_UNSTATED');
    if (invoiced && isBlank(order.phone)) warnings.push('PURCHASE_PHONE_NEEDED');
    return invoiced ? referred('REFUND_INVOICED', warnings) : allowed('REFUND_SELF_SERVICE', warnings);
  }
  if ((order.reason === 'wrong_quantity' || order.reason === 'unusable') && cloud.used > cloud.bought) warnings.push('DELETE_LEDGERS_INSTEAD');
  if (invoiced) return referred('REFUND_RED_LETTER_FIRST', warnings);
  return withinWindow(now, order.paidAt)
    ? allowed('REFUND_WITHIN_WINDOW', warnings)
    : referred('REFUND_WINDOW_PASSED', warnings);
}

const referred = (code, warnings) => ({ verdict: 'refer', codes: [code, ...warnings] });
const allowed = (code, warnings) => ({ verdict: warnings.length > 0 ? 'warn' : 'allow', codes: [...warnings, code] });
