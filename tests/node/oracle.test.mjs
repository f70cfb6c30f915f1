// The oracle itself, by cases written by hand from the clauses and the contract, each beside neighbors that just miss.

import { test } from 'node:test';
import { deepEqual, equal } from 'node:assert/strict';
import { PATHS, TERMS, check } from './oracle.mjs';

// --- Facts, all known, to which nothing is objected ---

const BUYING = {
  edition: 'free_lifetime', product: 'ledger', entry: 'in_app', payment: 'wechat', goal: 'other',
  need: { ledger: 'A', year: 2020 }, selected: { ledger: 'A', year: 2020 }, opened: [],
  member: { account: '13800000001', replacesOld: false }, activation: { account: '13800000001', notices: [] },
  cloud: { used: 4, bought: 4, ordered: 4, purpose: 'renew' },
};
const CLOUD_BUYING = { ...BUYING, edition: 'cloud', product: 'cloud_ledgers' };
const USING = {
  ...BUYING, action: 'use_feature', product: 'tax_filing', opened: ['ledger', 'tax_filing'], vouchers: { saved: 10, bought: 0 },
  order: { status: 'paid', certified: true },
};
const REFUNDING = {
  now: '2026-09-21T12:00:00+08:00', edition: 'free_lifetime', cloud: { used: 4, bought: 4 },
  order: {
    status: 'paid', paidAt: '2026-09-14T10:00:00+08:00', appliedAt: '2026-09-14T10:00:00+08:00',
    invoice: 'none', phone: '13800000001', reason: 'unusable',
  },
};
const CLOUD_REFUNDING = { ...REFUNDING, edition: 'cloud' };

/** Facts with some changed, each by its path; `undefined` and `null` make one missing. */
function but(facts, changes) {
  const changed = structuredClone(facts);
  for (const [path, value] of Object.entries(changes)) {
    const [name, inner] = path.split('.');
    if (inner === undefined) changed[name] = value;
    else (changed[name] ??= {})[inner] = value;
  }
  return changed;
}

/** Each case: the clause or rule, what it shows, the changed facts, the verdict, the codes, and what is missing. */
function cases(question, facts, table) {
  for (const [authority, title, changes, verdict, codes, missing = []] of table) {
    test(`${question}, ${authority}: ${title}`, () => {
      deepEqual(check(question, but(facts, changes)), { verdict, codes: codes.split(' ').filter(Boolean), missing });
    });
  }
}

const account = (shown, member = '13800000001') => ({ 'activation.account': shown, 'member.account': member });
const notices = (...texts) => ({ 'activation.notices': texts });
const ledgers = (need, selected, product = 'ledger') => ({ 'need.ledger': need, 'selected.ledger': selected, product });

// --- 系统认证 ---

