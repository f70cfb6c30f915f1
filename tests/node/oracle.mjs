// The oracle, an independent reading of the contract: the rules table transcribed row by row, for valid facts only.
// It shares no code with the engine; differential.test.mjs holds the two against each other.

import { readFileSync } from 'node:fs';

export const TERMS = {
  voucherQuota: { assured: 50, claimed: 100 },
  refundWindowDays: 7,
  refundReviewWorkdays: 3,
  calendar: JSON.parse(readFileSync(new URL('cn-workday-exceptions-2020-2026.json', import.meta.url), 'utf8')),
};

// The facts table, row by row and left to right: the order of `missing`.
export const PATHS = [
  'now', 'edition', 'product', 'entry', 'payment', 'goal',
  'need.ledger', 'need.year', 'selected.ledger', 'selected.year', 'opened',
  'member.account', 'member.replacesOld', 'activation.account', 'activation.notices',
  'vouchers.saved', 'vouchers.bought', 'cloud.used', 'cloud.bought', 'cloud.ordered', 'cloud.purpose', 'action',
  'order.status', 'order.certified', 'order.paidAt', 'order.appliedAt', 'order.invoice', 'order.phone', 'order.reason',
  'page.restarted', 'page.browserChanged', 'page.system',
];

const SEVERITIES = ['allow', 'warn', 'refer', 'block'];
const DEFAULTS = { activation: 'allow', purchase: 'allow', entitlement: 'allow', refund: null, page: null };

// --- Comparing texts ---

