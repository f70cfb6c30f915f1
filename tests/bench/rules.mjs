// The rules of the two questions, once, in words of no engine's; each adapter puts them into its engine's own.
//
// A rule is [code, severity, ...conditions]; a condition is [word, path of a fact, a value or other paths]. They
// stand by severity, highest first, so that an engine that keeps their order need not sort what it answers.

import { ILLEGAL_COPY, IP_TAKEN, MACHINE_LIMIT } from './comparisons.mjs';

const FEATURES = ['bookkeeping', 'tax_filing', 'cloud_backup'];
const LEDGER_OR_VOUCHERS = ['ledger', 'voucher_pack'];

const FREE = ['is', 'edition', 'free_lifetime'];
const CLOUD = ['is', 'edition', 'cloud'];
const PAID = ['is', 'order.status', 'paid'];
const APPLIED = ['is', 'order.status', 'applied'];
const INVOICED = ['isNot', 'order.invoice', 'none'];
const NOT_INVOICED = ['is', 'order.invoice', 'none'];
const ADD_ON = ['in', 'product', [...LEDGER_OR_VOUCHERS, ...FEATURES]];
const BUT_VOUCHERS = ['in', 'product', ['ledger', ...FEATURES]];
const BUT_LEDGER = ['in', 'product', ['voucher_pack', ...FEATURES]];
const CLOUD_LEDGERS = ['is', 'product', 'cloud_ledgers'];
const RENEWING = ['is', 'cloud.purpose', 'renew'];
const ADDING = ['is', 'cloud.purpose', 'add'];
const FOR_ONE_LEDGER = ['in', 'product', LEDGER_OR_VOUCHERS];
const FEATURE = ['in', 'product', FEATURES];
const LEDGERS_DIFFER = ['differentLedgers', 'selected.ledger', 'need.ledger'];
const YEARS_DIFFER = ['otherNumber', 'selected.year', 'need.year'];