cases('activation', { edition: 'free_lifetime', member: BUYING.member, activation: BUYING.activation }, [
  ['S-03', 'the account shown is the member account', {}, 'allow', ''],
  ['S-04', 'nothing but white space is blank', account(' \u3000\u0085\ufeff'), 'block', 'ACTIVATION_ACCOUNT_BLANK'],
  ['S-04', 'U+200B is not white space', account('\u200b'), 'block', 'ACTIVATION_ACCOUNT_NOT_YOURS'],
  ['S-04', 'another edition has no 激活账户 to look at', { edition: 'cloud', ...account('') }, 'allow', ''],
  ['S-05', 'another phone', account('13800000002'), 'block', 'ACTIVATION_ACCOUNT_NOT_YOURS'],
  ['S-05', 'hyphens, spaces and +86 are no difference', account('+86 138-0000 0001'), 'allow', ''],
  ['S-05', '0086 of full width is no difference', account('００８６１３８００００ － ０００１'), 'allow', ''],
  ['S-05', '+86 before ten digits belongs to the account', account('+861380000001', '1380000001'), 'block', 'ACTIVATION_ACCOUNT_NOT_YOURS'],
  ['S-05', '86 without a plus belongs to the account', account('8613800000001'), 'block', 'ACTIVATION_ACCOUNT_NOT_YOURS'],
  ['S-05', '+86 before what is no number belongs to the account', account('+86abcdefghijk', 'abcdefghijk'), 'block', 'ACTIVATION_ACCOUNT_NOT_YOURS'],
  ['S-05', 'upper case and full width are no difference', account('ＫIM＠EXAMPLE.com', 'kim@example.com'), 'allow', ''],
  ['S-05', 'a letter beyond ASCII keeps its case', account('Ünal@example.com', 'ünal@example.com'), 'block', 'ACTIVATION_ACCOUNT_NOT_YOURS'],
  ['S-05', 'a phone against an e-mail address may be one person', account('kim@example.com'), 'warn', 'ACTIVATION_ACCOUNT_UNCLEAR'],
  ['S-05', 'two e-mail addresses are not', account('kim@example.com', 'kim@example.org'), 'block', 'ACTIVATION_ACCOUNT_NOT_YOURS'],
  ['S-05', 'a masked phone that fits', account('138****0001'), 'warn', 'ACTIVATION_ACCOUNT_UNCLEAR'],
  ['S-05', 'a masked phone that begins otherwise', account('139****0001'), 'block', 'ACTIVATION_ACCOUNT_NOT_YOURS'],
  ['S-05', 'a masked phone that ends otherwise', account('138****0002'), 'block', 'ACTIVATION_ACCOUNT_NOT_YOURS'],
  ['S-05', 'a masked phone behind 0086', account('0086 138****0001'), 'warn', 'ACTIVATION_ACCOUNT_UNCLEAR'],
  ['S-05', 'beginning and end may not overlap', account('1380000*00001'), 'block', 'ACTIVATION_ACCOUNT_NOT_YOURS'],
  ['S-05', 'beginning and end may leave nothing over', account('1380000*0001'), 'warn', 'ACTIVATION_ACCOUNT_UNCLEAR'],
  ['S-05', 'what stands between two masks is not looked at', account('138*9*0001'), 'warn', 'ACTIVATION_ACCOUNT_UNCLEAR'],
  ['S-05', 'a mask counts letters, not UTF-16 units', account('😀*😀', '😀'), 'block', 'ACTIVATION_ACCOUNT_NOT_YOURS'],
  ['S-05', 'a masked e-mail address that fits', account('k**@example.com', 'kim@example.com'), 'warn', 'ACTIVATION_ACCOUNT_UNCLEAR'],
  ['S-05', 'both masked, one beginning and one end within the other', account('13*0001', '138*01'), 'warn', 'ACTIVATION_ACCOUNT_UNCLEAR'],
  ['S-05', 'both masked, beginnings apart', account('139*0001', '138*01'), 'block', 'ACTIVATION_ACCOUNT_NOT_YOURS'],
  ['S-05', 'both masked alike are the same', account('138****0001', '+86 138-****-0001'), 'allow', ''],
  ['S-05', 'without the member account it is not known', account('13800000001', null), 'unknown', '', ['member.account']],
  ['S-04', 'a blank account needs no member account', account('', null), 'block', 'ACTIVATION_ACCOUNT_BLANK'],
  ['S-06', '非法复制品 within a sentence, letters apart', notices('提示： 非法 复制\u3000品！'), 'block', 'ACTIVATION_ILLEGAL_COPY'],
  ['S-06', '非法复制 is not 非法复制品', notices('非法复制'), 'warn', 'ACTIVATION_NOTICE_UNKNOWN'],
  ['S-07', '认证超台数', notices('认证超台数'), 'block', 'ACTIVATION_MACHINE_LIMIT'],
  ['S-08', 'IP in upper case and full width', notices('当前ＩP地址已使用了其他账号'), 'block', 'ACTIVATION_IP_TAKEN'],
  ['S-08', 'a dotless i is another letter', notices('当前\u0131p地址已使用了其他账号'), 'warn', 'ACTIVATION_NOTICE_UNKNOWN'],
  ['S-09', 'an unlisted notice beside a listed one', notices('系统繁忙', '认证超台数'), 'block', 'ACTIVATION_MACHINE_LIMIT ACTIVATION_NOTICE_UNKNOWN'],
  ['S-09', 'a blank notice tells nothing', notices(' \u3000'), 'allow', ''],
  ['S-06', 'without the notices it is not known', { 'activation.notices': undefined }, 'unknown', '', ['activation.notices']],
]);