const withoutSpace = (text) => text.replace(/[\p{White_Space}\uFEFF]/gu, '');
const halfWidth = (text) => text.replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
const lowerCase = (text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const folded = (text) => lowerCase(withoutSpace(halfWidth(text)));
const isBlank = (text) => withoutSpace(text) === '';

const withoutSuffix = (ledger) => ledger.replace(/(?<=.)账套$/su, '');
function compareLedgers(a, b) {
  const [one, other] = [folded(a), folded(b)];
  if (one === other) return 'same';
  return withoutSuffix(one) === withoutSuffix(other) ? 'alike' : 'different';
}

const normalizedAccount = (text) =>
  folded(text).replaceAll('-', '').replace(/^(?:\+86|0086)(?=(?:[0-9*]{11}|[0-9*]*\*[0-9*]*)$)/, '');
function compareAccounts(a, b) {
  const [one, other] = [normalizedAccount(a), normalizedAccount(b)];
  if (one === other) return 'same';
  if (one.includes('@') !== other.includes('@')) return 'unclear';
  return maskFits(one, other) ? 'unclear' : 'different';
}
function maskFits(one, other) {
  if (!one.includes('*') && !other.includes('*')) return false;
  const beginning = (masked) => masked.slice(0, masked.indexOf('*'));
  const end = (masked) => masked.slice(masked.lastIndexOf('*') + 1);
  if (one.includes('*') && other.includes('*')) {
    const [beginnings, ends] = [[beginning(one), beginning(other)], [end(one), end(other)]];
    return (beginnings[0].startsWith(beginnings[1]) || beginnings[1].startsWith(beginnings[0]))
      && (ends[0].endsWith(ends[1]) || ends[1].endsWith(ends[0]));
  }
  const [masked, whole] = one.includes('*') ? [one, other] : [other, one];
  const length = (text) => [...text].length;
  return whole.startsWith(beginning(masked)) && whole.endsWith(end(masked))
    && length(whole) >= length(beginning(masked)) + length(end(masked));
}

const ILLEGAL_COPY = '非法复制品';
const MACHINE_LIMIT = '认证超台数';
const IP_TAKEN = '当前ip地址已使用了其他账号';
const tells = (notice, phrase) => folded(notice).includes(phrase);

// --- Days ---

const DAY = 86_400_000;
const instant = (time) =>
  typeof time === 'number' ? time : Date.parse(time.toUpperCase().replace(/(\.\d{3})\d+/, '$1'));
/** The civil day at UTC+08:00, in days since 1970-01-01. */
const civilDay = (time) => Math.floor((instant(time) + 8 * 3_600_000) / DAY);

/** Whether a civil day is a working day; null where the calendar lacks its year. */
function isWorkingDay(day, calendar) {
  const date = new Date(day * DAY);
  const exceptions = calendar[date.getUTCFullYear()];
  if (exceptions === undefined) return null;
  const monthAndDay = date.toISOString().slice(5, 10);
  const isWeekend = [0, 6].includes(date.getUTCDay());
  return isWeekend ? exceptions.work.includes(monthAndDay) : !exceptions.off.includes(monthAndDay);
}

/** The civil day when the review is due; null where a day counted lies in a year that the calendar lacks. */
function reviewDue(appliedAt, { refundReviewWorkdays, calendar }) {
  let day = civilDay(appliedAt);
  for (let counted = 0; counted < refundReviewWorkdays;) {
    day += 1;
    const isWorked = isWorkingDay(day, calendar);
    if (isWorked === null) return null;
    if (isWorked) counted += 1;
  }
  return day;
}

// --- Conditions: (read, terms) → { value: true | false | null, lacks: [paths] } ---

/** A condition on the facts at `paths`; it lacks each of them that is missing. */
const on = (paths, holds) => (read, terms) => {
  const lacks = paths.filter((path) => read(path) === null);
  return lacks.length > 0 ? { value: null, lacks } : { value: holds(...paths.map(read), terms), lacks };
};
const combined = (deciding) => (...parts) => (read, terms) => {
  const results = parts.map((part) => part(read, terms));
  if (results.some(({ value }) => value === deciding)) return { value: deciding, lacks: [] };
  const unknown = results.filter(({ value }) => value === null);
  if (unknown.length > 0) return { value: null, lacks: unknown.flatMap(({ lacks }) => lacks) };
  return { value: !deciding, lacks: [] };
};
const and = combined(false);
const or = combined(true);
const not = (part) => (read, terms) => {
  const { value, lacks } = part(read, terms);
  return { value: value === null ? null : !value, lacks };
};

const is = (path, wanted) => on([path], (value) => value === wanted);
const isNot = (path, unwanted) => on([path], (value) => value !== unwanted);
const oneOf = (path, values) => on([path], (value) => values.includes(value));
const yes = (path) => is(path, true);
const no = (path) => is(path, false);
const blank = (path) => on([path], isBlank);
const notBlank = (path) => on([path], (text) => !isBlank(text));
const aNoticeTells = (phrase) => on(['activation.notices'], (notices) => notices.some((notice) => tells(notice, phrase)));

const ADD_ON = ['ledger', 'voucher_pack', 'bookkeeping', 'tax_filing', 'cloud_backup'];
const FEATURE = ['bookkeeping', 'tax_filing', 'cloud_backup'];
const addOnBut = (product) => ADD_ON.filter((other) => other !== product);

const PLACED = oneOf('product', ['ledger', 'voucher_pack']);
const FREE = is('edition', 'free_lifetime');
const CLOUD = is('edition', 'cloud');
const PAID = is('order.status', 'paid');

const ledgersAre = (relation) => on(['need.ledger', 'selected.ledger'], (need, selected) => compareLedgers(need, selected) === relation);
const yearsDiffer = on(['need.year', 'selected.year'], (need, selected) => need !== selected);
const accountsAre = (relation) => on(['member.account', 'activation.account'], (member, shown) => compareAccounts(member, shown) === relation);
const accountsNotTheSame = on(['member.account', 'activation.account'], (member, shown) =>
  isBlank(shown) || compareAccounts(member, shown) !== 'same');
const productOpened = on(['product', 'opened'], (product, opened) => opened.includes(product));
const productNotOpened = on(['product', 'opened'], (product, opened) => !opened.includes(product));
const ledgerNotOpened = on(['opened'], (opened) => !opened.includes('ledger'));
const quotaReached = on(['vouchers.saved', 'vouchers.bought'], (saved, bought, { voucherQuota }) => saved + 1 > voucherQuota.claimed + bought);
const inWindow = (now, paidAt, terms) => civilDay(now) - civilDay(paidAt) <= terms.refundWindowDays;
const withinWindow = on(['now', 'order.paidAt'], inWindow);
const notWithinWindow = on(['now', 'order.paidAt'], (now, paidAt, terms) => !inWindow(now, paidAt, terms));
const reviewOverdue = on(['now', 'order.appliedAt'], (now, appliedAt, terms) => {
  const due = reviewDue(appliedAt, terms);
  return due !== null && civilDay(now) > due;
});

/** COVERED; a rule can ask more where what is lacking is room for a voucher. */
const covered = (...ofVouchers) => or(
  and(is('action', 'close_books'), is('product', 'ledger'), ledgerNotOpened),
  and(is('action', 'use_feature'), oneOf('product', FEATURE), productNotOpened),
  and(is('action', 'save_voucher'), is('product', 'voucher_pack'), quotaReached, ...ofVouchers),
);
const ELSEWHERE = and(PLACED, or(ledgersAre('different'), yearsDiffer));

// --- Rules ---

// Per question that asks a rule, the conditions it adds.
const ACTIVATION = { activation: [], purchase: [oneOf('product', ADD_ON)], entitlement: [] };
const PURCHASE = { purchase: [] };
const ENTITLEMENT = { entitlement: [] };
const REFUND = { refund: [] };
const PAGE = { page: [] };

const RULES = [
  /*  1 */ ['ACTIVATION_ACCOUNT_BLANK', 'block', ACTIVATION, FREE, blank('activation.account')],
  /*  2 */ ['ACTIVATION_ACCOUNT_NOT_YOURS', 'block', ACTIVATION, FREE, notBlank('activation.account'), accountsAre('different')],
  /*  3 */ ['ACTIVATION_ACCOUNT_UNCLEAR', 'warn', ACTIVATION, FREE, notBlank('activation.account'), accountsAre('unclear')],
  /*  4 */ ['ACTIVATION_ILLEGAL_COPY', 'block', ACTIVATION, FREE, aNoticeTells(ILLEGAL_COPY)],
  /*  5 */ ['ACTIVATION_MACHINE_LIMIT', 'block', ACTIVATION, FREE, aNoticeTells(MACHINE_LIMIT)],
  /*  6 */ ['ACTIVATION_IP_TAKEN', 'block', ACTIVATION, FREE, aNoticeTells(IP_TAKEN)],
  /*  7 */ ['ACTIVATION_NOTICE_UNKNOWN', 'warn', ACTIVATION, FREE,
    on(['activation.notices'], (notices) => notices.some((notice) => !isBlank(notice)
      && ![ILLEGAL_COPY, MACHINE_LIMIT, IP_TAKEN].some((phrase) => tells(notice, phrase))))],
  /*  8 */ ['WRONG_LEDGER', 'block', PURCHASE, PLACED, ledgersAre('different')],
  /*  9 */ ['WRONG_YEAR', 'block', PURCHASE, PLACED, yearsDiffer],
  /* 10 */ ['FEATURE_LEDGER_DIFFERS', 'warn', PURCHASE, oneOf('product', FEATURE), ledgersAre('different')],
  /* 11 */ ['FEATURE_YEAR_DIFFERS', 'warn', PURCHASE, oneOf('product', FEATURE), yearsDiffer],
  /* 12 */ ['LEDGER_NAMES_ALIKE', 'warn', PURCHASE, oneOf('product', ADD_ON), ledgersAre('alike')],
  /* 13 */ ['IN_APP_ONLY', 'block', PURCHASE, FREE, oneOf('product', ADD_ON), is('entry', 'website')],
  /* 14 */ ['PAYMENT_UNSUPPORTED', 'block', PURCHASE, FREE, oneOf('product', ADD_ON), is('payment', 'other')],
  /* 15 */ ['RENEWAL_BELOW_USED', 'block', PURCHASE, is('product', 'cloud_ledgers'), is('cloud.purpose', 'renew'),
    on(['cloud.used', 'cloud.ordered'], (used, ordered) => used > ordered)],
  /* 16 */ ['TOP_UP_BELOW_USED', 'block', PURCHASE, is('product', 'cloud_ledgers'), is('cloud.purpose', 'add'),
    on(['cloud.used', 'cloud.bought', 'cloud.ordered'], (used, bought, ordered) => used > bought + ordered)],
  /* 17 */ ['TOP_UP_UNSTATED', 'warn', PURCHASE, is('product', 'cloud_ledgers'), is('cloud.purpose', 'add')],
  /* 18 */ ['NEW_ACCOUNT_UNSUPPORTED', 'block', PURCHASE, oneOf('product', ['cloud_ledgers', 'full_edition']), yes('member.replacesOld')],
  /* 19 */ ['NEW_ACCOUNT_UNSTATED', 'warn', PURCHASE, oneOf('product', ADD_ON), yes('member.replacesOld'), accountsNotTheSame],
  /* 20 */ ['ALREADY_OPENED', 'warn', PURCHASE, oneOf('product', addOnBut('voucher_pack')), productOpened],
  /* 21 */ ['GOAL_NEEDS_VOUCHERS', 'warn', PURCHASE, oneOf('product', addOnBut('voucher_pack')), is('goal', 'add_vouchers')],
  /* 22 */ ['GOAL_NEEDS_LEDGER', 'warn', PURCHASE, oneOf('product', addOnBut('ledger')), is('goal', 'close_books'), ledgerNotOpened],
  /* 23 */ ['PRODUCT_NOT_FOR_EDITION', 'warn', PURCHASE, oneOf('product', ADD_ON), isNot('edition', 'free_lifetime')],
  /* 24 */ ['ORDER_ELSEWHERE', 'block', ENTITLEMENT, FREE, PAID, covered(), ELSEWHERE],
  /* 25 */ ['CERTIFICATION_PENDING', 'block', ENTITLEMENT, FREE, PAID, covered(), not(ELSEWHERE), no('order.certified')],
  /* 26 */ ['OPENING_FAILED', 'block', ENTITLEMENT, FREE, PAID, covered(is('vouchers.bought', 0)), not(ELSEWHERE), yes('order.certified')],
  /* 27 */ ['CLOSING_NEEDS_LEDGER', 'block', ENTITLEMENT, FREE, is('action', 'close_books'), ledgerNotOpened],
  /* 28 */ ['FEATURE_NOT_OPENED', 'block', ENTITLEMENT, FREE, is('action', 'use_feature'), oneOf('product', FEATURE), productNotOpened],
  /* 29 */ ['VOUCHER_QUOTA_REACHED', 'block', ENTITLEMENT, FREE, is('action', 'save_voucher'), quotaReached],
  /* 30 */ ['VOUCHER_QUOTA_UNCERTAIN', 'warn', ENTITLEMENT, FREE, is('action', 'save_voucher'),
    on(['vouchers.saved', 'vouchers.bought'], (saved, bought, { voucherQuota }) =>
      voucherQuota.assured + bought < saved + 1 && saved + 1 <= voucherQuota.claimed + bought)],
  /* 31 */ ['CLOUD_OVER_CAPACITY', 'block', ENTITLEMENT, CLOUD, is('action', 'sign_in'),
    on(['cloud.used', 'cloud.bought'], (used, bought) => used > bought)],
  /* 32 */ ['ORDER_NOT_PAID', 'block', REFUND, is('order.status', 'unpaid')],
  /* 33 */ ['ORDER_ALREADY_REFUNDED', 'block', REFUND, is('order.status', 'refunded')],
  /* 34 */ ['REFUND_UNDER_REVIEW', 'allow', REFUND, is('order.status', 'applied')],
  /* 35 */ ['REFUND_OVERDUE', 'refer', REFUND, is('order.status', 'applied'), CLOUD, reviewOverdue],
  /* 36 */ ['REFUND_SELF_SERVICE', 'allow', REFUND, PAID, FREE, is('order.invoice', 'none')],
  /* 37 */ ['REFUND_WITHIN_WINDOW', 'allow', REFUND, PAID, CLOUD, is('order.invoice', 'none'), withinWindow],
  /* 38 */ ['REFUND_WINDOW_PASSED', 'refer', REFUND, PAID, CLOUD, is('order.invoice', 'none'), notWithinWindow],
  /* 39 */ ['REFUND_INVOICED', 'refer', REFUND, PAID, FREE, isNot('order.invoice', 'none')],
  /* 40 */ ['REFUND_RED_LETTER_FIRST', 'refer', REFUND, PAID, CLOUD, isNot('order.invoice', 'none')],
  /* 41 */ ['REFUND_TERMS_UNSTATED', 'refer', REFUND, PAID, is('edition', 'paid')],
  /* 42 */ ['REFUND_REASON_UNSTATED', 'warn', REFUND, PAID, FREE, is('order.reason', 'change_of_mind')],
  /* 43 */ ['PURCHASE_PHONE_NEEDED', 'warn', REFUND, PAID, FREE, isNot('order.invoice', 'none'), blank('order.phone')],
  /* 44 */ ['DELETE_LEDGERS_INSTEAD', 'warn', REFUND, PAID, CLOUD, oneOf('order.reason', ['wrong_quantity', 'unusable']),
    on(['cloud.used', 'cloud.bought'], (used, bought) => used > bought)],
  /* 45 */ ['RESTART_AND_RETRY', 'allow', PAGE, no('page.restarted')],
  /* 46 */ ['SET_DEFAULT_BROWSER', 'allow', PAGE, yes('page.restarted'), no('page.browserChanged'), is('page.system', 'windows')],
  /* 47 */ ['CONTACT_SUPPORT', 'refer', PAGE, yes('page.restarted'), or(yes('page.browserChanged'), is('page.system', 'other'))],
];

// --- check ---

const reader = (facts) => (path) => path.split('.').reduce((at, name) => at?.[name], facts) ?? null;

/** `terms` must be complete; an override in part is merged with TERMS by the caller. */
export function check(question, facts, terms = TERMS) {
  const { verdict, codes, missing } = answer(question, facts, terms);
  return { verdict, codes, missing };
}

/** The missing facts without which the verdict stays unknown. */
export const needed = (question, facts, terms = TERMS) => answer(question, facts, terms).needed;

function answer(question, facts, terms) {
  const read = reader(facts);
  const rank = (severity) => SEVERITIES.indexOf(severity); // none ranks below all

  const fired = [];
  const open = [];
  for (const [code, severity, asked, ...conditions] of RULES) {
    if (!asked[question]) continue;
    const results = [...asked[question], ...conditions].map((condition) => condition(read, terms));
    if (results.some(({ value }) => value === false)) continue; // out
    const lacks = results.flatMap((result) => result.lacks);
    if (results.every(({ value }) => value === true)) fired.push({ code, severity });
    else open.push({ severity, lacks });
  }

  fired.sort((a, b) => rank(b.severity) - rank(a.severity)); // stable: the table's order within a severity
  const decided = fired[0]?.severity ?? DEFAULTS[question];
  const outranked = open.some(({ severity }) => rank(severity) >= rank('refer') && rank(severity) > rank(decided));
  const undecided = decided === null && open.length > 0;
  if (decided === null && !undecided) throw new Error(`no rule of ${question} covers these facts`);

  const verdict = outranked || undecided ? 'unknown' : decided;
  const lackedBy = (rules) => {
    const lacked = new Set(rules.flatMap(({ lacks }) => lacks));
    return PATHS.filter((path) => lacked.has(path));
  };
  // On rules that only warn nothing hangs; those that allow are the only ones that can answer where there is no default.
  const decisive = ({ severity }) =>
    rank(severity) >= rank('refer') ? rank(severity) > rank(decided) : severity === 'allow' && decided === null;
  return {
    verdict,
    codes: fired.map(({ code }) => code),
    missing: lackedBy(open),
    needed: verdict === 'unknown' ? lackedBy(open.filter(decisive)) : [],
  };
}
