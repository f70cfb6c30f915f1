// Seeded, valid facts, complete and partial, drawn to fall on the edges of the rules.
import { PATHS } from './oracle.mjs';

const DAY = 86_400_000;
const SHANGHAI = 8 * 3_600_000;
const FIRST = Date.UTC(2000, 0, 1) - SHANGHAI; // the first and last instants a time may be
const LAST = Date.UTC(2101, 0, 1) - SHANGHAI - 1;

const ADD_ONS = ['ledger', 'voucher_pack', 'bookkeeping', 'tax_filing', 'cloud_backup'];
const SPACES = ['', '', '', ' ', '\u3000', '\t\n', '\u00a0', '\u0085', '\ufeff', '\u2009\u3000'];
const BLANKS = ['', ' ', '\u3000', ' \t\u3000\n', '\ufeff', '\u0085'];
// Looks like white space or like a letter, and isn't: U+200B, another case, an inner space, NFD.
const LEDGERS = ['A账套', 'A账套', 'B账套', 'a账套', 'A 账套', 'A账套\u200b', '\u180eA账套', 'Café', 'Cafe\u0301'];
const ACCOUNTS = ['13800138000', '13800138000', 'kim@example.com', 'kim@example.com', 'kim@example.org',
  '\u212aim@example.com', 'ünal@example.com', 'Ünal@example.com', '1380013800', '138 0013 8000'];
const PHRASES = ['非法复制品', '认证超台数', '当前ip地址已使用了其他账号'];
const UNKNOWN_NOTICES = ['系统繁忙', '非法复制', '认证超台', '当前ip地址已使用了其他', '当前ＩＰ地址已使用了其他账号',
  '当前\u0131p地址已使用了其他账号', '非法\u200b复制品', '非法，复制品', '\u200b', 'ok'];
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
  const loosened = (text) => [...anyCase(text)].map((c) => (chance(0.2) ? c + pick(SPACES) : c)).join('');

  const notice = () => {
    const kind = random();
    if (kind < 0.45) return pick(['', '提示:', 'ERROR ']) + loosened(pick(PHRASES)) + pick(['', '!', ' (3)']);
    if (kind < 0.5) return loosened(pick(PHRASES)) + loosened(pick(PHRASES));
    if (kind < 0.75) return spaced(pick(UNKNOWN_NOTICES));
    return pick(BLANKS);
  };
  const list = (length, item) => Array.from({ length }, item);

  // `below a millisecond` digits go on `now` only, so that it never precedes `paidAt` in any precision.
  const time = (ms, finer = '') => {
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

  const complete = () => {
    const free = { activation: 0.85, purchase: 0.75, entitlement: 0.6 }[question] ?? 0.4;
    const usable = chance(0.5); // half the time nothing is amiss in 系统认证, so that other rules decide
    const needLedger = pick(LEDGERS);
    const needYear = pick([1990, 2019, 2020, 2021, 2100]);
    const account = pick(ACCOUNTS);
    const bought = pick([0, 0, 0, 1, 50, 100, 999_999, 1_000_000]);
    const used = pick([0, 1, 4, 5, 6, 1_000_000]);
    const near = () => clamp(used + pick([-1, 0, 0, 1]), 0, 1_000_000);

    const paidDay = midnight(chance(0.05) ? pick([FIRST, LAST]) : FIRST + below(LAST - FIRST));
    const paidAt = clamp(paidDay + (chance(0.5) ? nearMidnight() : below(DAY)), FIRST, LAST);
    const windowEdge = midnight(paidAt) + pick([0, 1, 6, 7, 8, 8, 8, 9, 10, 11, 11, 30]) * DAY;
    const now = clamp(windowEdge + (chance(0.7) ? nearMidnight() : below(DAY)), paidAt, LAST);

    return {
      now: time(now, pick(['999', '4', '0005', '999999'])),
      edition: chance(free) ? 'free_lifetime' : pick(['cloud', 'cloud', 'paid', 'free_lifetime']),
      product: pick([...ADD_ONS, ...ADD_ONS, 'cloud_ledgers', 'cloud_ledgers', 'full_edition', 'paid_edition']),
      entry: chance(0.7) ? 'in_app' : 'website',
      payment: pick(['wechat', 'alipay', 'wechat', 'alipay', 'other']),
      goal: pick(['close_books', 'add_vouchers', 'other', 'other']),
      need: { ledger: spaced(needLedger), year: needYear },
      selected: {
        ledger: spaced(chance(0.7) ? needLedger : pick(LEDGERS)),
        year: chance(0.7) ? needYear : pick([1990, 2019, 2020, 2021, 2100]),
      },
      opened: list(pick([0, 0, 1, 2, 3, 6]), () => pick(ADD_ONS)),
      member: { account: spaced(anyCase(account)), replacesOld: chance(0.3) },
      activation: {
        account: usable ? spaced(anyCase(account)) : chance(0.3) ? pick(BLANKS) : spaced(anyCase(pick([account, ...ACCOUNTS]))),
        notices: usable ? list(below(2), () => pick(BLANKS)) : list(pick([0, 1, 1, 2, 3, 4]), notice),
      },
      vouchers: {
        saved: chance(0.9) ? clamp(pick([50, 100, 200]) + bought + pick([-2, -1, 0, 1]), 0, 1_000_000) : pick([0, 1, 1_000_000]),
        bought,
      },
      cloud: { used, bought: near(), ordered: near() },
      action: pick(['close_books', 'save_voucher', 'save_voucher', 'use_feature', 'use_feature', 'sign_in']),
      order: {
        status: pick(['unpaid', 'paid', 'paid', 'paid', 'paid', 'paid', 'paid', 'refunded']),
        certified: chance(0.5),
        paidAt: time(paidAt),
        appliedAt: time(FIRST + below(LAST - FIRST)),
        invoice: pick(['none', 'none', 'none', 'requested', 'issued', 'downloaded']),
        phone: chance(0.5) ? pick(BLANKS) : spaced(pick(['13800138000', '021-58350168', '\u200b'])),
        reason: pick(['unusable', 'wrong_ledger', 'wrong_year', 'wrong_quantity', 'wrong_quantity', 'change_of_mind', 'change_of_mind']),
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