// --- Before paying ---

cases('purchase', BUYING, [
  ['S-11', 'the ledger and year that need it', {}, 'allow', ''],
  ['S-13', 'voucher pack in ledger B', ledgers('A账套', 'B账套', 'voucher_pack'), 'block', 'WRONG_LEDGER'],
  ['S-14', 'ledger in year 2019', { 'selected.year': 2019 }, 'block', 'WRONG_YEAR'],
  ['S-11', 'ledger names that are the same folded', ledgers('ａ 账套', 'A账\u3000套'), 'allow', ''],
  ['S-11', 'A against A账套', ledgers('Ａ', 'a账 套'), 'warn', 'LEDGER_NAMES_ALIKE'],
  ['S-11', 'one 账套 is taken off and no more', ledgers('A', 'A账套账套'), 'block', 'WRONG_LEDGER'],
  ['S-11', 'one 账套 is taken off each', ledgers('A账套', 'A账套账套'), 'block', 'WRONG_LEDGER'],
  ['S-11', '账套 with nothing before it is a name', ledgers('账套', '账套账套'), 'warn', 'LEDGER_NAMES_ALIKE'],
  ['S-11', 'for a feature another ledger is a warning', ledgers('A', 'B', 'cloud_backup'), 'warn', 'FEATURE_LEDGER_DIFFERS'],
  ['S-11', 'for a feature another year is a warning', { product: 'bookkeeping', 'selected.year': 2021 }, 'warn', 'FEATURE_YEAR_DIFFERS'],
  ['S-11', 'cloud ledgers go into no ledger', { ...ledgers('A', 'B', 'cloud_ledgers'), edition: 'cloud' }, 'allow', ''],
  ['S-04', 'rules 1 to 7 are asked of an add-on', account(''), 'block', 'ACTIVATION_ACCOUNT_BLANK'],
  ['S-04', 'and of nothing else', { ...account(''), product: 'full_edition' }, 'allow', ''],
  ['S-04', 'without the product they are open', { ...account(''), product: undefined }, 'unknown', '', ['product']],
  ['S-41', 'on the website', { entry: 'website' }, 'block', 'IN_APP_ONLY'],
  ['S-41', 'paid otherwise', { payment: 'other' }, 'block', 'PAYMENT_UNSUPPORTED'],
  ['S-41', 'the full edition on the website', { product: 'full_edition', entry: 'website', payment: 'other' }, 'allow', ''],
  ['S-38', 'an add-on for a new account, the same as shown', { 'member.replacesOld': true }, 'allow', ''],
  ['S-38', 'an add-on for a new account, the old one shown', { 'member.replacesOld': true, ...account('13900000001') }, 'block', 'ACTIVATION_ACCOUNT_NOT_YOURS NEW_ACCOUNT_UNSTATED'],
  ['S-38', 'an add-on for a new account, a masked one shown', { 'member.replacesOld': true, ...account('138****0001') }, 'warn', 'ACTIVATION_ACCOUNT_UNCLEAR NEW_ACCOUNT_UNSTATED'],
  ['S-38', 'a blank account is not the same, not even as `-`', { 'member.replacesOld': true, ...account('', '-') }, 'block', 'ACTIVATION_ACCOUNT_BLANK NEW_ACCOUNT_UNSTATED'],
  ['rule 19', 'compares two accounts, so it lacks the one that is missing', { 'member.replacesOld': true, ...account('', null) }, 'block', 'ACTIVATION_ACCOUNT_BLANK', ['member.account']],
  ['S-38', 'the full edition for a new account', { product: 'full_edition', 'member.replacesOld': true }, 'block', 'NEW_ACCOUNT_UNSUPPORTED'],
  ['S-39', 'another paid edition for a new account', { product: 'paid_edition', 'member.replacesOld': true }, 'allow', ''],
  ['S-19', 'what is open already', { opened: ['ledger'] }, 'warn', 'ALREADY_OPENED'],
  ['S-19', 'a voucher pack can be bought again', { product: 'voucher_pack', opened: ['voucher_pack'] }, 'allow', ''],
  ['S-17', 'a ledger adds no vouchers', { goal: 'add_vouchers' }, 'warn', 'GOAL_NEEDS_VOUCHERS'],
  ['S-50', 'a voucher pack does not close the books', { product: 'voucher_pack', goal: 'close_books' }, 'warn', 'GOAL_NEEDS_LEDGER'],
  ['S-50', 'nor is the ledger needed where it is open', { product: 'voucher_pack', goal: 'close_books', opened: ['ledger'] }, 'allow', ''],
  ['rule 23', 'an add-on for another edition', { edition: 'paid' }, 'warn', 'PRODUCT_NOT_FOR_EDITION'],
  ['rule 12', 'a warning that is open leaves the verdict', { 'need.ledger': undefined, product: 'tax_filing' }, 'allow', '', ['need.ledger']],
  ['the verdict', 'block outranks what is missing', { entry: 'website', 'need.ledger': undefined, now: null }, 'block', 'IN_APP_ONLY', ['need.ledger']],
]);

