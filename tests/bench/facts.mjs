// The facts that every engine is asked about: seeded, all 32 known, as an order page or member center would parse
// them off JSON. Times are texts, and white space is such as JavaScript trims, so that an engine needs no more than
// its language gives. `node facts.mjs <file>` writes them down, for the native engine.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mulberry32 } from '../node/random-facts.mjs';

export const COUNT = 10_000;
const SEEDS = { purchase: 11, refund: 12 };
export const QUESTIONS = Object.keys(SEEDS);

const DAY = 86_400_000;
const SHANGHAI = 8 * 3_600_000;
const ADD_ONS = ['ledger', 'voucher_pack', 'bookkeeping', 'tax_filing', 'cloud_backup'];
const FIRMS = ['上海明远商贸有限公司', '华兴五金店', 'A账套', 'A', 'B账套', '苏州同创科技', 'Lotus Tea', '2020年账', '个体户王芳'];
const PHRASES = ['非法复制品', '认证超台数', '当前IP地址已使用了其他账号'];
const OTHER_NOTICES = ['系统繁忙，请稍后再试', '网络连接超时', '认证成功'];

/** The first `count` facts of the question; they are drawn alike, so fewer stand for all. */
export function factsOf(question, count = COUNT) {
  const random = mulberry32(SEEDS[question]);
  const chance = (p) => random() < p;
  const below = (n) => Math.floor(random() * n);
  const pick = (list) => list[below(list.length)];

  const wide = (text) => text.replace(/[!-~]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
  const typed = (text) => (chance(0.1) ? pick([' ', '\u3000', '']) + text + pick([' ', '\u3000']) : text);
  const account = () => (chance(0.8) ? `13${100_000_000 + below(900_000_000)}` : `buyer${below(9999)}@example.com`);
  const masked = (account) => account.slice(0, 3) + '****' + account.slice(-4);
  const grouped = (account) => (account.includes('@') ? account.toUpperCase() : `${pick(['', '+86 ', '0086'])}${account.slice(0, 3)}${pick([' ', '-'])}${account.slice(3)}`);
  const retyped = (account) => typed(chance(0.7) ? account : pick([grouped, grouped, wide, masked])(account));
  const otherwise = (ledger) => (chance(0.8) ? ledger.trim() : pick([wide, (text) => [...text].join(' '), (text) => text.trim().replace(/账套$/, '')])(ledger));
  const blank = () => pick(['', '', ' ', '\u3000']);
  const notice = () => {
    if (chance(0.2)) return pick(OTHER_NOTICES);
    if (chance(0.1)) return blank();
    const phrase = pick(PHRASES);
    return pick(['', '提示：']) + (chance(0.2) ? [...phrase].join(pick([' ', '\u3000'])) : phrase) + pick(['', '！', ' (3)']);
  };
  const year = () => 2019 + below(8);
  const time = (ms) => (chance(0.8)
    ? new Date(ms + SHANGHAI).toISOString().replace(/(\.000)?Z$/, '+08:00')
    : new Date(ms).toISOString());

  const draw = () => {
    const [need, member] = [{ ledger: typed(pick(FIRMS)), year: year() }, account()];
    const used = 1 + below(8);
    const bought = chance(0.8) ? Math.max(1, used - 1 + below(3)) : below(2);
    const paidAt = Date.UTC(2023, 0, 1) + below(1000) * DAY + below(DAY / 1000) * 1000;
    const lastInstant = Math.floor((paidAt + SHANGHAI) / DAY) * DAY + 8 * DAY - SHANGHAI - 1;
    const now = chance(0.2) ? lastInstant + pick([0, 1]) : paidAt + below(14 * DAY);
    const appliedAt = paidAt + below((now - paidAt) / 1000) * 1000;
    return {
      now: time(now),
      edition: pick(question === 'purchase' ? ['free_lifetime', 'free_lifetime', 'free_lifetime', 'cloud', 'paid'] : ['free_lifetime', 'cloud', 'cloud', 'paid']),
      product: pick([...ADD_ONS, 'ledger', 'voucher_pack', 'cloud_ledgers', 'full_edition', 'paid_edition']),
      entry: chance(0.8) ? 'in_app' : 'website',
      payment: pick(['wechat', 'wechat', 'alipay', 'alipay', 'other']),
      goal: pick(['close_books', 'add_vouchers', 'other']),
      need,
      selected: { ledger: chance(0.8) ? otherwise(need.ledger) : pick(FIRMS), year: chance(0.8) ? need.year : year() },
      opened: ADD_ONS.filter(() => chance(0.3)),
      member: { account: typed(member), replacesOld: chance(0.1) },
      activation: {
        account: chance(0.8) ? retyped(member) : chance(0.5) ? blank() : account(),
        notices: chance(0.75) ? [] : Array.from({ length: 1 + below(2) }, notice),
      },
      vouchers: { saved: below(120), bought: 50 * below(3) },
      cloud: { used, bought, ordered: Math.max(1, used - 1 + below(3)), purpose: pick(['renew', 'add']) },
      action: pick(['close_books', 'save_voucher', 'use_feature', 'sign_in']),
      order: {
        status: chance(0.75) ? 'paid' : pick(['unpaid', 'applied', 'applied', 'refunded']),
        certified: chance(0.7),
        paidAt: time(paidAt),
        appliedAt: time(appliedAt),
        invoice: chance(0.6) ? 'none' : pick(['requested', 'issued', 'downloaded']),
        phone: chance(0.3) ? blank() : typed(account()),
        reason: pick(['unusable', 'wrong_ledger', 'wrong_year', 'wrong_quantity', 'change_of_mind']),
      },
      page: { restarted: chance(0.5), browserChanged: chance(0.5), system: chance(0.9) ? 'windows' : 'other' },
    };
  };

  return JSON.parse(JSON.stringify(Array.from({ length: count }, draw)));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const file = process.argv[2];
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(Object.fromEntries(QUESTIONS.map((question) => [question, factsOf(question)]))));
}
