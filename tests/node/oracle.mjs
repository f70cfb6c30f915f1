// The oracle, an independent reading of the contract: the rules table transcribed row by row, for valid facts only.
// It shares no code with the engine; differential.test.mjs holds the two against each other.

export const TERMS = { voucherQuota: { assured: 50, claimed: 100 }, refundWindowDays: 7 };

// The facts table, row by row and left to right: the order of `missing`.
export const PATHS = [
  'now', 'edition', 'product', 'entry', 'payment', 'goal',
  'need.ledger', 'need.year', 'selected.ledger', 'selected.year', 'opened',
  'member.account', 'member.replacesOld', 'activation.account', 'activation.notices',
  'vouchers.saved', 'vouchers.bought', 'cloud.used', 'cloud.bought', 'cloud.ordered', 'action',
  'order.status', 'order.certified', 'order.paidAt', 'order.appliedAt', 'order.invoice', 'order.phone', 'order.reason',
  'page.restarted', 'page.browserChanged', 'page.system',
];

const SEVERITIES = ['allow', 'warn', 'refer', 'block'];
const DEFAULTS = { activation: 'allow', purchase: 'allow', entitlement: 'allow', refund: null, page: null };

// --- Comparison ---

const trim = (text) => text.replace(/^[\p{White_Space}\uFEFF]+|[\p{White_Space}\uFEFF]+$/gu, '');
const withoutSpace = (text) => text.replace(/[\p{White_Space}\uFEFF]/gu, '');
const foldAscii = (text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
const isBlank = (text) => trim(text) === '';
const sameLedger = (a, b) => trim(a) === trim(b);
const sameAccount = (a, b) => foldAscii(trim(a)) === foldAscii(trim(b));
const matches = (notice, phrase) => foldAscii(withoutSpace(notice)).includes(phrase);

const ILLEGAL_COPY = '非法复制品';
const MACHINE_LIMIT = '认证超台数';
const IP_TAKEN = '当前ip地址已使用了其他账号';

const instant = (time) =>
  typeof time === 'number' ? time : Date.parse(time.toUpperCase().replace(/(\.\d{3})\d+/, '$1'));
const civilDay = (time) => Math.floor((instant(time) + 8 * 3_600_000) / 86_400_000);

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

const is = (path, wanted) => on([path], (value) => value === wanted);
const isNot = (path, unwanted) => on([path], (value) => value !== unwanted);
const oneOf = (path, values) => on([path], (value) => values.includes(value));
const yes = (path) => is(path, true);
const no = (path) => is(path, false);
const blank = (path) => on([path], isBlank);
const notBlank = (path) => on([path], (text) => !isBlank(text));
const aNoticeContains = (phrase) => on(['activation.notices'], (notices) => notices.some((n) => matches(n, phrase)));

const ADD_ON = ['ledger', 'voucher_pack', 'bookkeeping', 'tax_filing', 'cloud_backup'];
const FEATURES = ['bookkeeping', 'tax_filing', 'cloud_backup'];
const without = (product) => ADD_ON.filter((other) => other !== product);

const FREE = is('edition', 'free_lifetime');
const CLOUD = is('edition', 'cloud');
const PAID = is('order.status', 'paid');

const ledgersDiffer = on(['need.ledger', 'selected.ledger'], (need, selected) => !sameLedger(need, selected));
const yearsDiffer = on(['need.year', 'selected.year'], (need, selected) => need !== selected);
const productOpened = on(['product', 'opened'], (product, opened) => opened.includes(product));
const productNotOpened = on(['product', 'opened'], (product, opened) => !opened.includes(product));
const ledgerNotOpened = on(['opened'], (opened) => !opened.includes('ledger'));
const inWindow = (now, paidAt, terms) => civilDay(now) - civilDay(paidAt) <= terms.refundWindowDays;
const withinWindow = on(['now', 'order.paidAt'], inWindow);
const notWithinWindow = on(['now', 'order.paidAt'], (now, paidAt, terms) => !inWindow(now, paidAt, terms));

// --- Rules ---

// Per question that asks a rule, the conditions it adds.
const ACTIVATION = { activation: [], purchase: [oneOf('product', ADD_ON)] };
const PURCHASE = { purchase: [] };
const ENTITLEMENT = { entitlement: [] };
const REFUND = { refund: [] };
const PAGE = { page: [] };

const RULES = [
  /*  1 */ ['ACTIVATION_ACCOUNT_BLANK', 'block', ACTIVATION, FREE, blank('activation.account')],
  /*  2 */ ['ACTIVATION_ACCOUNT_NOT_YOURS', 'block', ACTIVATION, FREE, notBlank('activation.account'),
    on(['member.account', 'activation.account'], (member, shown) => !sameAccount(member, shown))],
  /*  3 */ ['ACTIVATION_ILLEGAL_COPY', 'block', ACTIVATION, FREE, aNoticeContains(ILLEGAL_COPY)],
  /*  4 */ ['ACTIVATION_MACHINE_LIMIT', 'block', ACTIVATION, FREE, aNoticeContains(MACHINE_LIMIT)],
  /*  5 */ ['ACTIVATION_IP_TAKEN', 'block', ACTIVATION, FREE, aNoticeContains(IP_TAKEN)],
  /*  6 */ ['ACTIVATION_NOTICE_UNKNOWN', 'warn', ACTIVATION, FREE,
    on(['activation.notices'], (notices) => notices.some((notice) => !isBlank(notice)
      && ![ILLEGAL_COPY, MACHINE_LIMIT, IP_TAKEN].some((phrase) => matches(notice, phrase))))],
  /*  7 */ ['WRONG_LEDGER', 'block', PURCHASE, oneOf('product', ['ledger', 'voucher_pack']), ledgersDiffer],
  /*  8 */ ['WRONG_YEAR', 'block', PURCHASE, oneOf('product', ['ledger', 'voucher_pack']), yearsDiffer],
  /*  9 */ ['FEATURE_LEDGER_DIFFERS', 'warn', PURCHASE, oneOf('product', FEATURES), ledgersDiffer],
  /* 10 */ ['FEATURE_YEAR_DIFFERS', 'warn', PURCHASE, oneOf('product', FEATURES), yearsDiffer],
  /* 11 */ ['IN_APP_ONLY', 'block', PURCHASE, FREE, oneOf('product', ADD_ON), is('entry', 'website')],
  /* 12 */ ['PAYMENT_UNSUPPORTED', 'block', PURCHASE, FREE, oneOf('product', ADD_ON), is('payment', 'other')],
  /* 13 */ ['RENEWAL_BELOW_USED', 'block', PURCHASE, is('product', 'cloud_ledgers'),
    on(['cloud.used', 'cloud.ordered'], (used, ordered) => used > ordered)],
  /* 14 */ ['NEW_ACCOUNT_UNSUPPORTED', 'block', PURCHASE, oneOf('product', ['cloud_ledgers', 'full_edition']), yes('member.replacesOld')],
  /* 15 */ ['NEW_ACCOUNT_UNSTATED', 'warn', PURCHASE, oneOf('product', ADD_ON), yes('member.replacesOld')],
  /* 16 */ ['ALREADY_OPENED', 'warn', PURCHASE, oneOf('product', without('voucher_pack')), productOpened],
  /* 17 */ ['GOAL_NEEDS_VOUCHERS', 'warn', PURCHASE, oneOf('product', without('voucher_pack')), is('goal', 'add_vouchers')],
  /* 18 */ ['GOAL_NEEDS_LEDGER', 'warn', PURCHASE, oneOf('product', without('ledger')), is('goal', 'close_books')],
  /* 19 */ ['PRODUCT_NOT_FOR_EDITION', 'warn', PURCHASE, oneOf('product', ADD_ON), isNot('edition', 'free_lifetime')],
  /* 20 */ ['CLOSING_NEEDS_LEDGER', 'block', ENTITLEMENT, FREE, is('action', 'close_books'), ledgerNotOpened],
  /* 21 */ ['FEATURE_NOT_OPENED', 'block', ENTITLEMENT, FREE, is('action', 'use_feature'), oneOf('product', FEATURES), productNotOpened],
  /* 22 */ ['CERTIFICATION_PENDING', 'block', ENTITLEMENT, FREE,
    or(
      and(is('action', 'close_books'), ledgerNotOpened),
      and(is('action', 'use_feature'), oneOf('product', FEATURES), productNotOpened),
    ),
    PAID, no('order.certified')],
  /* 23 */ ['VOUCHER_QUOTA_REACHED', 'block', ENTITLEMENT, FREE, is('action', 'save_voucher'),
    on(['vouchers.saved', 'vouchers.bought'], (saved, bought, { voucherQuota }) => saved + 1 > voucherQuota.claimed + bought)],
  /* 24 */ ['VOUCHER_QUOTA_UNCERTAIN', 'warn', ENTITLEMENT, FREE, is('action', 'save_voucher'),
    on(['vouchers.saved', 'vouchers.bought'], (saved, bought, { voucherQuota }) =>
      voucherQuota.assured + bought < saved + 1 && saved + 1 <= voucherQuota.claimed + bought)],
  /* 25 */ ['CLOUD_OVER_CAPACITY', 'block', ENTITLEMENT, CLOUD, is('action', 'sign_in'),
    on(['cloud.used', 'cloud.bought'], (used, bought) => used > bought)],
  /* 26 */ ['ORDER_NOT_PAID', 'block', REFUND, is('order.status', 'unpaid')],
  /* 27 */ ['ORDER_ALREADY_REFUNDED', 'block', REFUND, is('order.status', 'refunded')],
  /* 28 */ ['REFUND_SELF_SERVICE', 'allow', REFUND, PAID, FREE, is('order.invoice', 'none')],
  /* 29 */ ['REFUND_WITHIN_WINDOW', 'allow', REFUND, PAID, CLOUD, is('order.invoice', 'none'), withinWindow],
  /* 30 */ ['REFUND_WINDOW_PASSED', 'refer', REFUND, PAID, CLOUD, is('order.invoice', 'none'), notWithinWindow],
  /* 31 */ ['REFUND_INVOICED', 'refer', REFUND, PAID, FREE, isNot('order.invoice', 'none')],
  /* 32 */ ['REFUND_RED_LETTER_FIRST', 'refer', REFUND, PAID, CLOUD, isNot('order.invoice', 'none')],
  /* 33 */ ['REFUND_TERMS_UNSTATED', 'refer', REFUND, PAID, is('edition', 'paid')],
  /* 34 */ ['REFUND_REASON_UNSTATED', 'warn', REFUND, PAID, FREE, is('order.reason', 'change_of_mind')],
  /* 35 */ ['PURCHASE_PHONE_NEEDED', 'warn', REFUND, PAID, FREE, isNot('order.invoice', 'none'), blank('order.phone')],
  /* 36 */ ['DELETE_LEDGERS_INSTEAD', 'warn', REFUND, PAID, CLOUD, is('order.reason', 'wrong_quantity'),
    on(['cloud.used', 'cloud.bought'], (used, bought) => used > bought)],
  /* 37 */ ['RESTART_AND_RETRY', 'allow', PAGE, no('page.restarted')],
  /* 38 */ ['SET_DEFAULT_BROWSER', 'allow', PAGE, yes('page.restarted'), no('page.browserChanged'), is('page.system', 'windows')],
  /* 39 */ ['CONTACT_SUPPORT', 'refer', PAGE, yes('page.restarted'), or(yes('page.browserChanged'), is('page.system', 'other'))],
];

// --- check ---

const reader = (facts) => (path) => path.split('.').reduce((at, name) => at?.[name], facts) ?? null;

export function check(question, facts, terms = TERMS) {
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

  const lacked = new Set(open.flatMap(({ lacks }) => lacks));
  return {
    verdict: outranked || undecided ? 'unknown' : decided,
    codes: fired.map(({ code }) => code),
    missing: PATHS.filter((path) => lacked.has(path)),
  };
}