const cloud = (purpose, used, bought, ordered) => ({ 'cloud.purpose': purpose, 'cloud.used': used, 'cloud.bought': bought, 'cloud.ordered': ordered });
cases('purchase', CLOUD_BUYING, [
  ['S-27', 'renewing 4 with 5 in use', cloud('renew', 5, 5, 4), 'block', 'RENEWAL_BELOW_USED'],
  ['S-25', 'renewing 5 with 5 in use', cloud('renew', 5, 5, 5), 'allow', ''],
  ['S-28', 'adding as many as are lacking is a warning', cloud('add', 5, 4, 1), 'warn', 'TOP_UP_UNSTATED'],
  ['S-25', 'adding too few', cloud('add', 6, 4, 1), 'block', 'TOP_UP_BELOW_USED TOP_UP_UNSTATED'],
  ['rule 15', 'without the purpose', cloud(undefined, 5, 5, 4), 'unknown', '', ['cloud.purpose']],
  ['rule 16', 'without how many are in use', cloud('add', undefined, 4, 1), 'unknown', 'TOP_UP_UNSTATED', ['cloud.used']],
  ['S-38', 'for a new account', { 'member.replacesOld': true }, 'block', 'NEW_ACCOUNT_UNSUPPORTED'],
]);

// --- With what was bought ---

