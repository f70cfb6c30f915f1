// Seeded, valid facts, complete and partial, drawn to fall on the edges of the rules.
import { PATHS } from './oracle.mjs';

const DAY = 86_400_000;
const SHANGHAI = 8 * 3_600_000;
const FIRST = Date.UTC(2000, 0, 1) - SHANGHAI; // the first and last instants a time may be
const LAST = Date.UTC(2101, 0, 1) - SHANGHAI - 1;

const ADD_ONS = ['ledger', 'voucher_pack', 'bookkeeping', 'tax_filing', 'cloud_backup'];
const FEATURES = ADD_ONS.slice(2);
const PRODUCTS = [...ADD_ONS, ...ADD_ONS, 'cloud_ledgers', 'cloud_ledgers', 'cloud_ledgers', 'full_edition', 'paid_edition'];
const SPACES = ['', '', '', ' ', '\u3000', '\t\n', '\u00a0', '\u0085', '\ufeff', '\u2009\u3000'];
const BLANKS = ['', ' ', '\u3000', ' \t\u3000\n', '\ufeff', '\u0085'];
const SUFFIX = '账套';
// Some look like white space, a letter or an ASCII sign of full width, and are not: U+200B, U+180E, K, ￥, ｟, NFD.
const LEDGERS = ['A', 'A', 'B', 'B', '上海明远', 'Lotus Tea', '2020年', 'A\u200b', '\u180eA', 'K!', '\u212a!', 'A~', 'A\uff5f',
  'A¥', 'A￥', 'Café', 'Cafe\u0301', SUFFIX, SUFFIX + SUFFIX, `A${SUFFIX}${SUFFIX}`, 'A账', '套账'];
const PHONES = ['13800000001', '13800000001', '13800000002', '13900000001'];
const MAILS = ['kim@example.com', 'kim@example.com', 'kim@example.org', '\u212aim@example.com', '\u00fcnal@example.com', '\u00dcnal@example.com', 'a-b@example.com'];
// Near the edges of how a prefix is dropped and a mask is compared; white space, hyphens or width are added to them.
const UNUSUAL_ACCOUNTS = ['1380000001', '138000000012', '+861380000001', '+86138000000012', '00861380000001', '+8613800000001x', '+8513800000001', '8613800000001',
  '+86', '0086', '-', '*', '**', '*@*', 'k*@example.com', '*@example.org', '138****0001', '138****', '*0001', '1380000*00001', '1380000*0001', '138*000*0001', '137*',
  '+86*', '0086138****0001', '+86138*x', '+0086*', '00860086*', '139****0001', '*2', '138*@*', '\u{1f600}*\u{1f600}', '\u{1f600}', '\u{1f600}\u{1f600}'];
const PHRASES = ['非法复制品', '认证超台数', '当前ip地址已使用了其他账号'];
const UNKNOWN_NOTICES = ['系统繁忙', '非法复制', '认证超台', '当前ip地址已使用了其他',
  '当前\u0131p地址已使用了其他账号', '非法\u200b复制品', '非法，复制品', '\u200b', 'ok', '\uff5f', '当前lp地址已使用了其他账号'];
const OFFSETS = [0, 0, 480, 480, -480, 330, 345, 840, -720, 1439, -1439, 1];

export function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const isComplete = (facts) =>
  PATHS.every((path) => path.split('.').reduce((at, name) => at?.[name], facts) != null);