export const RULES = {
  purchase: [
    ['ACTIVATION_ACCOUNT_BLANK', 'block', FREE, ADD_ON, ['blank', 'activation.account']],
    ['ACTIVATION_ACCOUNT_NOT_YOURS', 'block', FREE, ADD_ON, ['notBlank', 'activation.account'], ['differentAccounts', 'activation.account', 'member.account']],
    ['ACTIVATION_ILLEGAL_COPY', 'block', FREE, ADD_ON, ['mentions', 'activation.notices', ILLEGAL_COPY]],
    ['ACTIVATION_MACHINE_LIMIT', 'block', FREE, ADD_ON, ['mentions', 'activation.notices', MACHINE_LIMIT]],
    ['ACTIVATION_IP_TAKEN', 'block', FREE, ADD_ON, ['mentions', 'activation.notices', IP_TAKEN]],
    ['WRONG_LEDGER', 'block', FOR_ONE_LEDGER, LEDGERS_DIFFER],
    ['WRONG_YEAR', 'block', FOR_ONE_LEDGER, YEARS_DIFFER],
    ['IN_APP_ONLY', 'block', FREE, ADD_ON, ['is', 'entry', 'website']],
    ['PAYMENT_UNSUPPORTED', 'block', FREE, ADD_ON, ['is', 'payment', 'other']],
    ['RENEWAL_BELOW_USED', 'block', CLOUD_LEDGERS, RENEWING, ['above', 'cloud.used', 'cloud.ordered']],
    ['TOP_UP_BELOW_USED', 'block', CLOUD_LEDGERS, ADDING, ['aboveSum', 'cloud.used', 'cloud.bought', 'cloud.ordered']],
    ['NEW_ACCOUNT_UNSUPPORTED', 'block', ['in', 'product', ['cloud_ledgers', 'full_edition']], ['yes', 'member.replacesOld']],
    ['ACTIVATION_ACCOUNT_UNCLEAR', 'warn', FREE, ADD_ON, ['notBlank', 'activation.account'], ['unclearAccounts', 'activation.account', 'member.account']],
    ['ACTIVATION_NOTICE_UNKNOWN', 'warn', FREE, ADD_ON, ['mentionsOther', 'activation.notices']],
    ['FEATURE_LEDGER_DIFFERS', 'warn', FEATURE, LEDGERS_DIFFER],
    ['FEATURE_YEAR_DIFFERS', 'warn', FEATURE, YEARS_DIFFER],
    ['LEDGER_NAMES_ALIKE', 'warn', ADD_ON, ['alikeLedgers', 'selected.ledger', 'need.ledger']],
    ['TOP_UP_UNSTATED', 'warn', CLOUD_LEDGERS, ADDING],
    ['NEW_ACCOUNT_UNSTATED', 'warn', ADD_ON, ['yes', 'member.replacesOld'], ['notSameAccounts', 'activation.account', 'member.account']],
    ['ALREADY_OPENED', 'warn', BUT_VOUCHERS, ['holds', 'opened', 'product']],
    ['GOAL_NEEDS_VOUCHERS', 'warn', BUT_VOUCHERS, ['is', 'goal', 'add_vouchers']],
    ['GOAL_NEEDS_LEDGER', 'warn', BUT_LEDGER, ['is', 'goal', 'close_books'], ['lacks', 'opened', 'ledger']],
    ['PRODUCT_NOT_FOR_EDITION', 'warn', ADD_ON, ['isNot', 'edition', 'free_lifetime']],
  ],
  refund: [
    ['ORDER_NOT_PAID', 'block', ['is', 'order.status', 'unpaid']],
    ['ORDER_ALREADY_REFUNDED', 'block', ['is', 'order.status', 'refunded']],
    ['REFUND_OVERDUE', 'refer', APPLIED, CLOUD, ['overdue', 'now', 'order.appliedAt']],
    ['REFUND_WINDOW_PASSED', 'refer', PAID, CLOUD, NOT_INVOICED, ['afterWindow', 'now', 'order.paidAt']],
    ['REFUND_INVOICED', 'refer', PAID, FREE, INVOICED],
    ['REFUND_RED_LETTER_FIRST', 'refer', PAID, CLOUD, INVOICED],
    ['REFUND_TERMS_UNSTATED', 'refer', PAID, ['is', 'edition', 'paid']],
    ['REFUND_REASON_UNSTATED', 'warn', PAID, FREE, ['is', 'order.reason', 'change_of_mind']],
    ['PURCHASE_PHONE_NEEDED', 'warn', PAID, FREE, INVOICED, ['blank', 'order.phone']],
    ['DELETE_LEDGERS_INSTEAD', 'warn', PAID, CLOUD, ['in', 'order.reason', ['wrong_quantity', 'unusable']], ['above', 'cloud.used', 'cloud.bought']],
    ['REFUND_UNDER_REVIEW', 'allow', APPLIED],
    ['REFUND_SELF_SERVICE', 'allow', PAID, FREE, NOT_INVOICED],
    ['REFUND_WITHIN_WINDOW', 'allow', PAID, CLOUD, NOT_INVOICED, ['withinWindow', 'now', 'order.paidAt']],
  ],
};

const ALL = Object.values(RULES).flat();
const SEVERITY = Object.fromEntries(ALL.map(([code, severity]) => [code, severity]));
const PLACE = Object.fromEntries(ALL.map(([code], place) => [code, place]));

/** Puts codes that came in any order into ours. */
export const inOrder = (codes) => codes.sort((a, b) => PLACE[a] - PLACE[b]);

/** The answer that codes in our order come to. */
export const answer = (codes) => ({ verdict: codes.length === 0 ? 'allow' : SEVERITY[codes[0]], codes });

/** Each rule of the question as [code, its conditions], these put into an engine's words by `words`. */
export const inWords = (question, words) => RULES[question].map(([code, , ...conditions]) =>
  [code, conditions.map(([word, ...operands]) => words[word](...operands))]);

/** The paths of the facts that the question's rules read. */
export const pathsOf = (question) => [...new Set(RULES[question].flatMap(([, , ...conditions]) =>
  conditions.flatMap(([word, ...operands]) => operands.slice(0, FACTS_READ[word] ?? 1))))];
/** How many of a condition's operands are paths, where it is not only the first. */
const FACTS_READ = {
  above: 2, aboveSum: 3, holds: 2, otherNumber: 2, differentLedgers: 2, alikeLedgers: 2, differentAccounts: 2, unclearAccounts: 2,
  notSameAccounts: 2, withinWindow: 2, afterWindow: 2, overdue: 2,
};

/** How the fact at a path is read. */
export function reading(path) {
  const [group, field] = path.split('.');
  return field === undefined ? (facts) => facts[group] : (facts) => facts[group][field];
}

/** How the facts at some paths are taken out into one flat object, each under its path. */
export function picking(paths) {
  const read = paths.map((path) => [path, reading(path)]);
  return (facts) => {
    const flat = {};
    for (const [path, of] of read) flat[path] = of(facts);
    return flat;
  };
}