const closing = { action: 'close_books', product: 'ledger', opened: [] };
const saving = (saved, bought, more) => ({ action: 'save_voucher', product: 'voucher_pack', 'vouchers.saved': saved, 'vouchers.bought': bought, ...more });
cases('entitlement', USING, [
  ['S-19', 'a feature that is open', {}, 'allow', ''],
  ['S-05', 'rules 1 to 7 are asked whatever the product', { product: 'full_edition', action: 'sign_in', ...account('13800000002') }, 'block', 'ACTIVATION_ACCOUNT_NOT_YOURS'],
  ['S-14', 'closing the books of 2020, the ledger bought for 2019', { ...closing, 'selected.year': 2019 }, 'block', 'ORDER_ELSEWHERE CLOSING_NEEDS_LEDGER'],
  ['S-13', 'saving into ledger A, the vouchers bought for B', saving(100, 0, { 'selected.ledger': 'B' }), 'block', 'ORDER_ELSEWHERE VOUCHER_QUOTA_REACHED'],
  ['S-13', 'A账套 for A is not elsewhere', saving(100, 0, { 'selected.ledger': 'A账套' }), 'block', 'OPENING_FAILED VOUCHER_QUOTA_REACHED'],
  ['S-20', 'paid, not certified', { ...closing, 'order.certified': false }, 'block', 'CERTIFICATION_PENDING CLOSING_NEEDS_LEDGER'],
  ['S-20', 'elsewhere, certifying helps nobody', { ...closing, 'order.certified': false, 'selected.ledger': 'B' }, 'block', 'ORDER_ELSEWHERE CLOSING_NEEDS_LEDGER'],
  ['S-20', 'a feature bought elsewhere is not called so', { opened: [], 'order.certified': false, 'selected.ledger': 'B' }, 'block', 'CERTIFICATION_PENDING FEATURE_NOT_OPENED'],
  ['S-20', 'an order of something else covers nothing', { ...closing, product: 'voucher_pack', 'order.certified': false }, 'block', 'CLOSING_NEEDS_LEDGER'],
  ['S-12', 'nor does one that is unpaid', { ...closing, 'order.status': 'unpaid', 'order.certified': false }, 'block', 'CLOSING_NEEDS_LEDGER'],
  ['S-33', 'nor one whose refund is applied for', { ...closing, 'order.status': 'applied', 'order.certified': false }, 'block', 'CLOSING_NEEDS_LEDGER'],
  ['S-02', 'paid and certified, still not opened', closing, 'block', 'OPENING_FAILED CLOSING_NEEDS_LEDGER'],
  ['S-24', 'a feature paid and certified, still not opened', { opened: ['ledger'] }, 'block', 'OPENING_FAILED FEATURE_NOT_OPENED'],
  ['rule 26', 'vouchers that were added are used up, nothing failed', saving(150, 50), 'block', 'VOUCHER_QUOTA_REACHED'],
  ['rule 25', 'vouchers added before, the new order not certified', saving(150, 50, { 'order.certified': false }), 'block', 'CERTIFICATION_PENDING VOUCHER_QUOTA_REACHED'],
  ['rule 26', 'vouchers bought count for vouchers only', { ...closing, 'vouchers.bought': 50 }, 'block', 'OPENING_FAILED CLOSING_NEEDS_LEDGER'],
  ['rule 24', 'an unknown COVERED lacks what its unknown parts lack', { ...closing, opened: undefined, 'need.year': undefined }, 'unknown', '', ['need.year', 'opened']],
  ['rule 24', 'an `or` that is true lacks nothing', { ...closing, 'need.year': undefined, 'selected.ledger': 'B' }, 'block', 'ORDER_ELSEWHERE CLOSING_NEEDS_LEDGER'],
  ['rule 25', 'not knowing where leaves rules open that cannot outrank', { ...closing, 'need.year': undefined }, 'block', 'CLOSING_NEEDS_LEDGER', ['need.year']],
  ['S-19', 'a feature not opened, bought or not', { opened: ['ledger'], 'order.status': 'unpaid' }, 'block', 'FEATURE_NOT_OPENED'],
  ['S-19', 'using a ledger is no feature', { product: 'ledger', opened: [] }, 'allow', ''],
  ['S-16', 'the 50th voucher', saving(49, 0), 'allow', ''],
  ['S-15', 'the 51st voucher', saving(50, 0), 'warn', 'VOUCHER_QUOTA_UNCERTAIN'],
  ['S-15', 'the 100th voucher', saving(99, 0), 'warn', 'VOUCHER_QUOTA_UNCERTAIN'],
  ['S-18', 'the 101st voucher', saving(100, 0, { product: 'ledger' }), 'block', 'VOUCHER_QUOTA_REACHED'],
  ['S-18', 'vouchers bought raise both bounds', saving(100, 50), 'warn', 'VOUCHER_QUOTA_UNCERTAIN'],
  ['S-26', 'signing in with more in use than bought', { edition: 'cloud', action: 'sign_in', 'cloud.used': 5 }, 'block', 'CLOUD_OVER_CAPACITY'],
  ['S-25', 'signing in with as many in use as bought', { edition: 'cloud', action: 'sign_in' }, 'allow', ''],
]);

// --- Refund ---