export function* randomFacts(question, seed, count) {
  const random = mulberry32(seed);
  const chance = (p) => random() < p;
  const below = (n) => Math.floor(random() * n);
  const pick = (list) => list[below(list.length)];
  const clamp = (n, low, high) => Math.min(Math.max(n, low), high);
  const spaced = (text) => pick(SPACES) + text + pick(SPACES);
  const anyCase = (text) => text.replace(/[a-z]/g, (c) => (chance(0.3) ? c.toUpperCase() : c));
  const anyWidth = (text) => text.replace(/[!-~]/g, (c) => (chance(0.3) ? String.fromCharCode(c.charCodeAt(0) + 0xfee0) : c));
  const loosened = (text) => anyWidth([...anyCase(text)].map((c) => (chance(0.2) ? c + pick(SPACES) : c)).join(''));
  /** The same text folded, half the time as it is. */
  const retyped = (text) => (chance(0.5) ? text : chance(0.5) ? spaced(anyCase(text)) : pick(SPACES) + loosened(text));

  /** The same ledger, one with 账套 at the end where the other has none, or another. */
  const ledgerLike = (ledger) => {
    const kind = random();
    if (kind < 0.55) return retyped(ledger);
    if (kind < 0.75) return retyped(ledger.length > 2 && ledger.endsWith(SUFFIX) ? ledger.slice(0, -2) : ledger + SUFFIX);
    return retyped(pick(LEDGERS) + pick(['', SUFFIX]));
  };

  const account = () => pick(chance(0.1) ? UNUSUAL_ACCOUNTS : chance(0.6) ? PHONES : MAILS);
  const hyphened = (phone) => (chance(0.5) ? `${phone.slice(0, 3)}${pick(['-', ' '])}${phone.slice(3, 7)}${pick(['-', ' '])}${phone.slice(7)}` : phone);
  /** The same account in a form that a person may have typed. */
  const accountAgain = (account) => {
    if (chance(0.4)) return account;
    return retyped(/^[0-9*]{11}$/.test(account) ? pick(['', '', '+86', '+86-', '+86 ', '0086', '0086 ']) + hyphened(account) : account);
  };
  /** By code points, so that no half of a surrogate pair is left over. */
  const masked = (account) => {
    const letters = [...account];
    const from = below(Math.min(letters.length, 5));
    const to = from + below(letters.length + 1 - from);
    return letters.slice(0, from).join('') + pick(['****', '*', '*'.repeat(Math.max(1, to - from)), '*0*']) + letters.slice(to).join('');
  };
  /** The same account, a masked one that may be the same, or another. */
  const accountLike = (account, other) => {
    const kind = random();
    if (kind < 0.25) return accountAgain(account);
    if (kind < 0.5) return accountAgain(masked(chance(0.7) ? account : other));
    if (kind < 0.75) return accountAgain(pick(account.includes('@') ? MAILS : PHONES));
    return accountAgain(other);
  };

  const notice = () => {
    const kind = random();
    if (kind < 0.45) return pick(['', '提示:', 'ERROR ']) + loosened(pick(PHRASES)) + pick(['', '!', ' (3)']);
    if (kind < 0.5) return loosened(pick(PHRASES)) + loosened(pick(PHRASES));
    if (kind < 0.75) return spaced(pick(UNKNOWN_NOTICES));
    return pick(BLANKS);
  };
  const list = (length, item) => Array.from({ length }, item);

  // Digits finer than a millisecond are cut, so that in times of the same millisecond they may stand in any order.
  const time = (ms) => {
    const finer = pick(['999', '4', '0005', '999999']);
    if (chance(0.3)) return ms;
    const offset = pick(OFFSETS);
    const [date, clock] = new Date(ms + offset * 60_000).toISOString().slice(0, -1).split('T');
    const [seconds, fraction] = clock.split('.');
    const shortest = fraction.replace(/0+$/, '');
    const digits = pick([shortest, fraction, `${fraction}000`, fraction + finer]);
    const abs = Math.abs(offset);
    const two = (n) => String(n).padStart(2, '0');
    const sign = offset < 0 || (offset === 0 && chance(0.2)) ? '-' : '+';
    const zone = offset === 0 && chance(0.7) ? pick(['Z', 'Z', 'z']) : `${sign}${two(Math.floor(abs / 60))}:${two(abs % 60)}`;
    return `${date}${chance(0.1) ? 't' : 'T'}${seconds}${digits && '.'}${digits}${zone}`;
  };
  const nearMidnight = () => pick([-1000, -1, 0, 1, 1000]);
  const midnight = (ms) => Math.floor((ms + SHANGHAI) / DAY) * DAY - SHANGHAI;

  const fromMidnight = (ms) => midnight(ms) + (chance(0.6) ? nearMidnight() : below(DAY));
  /** `[paidAt, appliedAt, now]`, `now` about the end of the window. */
  const timesOfWindow = () => {
    const paidAt = clamp(fromMidnight(chance(0.05) ? pick([FIRST, LAST]) : FIRST + below(LAST - FIRST)), FIRST, LAST);
    const windowEdge = midnight(paidAt) + pick([0, 1, 6, 7, 8, 8, 8, 9, 10, 11, 11, 30]) * DAY;
    const now = clamp(fromMidnight(windowEdge), paidAt, LAST);
    return [paidAt, pick([paidAt, now, paidAt + below(now - paidAt + 1)]), now];
  };
  /** `[paidAt, appliedAt, now]`, `now` about the days when a review is due, often where a year begins or holidays are. */
  const timesOfReview = () => {
    const appliedDay = pick([
      () => Date.UTC(pick([2020, 2020 + below(9), 2027]), 0, below(9) - 6),
      () => Date.UTC(2020 + below(9), 0, below(9) - 6),
      () => Date.UTC(2020 + below(7), 0, 15 + below(45)),
      () => Date.UTC(2020 + below(7), 8, 15 + below(30)),
      () => Date.UTC(2019, 11, 20) + below(3000) * DAY,
    ])();
    const appliedAt = fromMidnight(appliedDay);
    const reviewEdge = midnight(appliedAt) + pick([0, 1, 3, 4, 4, 4, 5, 6, 6, 7, 8, 9, 10, 11, 12]) * DAY;
    const now = Math.max(fromMidnight(reviewEdge), appliedAt);
    return [appliedAt - pick([0, 1, below(DAY), 6 * DAY, 7 * DAY, 8 * DAY, 400 * DAY]), appliedAt, now];
  };

  const complete = () => {
    const free = { activation: 0.85, purchase: 0.75, entitlement: 0.6 }[question] ?? 0.25;
    const usable = chance(0.5); // half the time nothing is amiss in 系统认证, so that other rules decide
    const needLedger = pick(LEDGERS) + pick(['', SUFFIX]);
    const needYear = pick([1990, 2019, 2020, 2021, 2100]);
    const member = account();
    const bought = pick([0, 0, 0, 1, 50, 100, 999_999, 1_000_000]);
    const near = (count) => clamp(count + pick([-1, 0, 0, 1]), 0, 1_000_000);
    const used = pick([0, 1, 4, 5, 6, 1_000_000]);
    const paidFor = chance(0.6) ? near(used) : pick([0, 1, 2, 3]);

    const [paidAt, appliedAt, now] = chance(0.5) ? timesOfWindow() : timesOfReview();
    const purpose = pick(['renew', 'add']);
    const ordered = (purpose === 'renew') === chance(0.8) ? near(used) : clamp(used - paidFor + pick([-2, -1, -1, 0, 0, 1]), 0, 1_000_000);
    const [action, product] = chance(0.5)
      ? pick([['close_books', 'ledger'], ['save_voucher', 'voucher_pack'], ['save_voucher', 'voucher_pack'], ['use_feature', pick(FEATURES)]])
      : [pick(['close_books', 'save_voucher', 'use_feature', 'sign_in', 'sign_in']), pick(PRODUCTS)];

    return {
      now: time(now),
      edition: chance(free) ? 'free_lifetime' : pick(['cloud', 'cloud', 'paid', 'free_lifetime']),
      product: question === 'entitlement' ? product : pick(PRODUCTS),
      entry: chance(0.7) ? 'in_app' : 'website',
      payment: pick(['wechat', 'alipay', 'wechat', 'alipay', 'other']),
      goal: pick(['close_books', 'add_vouchers', 'other', 'other']),
      need: { ledger: retyped(needLedger), year: needYear },
      selected: {
        ledger: ledgerLike(needLedger),
        year: chance(0.7) ? needYear : pick([1990, 2019, 2020, 2021, 2100]),
      },
      opened: list(pick([0, 0, 1, 2, 3, 6]), () => pick(ADD_ONS)),
      member: { account: accountAgain(chance(0.1) ? masked(member) : member), replacesOld: chance(0.3) },
      activation: {
        account: usable ? accountAgain(member) : chance(0.2) ? pick(BLANKS) : accountLike(member, account()),
        notices: usable ? list(below(2), () => pick(BLANKS)) : list(pick([0, 1, 1, 2, 3, 4]), notice),
      },
      vouchers: {
        saved: chance(0.9) ? clamp(pick([50, 100, 200]) + bought + pick([-2, -1, 0, 1]), 0, 1_000_000) : pick([0, 1, 1_000_000]),
        bought,
      },
      cloud: { used, bought: paidFor, ordered, purpose },
      action,
      order: {
        status: pick(['unpaid', 'paid', 'paid', 'paid', 'paid', 'paid', 'applied', 'applied', 'refunded']),
        certified: chance(0.5),
        paidAt: time(paidAt),
        appliedAt: time(appliedAt),
        invoice: pick(['none', 'none', 'none', 'requested', 'issued', 'downloaded']),
        phone: chance(0.5) ? pick(BLANKS) : spaced(pick(['13800138000', '021-58350168', '\u200b'])),
        reason: pick(['unusable', 'wrong_ledger', 'wrong_year', 'wrong_quantity', 'change_of_mind', 'change_of_mind']),
      },
      page: { restarted: chance(0.7), browserChanged: chance(0.4), system: chance(0.6) ? 'windows' : 'other' },
    };
  };

  const forget = (object, name) => {
    const way = below(3);
    if (way === 0) delete object[name];
    else object[name] = way === 1 ? null : undefined;
  };
  const partial = (facts) => {
    const p = pick([0.03, 0.1, 0.25, 0.5, 0.9]);
    for (const path of PATHS) {
      const [name, inner] = path.split('.');
      if (chance(p)) inner ? forget(facts[name], inner) : forget(facts, name);
    }
    for (const name of Object.keys(facts)) if (typeof facts[name] === 'object' && chance(p / 3)) forget(facts, name);
    return facts;
  };

  for (let i = 0; i < count; i++) yield chance(0.3) ? complete() : partial(complete());
}