const asked = (paidAt, now) => ({ 'order.paidAt': paidAt, 'order.appliedAt': paidAt, now });
const applied = (appliedAt, now) => ({ 'order.status': 'applied', 'order.paidAt': appliedAt, 'order.appliedAt': appliedAt, now });
cases('refund', REFUNDING, [
  ['S-21', 'free edition, no invoice', {}, 'allow', 'REFUND_SELF_SERVICE'],
  ['S-44', 'free edition, invoice issued', { 'order.invoice': 'issued' }, 'refer', 'REFUND_INVOICED'],
  ['S-22', 'free edition, invoice, the phone not known', { 'order.invoice': 'downloaded', 'order.phone': ' ' }, 'refer', 'REFUND_INVOICED PURCHASE_PHONE_NEEDED'],
  ['S-24', 'free edition, a change of mind', { 'order.reason': 'change_of_mind' }, 'warn', 'REFUND_REASON_UNSTATED REFUND_SELF_SERVICE'],
  ['S-12', 'unpaid', { 'order.status': 'unpaid' }, 'block', 'ORDER_NOT_PAID'],
  ['rule 33', 'refunded', { 'order.status': 'refunded' }, 'block', 'ORDER_ALREADY_REFUNDED'],
  ['S-48', 'another paid edition', { edition: 'paid' }, 'refer', 'REFUND_TERMS_UNSTATED'],
  ['S-33', 'free edition, applied for: no time is stated', applied('2026-03-02T09:00:00+08:00', '2026-09-01T00:00:00Z'), 'allow', 'REFUND_UNDER_REVIEW'],
  ['the verdict', 'without the invoice', { 'order.invoice': undefined }, 'unknown', '', ['order.invoice']],
  ['the verdict', 'without the status everything is open', { 'order.status': undefined }, 'unknown', '', ['order.status']],
]);
cases('refund', CLOUD_REFUNDING, [
  ['S-30', 'to 24:00 of the 7th day', asked('2026-09-14T00:00:00+08:00', '2026-09-21T23:59:59.9999+08:00'), 'allow', 'REFUND_WITHIN_WINDOW'],
  ['S-30', 'at 00:00 of the 8th day', asked('2026-09-14T23:59:59.999+08:00', '2026-09-22T00:00:00+08:00'), 'refer', 'REFUND_WINDOW_PASSED'],
  ['S-30', 'days are those of UTC+08:00', asked('2026-09-14T16:00:00z', '2026-09-22t15:59:59Z'), 'allow', 'REFUND_WITHIN_WINDOW'],
  ['S-30', 'in milliseconds', asked(Date.parse('2026-09-14T00:00:00+08:00'), Date.parse('2026-09-22T00:00:00+08:00')), 'refer', 'REFUND_WINDOW_PASSED'],
  ['S-32', 'invoice requested', { 'order.invoice': 'requested' }, 'refer', 'REFUND_RED_LETTER_FIRST'],
  ['S-29', 'more in use than bought, the wrong quantity', { 'cloud.used': 5, 'order.reason': 'wrong_quantity' }, 'warn', 'DELETE_LEDGERS_INSTEAD REFUND_WITHIN_WINDOW'],
  ['S-29', 'more in use than bought, unusable', { 'cloud.used': 5 }, 'warn', 'DELETE_LEDGERS_INSTEAD REFUND_WITHIN_WINDOW'],
  ['S-29', 'more in use than bought, another reason', { 'cloud.used': 5, 'order.reason': 'wrong_year' }, 'allow', 'REFUND_WITHIN_WINDOW'],
  ['S-30', 'applied for, the window does not matter', { ...applied('2026-09-14T09:00:00+08:00', '2026-09-17T09:00:00+08:00'), 'order.paidAt': '2026-01-05T09:00:00+08:00' }, 'allow', 'REFUND_UNDER_REVIEW'],
  // 14 September 2026 is a Monday, 20 September is a Sunday that is worked.
  ['S-33', 'on the third working day', applied('2026-09-14T09:00:00+08:00', '2026-09-17T23:59:59+08:00'), 'allow', 'REFUND_UNDER_REVIEW'],
  ['S-33', 'after the third working day', applied('2026-09-14T09:00:00+08:00', '2026-09-18T00:00:00+08:00'), 'refer', 'REFUND_OVERDUE REFUND_UNDER_REVIEW'],
  ['S-33', 'a Sunday that is worked counts', applied('2026-09-17T09:00:00+08:00', '2026-09-22T00:00:00+08:00'), 'refer', 'REFUND_OVERDUE REFUND_UNDER_REVIEW'],
  ['S-33', 'the day of applying does not count', applied('2026-09-17T00:00:00+08:00', '2026-09-21T23:59:59+08:00'), 'allow', 'REFUND_UNDER_REVIEW'],
  ['S-33', 'holidays do not count', applied('2026-09-30T09:00:00+08:00', '2026-10-10T23:59:59+08:00'), 'allow', 'REFUND_UNDER_REVIEW'],
  ['S-33', 'after holidays and a Saturday that is worked', applied('2026-09-30T09:00:00+08:00', '2026-10-11T00:00:00+08:00'), 'refer', 'REFUND_OVERDUE REFUND_UNDER_REVIEW'],
  ['rule 35', 'due on the last day of the calendar', applied('2026-12-28T09:00:00+08:00', '2027-01-01T00:00:00+08:00'), 'refer', 'REFUND_OVERDUE REFUND_UNDER_REVIEW'],
  ['rule 35', 'due beyond the calendar is never overdue', applied('2026-12-29T09:00:00+08:00', '2027-06-01T00:00:00+08:00'), 'allow', 'REFUND_UNDER_REVIEW'],
  ['rule 35', 'the day of applying may lie before the calendar', applied('2019-12-31T09:00:00+08:00', '2020-01-07T00:00:00+08:00'), 'refer', 'REFUND_OVERDUE REFUND_UNDER_REVIEW'],
  ['rule 35', 'a day counted may not', applied('2019-12-30T09:00:00+08:00', '2020-02-01T00:00:00+08:00'), 'allow', 'REFUND_UNDER_REVIEW'],
  ['rule 35', 'compares two times, so it lacks those that are missing', { 'order.status': 'applied', 'order.appliedAt': undefined, now: undefined }, 'unknown', 'REFUND_UNDER_REVIEW', ['now', 'order.appliedAt']],
  ['rule 35', 'of another edition nothing is lacking', { edition: 'paid', 'order.status': 'applied', now: undefined }, 'allow', 'REFUND_UNDER_REVIEW'],
]);

// --- The order page does not open ---

cases('page', { page: { restarted: true, browserChanged: false, system: 'windows' } }, [
  ['S-36', 'not restarted', { 'page.restarted': false }, 'allow', 'RESTART_AND_RETRY'],
  ['S-37', 'restarted on Windows', {}, 'allow', 'SET_DEFAULT_BROWSER'],
  ['S-43', 'the browser changed too', { 'page.browserChanged': true }, 'refer', 'CONTACT_SUPPORT'],
  ['S-43', 'restarted on another system', { 'page.system': 'other' }, 'refer', 'CONTACT_SUPPORT'],
  ['rule 47', 'the browser changed, so the system does not matter', { 'page.browserChanged': true, 'page.system': undefined }, 'refer', 'CONTACT_SUPPORT'],
  ['rule 47', 'without both', { 'page.browserChanged': undefined, 'page.system': undefined }, 'unknown', '', ['page.browserChanged', 'page.system']],
]);

// --- Terms ---

test('the numbers of the terms are the ones that are read', () => {
  const terms = { ...TERMS, voucherQuota: { assured: 10, claimed: 20 }, refundWindowDays: 8, refundReviewWorkdays: 1 };
  equal(check('entitlement', but(USING, saving(20, 0, { product: 'ledger' })), terms).verdict, 'block');
  equal(check('entitlement', but(USING, saving(10, 0)), terms).verdict, 'warn');
  equal(check('refund', but(CLOUD_REFUNDING, asked('2026-09-14T00:00:00Z', '2026-09-22T00:00:00Z')), terms).verdict, 'allow');
  equal(check('refund', but(CLOUD_REFUNDING, applied('2026-09-14T09:00:00+08:00', '2026-09-16T00:00:00+08:00')), terms).verdict, 'refer');
});

test('a year that the calendar lacks between two that it has is not guessed at', () => {
  const { 2025: _, ...calendar } = TERMS.calendar;
  const late = but(CLOUD_REFUNDING, applied('2024-12-30T09:00:00+08:00', '2025-03-01T00:00:00+08:00'));
  equal(check('refund', late).verdict, 'refer');
  equal(check('refund', late, { ...TERMS, calendar }).verdict, 'allow');
});

test('there are 32 facts, each once', () => {
  equal(new Set(PATHS).size, 32);
});
