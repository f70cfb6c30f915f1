// The pictures of an answer: there where they help, true to the facts, said in a sentence, and legible on a phone.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { build } from 'esbuild';
import { open, page, quiet, root } from './lib.mjs';

const HTML = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>Pictures</title><link rel="icon" href="data:,">
  <link rel="stylesheet" href="/preflight/elements.css"><style>body { margin: 10px; font: 16px/1.65 sans-serif; }</style><body class="preflight">
  <script type="module">
    import { load } from '/preflight/browser.js';
    import { pictures } from '/pictures.js';
    window.draw = async (question, facts, { locale = 'zh-CN', terms } = {}) => {
      const engine = await load({ terms });
      document.body.append(...pictures(question, facts, engine.explain(question, facts, { locale }), engine.terms, locale));
    };
    document.body.dataset.ready = '';
  </script>`;

let script;

before(async () => {
  const { outputFiles: [{ text }] } = await build({
    entryPoints: [root + 'www/elements/pictures.ts'], alias: { '@ekuaiji/preflight/catalogue': root + 'pkg/catalogue.js' },
    bundle: true, format: 'esm', target: 'chrome69', write: false,
  });
  script = text;
});

/** Draws the pictures that belong to an answer; gives each one's kind, sentence and texts. */
async function draw(question, facts, { width = 300, ...options } = {}) {
  await open('pictures.html', {
    width,
    ready: '[data-ready]',
    prepare: async page => {
      await page.route('**/pictures.html', route => route.fulfill({ contentType: 'text/html', body: HTML }));
      await page.route('**/pictures.js', route => route.fulfill({ contentType: 'text/javascript', body: script }));
    },
  });
  await page.evaluate(given => window.draw(...given), [question, facts, options]);
  await isLegible();
  await quiet();
  return page.$$eval('.picture', pictures => pictures.map(picture => ({
    kind: picture.dataset.picture,
    says: picture.querySelector('title').textContent,
    texts: Array.from(picture.querySelectorAll('text'), text => text.textContent),
  })));
}

/** Every text lies inside its picture, over no other text, and is no smaller than 12 px; every shape ends where the picture does. */
async function isLegible() {
  const bad = await page.$$eval('.picture', pictures => pictures.flatMap(picture => {
    const frame = picture.getBoundingClientRect();
    const texts = Array.from(picture.querySelectorAll('text'), text => ({ name: text.textContent, size: parseFloat(getComputedStyle(text).fontSize), box: text.getBoundingClientRect() }));
    const shapes = Array.from(picture.querySelectorAll('rect, path, circle'), shape => ({ name: shape.outerHTML, box: shape.getBoundingClientRect() }));
    const outside = ({ box }) => box.left < frame.left - 1.5 || box.right > frame.right + 1.5 || box.top < frame.top - 1.5 || box.bottom > frame.bottom + 1.5;
    const over = (one, other) => one !== other && one.box.left < other.box.right && other.box.left < one.box.right && one.box.top + 3 < other.box.bottom - 3 && other.box.top + 3 < one.box.bottom - 3;
    return [
      ...[...texts, ...shapes].filter(outside).map(({ name }) => 'outside: ' + name),
      ...texts.filter(one => texts.some(other => over(one, other))).map(({ name }) => 'over another text: ' + name),
      ...texts.filter(({ size }) => size < 12).map(({ name }) => 'too small: ' + name),
    ];
  }));
  assert.deepEqual(bad, []);
}

/** The share of its picture that the boxes of a kind cover, in percent. */
const share = kind => page.$$eval('.picture rect.' + kind, boxes => boxes.reduce((sum, box) => sum + parseFloat(box.getAttribute('width')), 0));

const cloudOrder = (now, paidAt = '2026-11-20T23:30:00+08:00') => ({ now, edition: 'cloud', order: { status: 'paid', paidAt, invoice: 'none' } });
const window = (now, options, paidAt) => draw('refund', cloudOrder(now, paidAt), options);
const where = (selected, need, product = 'voucher_pack') => ({ product, selected, need });

describe('the refund window', () => {
  test('on the day of payment has all its days left (S-31)', async () => {
    const [picture, ...others] = await window('2026-11-20T23:59:59+08:00');
    assert.deepEqual(others, []);
    assert.equal(picture.says, '退款期限：11月20日付款，最后一天是11月27日；今天11月20日，之后还有 7 天。');
    assert.deepEqual(picture.texts, ['1', '2', '3', '4', '5', '6', '7', '今天11月20日，之后还有 7 天', '付款 11月20日', '最后一天 11月27日']);
    assert.equal(await share('gone'), 0);
  });

  test('on day 4 is half gone', async () => {
    const [{ says }] = await window('2026-11-24T00:00:00+08:00');
    assert.match(says, /今天11月24日，之后还有 3 天/);
    assert.equal(await share('gone'), 42);
    assert.equal(await share('open'), 42);
  });

  test('on day 7 says that today is the last day (S-30)', async () => {
    const [{ texts }] = await window('2026-11-27T23:59:59+08:00');
    assert.ok(texts.includes('今天11月27日是最后一天'));
    assert.equal(await share('open'), 10.5);
  });

  test('on day 8 has nothing left, and today is to the right of it', async () => {
    const [{ texts }] = await window('2026-11-28T00:00:00+08:00');
    assert.ok(texts.includes('今天11月28日，过了 1 天'));
    assert.equal(await share('open'), 0);
    const [marker, end] = await page.$$eval('line.today, line.limit', lines => lines.map(line => parseFloat(line.getAttribute('x1'))).sort((one, other) => other - one));
    assert.ok(marker > end);
  });

  test('on day 400 tells the years', async () => {
    const [{ texts }] = await window('2027-12-25T10:00:00+08:00');
    assert.ok(texts.includes('今天2027年12月25日，过了 393 天'), String(texts));
    assert.ok(texts.includes('最后一天 2026年11月27日'));
  });

  test('counts days at +08:00, whatever offset the times have', async () => {
    const [{ says }] = await window('2026-11-20T16:00:00Z', {}, 1795186799000); // 2026-11-20T22:59:59+08:00
    assert.match(says, /今天11月21日，之后还有 6 天/);
  });

  test('is as long as the terms say', async () => {
    for (const [days, left] of [[0, '今天11月20日是最后一天'], [3, '之后还有 3 天'], [10, '之后还有 10 天'], [31, '之后还有 31 天'], [365, '之后还有 365 天']]) {
      const [{ says, texts }] = await window('2026-11-20T23:40:00+08:00', { terms: { refundWindowDays: days } });
      assert.ok(texts.some(text => text.includes(left)) && (days === 0 || says.includes(left)), `${days} days: ${says}`);
    }
  });

  test('speaks English', async () => {
    const [{ says }] = await window('2026-11-24T10:00:00+08:00', { locale: 'en' });
    assert.equal(says, 'Refund window: paid on 2026-11-20, last day 2026-11-27; today is 2026-11-24, days to come: 3.');
    await window('2027-12-25T10:00:00+08:00', { locale: 'en' });
    await window('2026-11-27T10:00:00+08:00', { locale: 'en' });
  });

  test('is not there where no window counts', async () => {
    const order = cloudOrder('2026-11-24T10:00:00+08:00');
    for (const facts of [
      { ...order, edition: 'free_lifetime' },
      { ...order, order: { ...order.order, invoice: 'issued' } },
      { ...order, now: undefined },
      { ...order, order: { ...order.order, status: 'refunded' } },
    ]) assert.deepEqual(await draw('refund', facts), []);
  });
});

describe('cloud ledgers', () => {
  const renewal = (used, ordered) => ({ product: 'cloud_ledgers', cloud: { used, ordered, purpose: 'renew' } });

  test('more of them in use than ordered stick out over the limit (S-27)', async () => {
    const [{ kind, says, texts }] = await draw('purchase', renewal(5, 4));
    assert.equal(kind, 'cloud-ledgers');
    assert.equal(says, '云盘里现有 5 个账套；本单 4 个，少 1 个。');
    assert.deepEqual(texts, ['云盘里现有 5 个账套', '本单 4 个，少 1 个']);
    assert.ok(Math.abs(await share('excess') - 99.3 / 5) < .01);
  });

  test('as many as ordered are enough', async () => {
    const [{ says }] = await draw('purchase', renewal(5, 5));
    assert.match(says, /本单 5 个，够用/);
    assert.equal(await share('excess'), 0);
  });

  test('bought before count too when this order adds to them (S-25)', async () => {
    const [{ says }] = await draw('purchase', { product: 'cloud_ledgers', cloud: { used: 7, bought: 4, ordered: 2, purpose: 'add' } });
    assert.equal(says, '云盘里现有 7 个账套；已购买的加上本单共 6 个，少 1 个。');
  });

  test('none, and very many', async () => {
    for (const [used, ordered] of [[0, 0], [1, 0], [0, 1], [1_000_000, 1], [1, 1_000_000], [1_000_000, 1_000_000]]) {
      for (const locale of ['zh-CN', 'en']) assert.equal((await draw('purchase', renewal(used, ordered), { locale })).length, 1);
    }
  });

  test('are held against those bought when signing in (S-25), and when a refund has an alternative (S-28)', async () => {
    const [signIn] = await draw('entitlement', { edition: 'cloud', action: 'sign_in', cloud: { used: 6, bought: 4, ordered: 9 } });
    assert.equal(signIn.says, '云盘里现有 6 个账套；已购买 4 个，少 2 个。');
    const facts = cloudOrder('2026-11-24T10:00:00+08:00');
    const refund = await draw('refund', { ...facts, cloud: { used: 3, bought: 2 }, order: { ...facts.order, reason: 'wrong_quantity' } });
    assert.deepEqual(refund.map(({ kind }) => kind), ['refund-window', 'cloud-ledgers']);
  });

  test('are not there while a number is missing, or where nothing hangs on them', async () => {
    assert.deepEqual(await draw('purchase', { product: 'cloud_ledgers', cloud: { used: 5, bought: 5, purpose: 'renew' } }), []);
    assert.deepEqual(await draw('purchase', { product: 'cloud_ledgers', cloud: { used: 5, bought: 5, ordered: 4 } }), [], 'whether it renews or adds is not known');
    assert.deepEqual(await draw('purchase', { product: 'voucher_pack', cloud: { used: 5, ordered: 4 } }), []);
    assert.deepEqual(await draw('entitlement', { edition: 'free_lifetime', action: 'sign_in', cloud: { used: 5, bought: 4 } }), []);
  });
});

describe('vouchers', () => {
  const saving = (saved, bought) => ({ edition: 'free_lifetime', action: 'save_voucher', vouchers: { saved, bought } });

  test('are held against both published quotas, with those bought on top (S-15, S-16, S-18)', async () => {
    const [{ kind, says }] = await draw('entitlement', saving(60, 0));
    assert.equal(kind, 'vouchers');
    assert.equal(says, '已保存 60 张凭证；较低的额度共 50 张，超出 10 张；较高的额度共 100 张，还能存 40 张。');
    assert.ok(Math.abs(await share('unsure') - 99.3 * 10 / 100) < .01);
    assert.equal(await share('excess'), 0);
    const [topped] = await draw('entitlement', saving(60, 200));
    assert.equal(topped.says, '已保存 60 张凭证，另购 200 张；较低的额度共 250 张，还能存 190 张；较高的额度共 300 张，还能存 240 张。');
  });

  test('at the limits, none, and very many', async () => {
    for (const [saved, bought] of [[0, 0], [49, 0], [50, 0], [100, 0], [101, 0], [1_000_000, 0], [0, 1_000_000], [1_000_000, 1_000_000]]) {
      for (const locale of ['zh-CN', 'en']) assert.equal((await draw('entitlement', saving(saved, bought), { locale })).length, 1);
    }
  });

  test('have one quota where the terms name one', async () => {
    const [{ texts }] = await draw('entitlement', saving(120, 0), { terms: { voucherQuota: { assured: 100, claimed: 100 } } });
    assert.deepEqual(texts, ['已保存 120 张凭证', '额度共 100 张，超出 20 张']);
  });

  test('come with the purchase of more', async () => {
    const facts = { edition: 'free_lifetime', product: 'voucher_pack', vouchers: { saved: 99, bought: 0 } };
    assert.deepEqual((await draw('purchase', facts)).map(({ kind }) => kind), ['vouchers']);
    assert.deepEqual(await draw('purchase', { ...facts, product: 'ledger' }), []);
    assert.deepEqual(await draw('purchase', { ...facts, vouchers: { saved: 99 } }), []);
  });
});

describe('two places', () => {
  test('that agree are not shown where something else stops the buyer', async () => {
    const agree = where({ ledger: 'A账套', year: 2020 }, { ledger: 'A账套', year: 2020 });
    assert.equal((await draw('purchase', agree)).length, 1);
    assert.deepEqual(await draw('purchase', { ...agree, entry: 'website', edition: 'free_lifetime' }), []);
  });

  test('with one difference each way (S-13, S-14)', async () => {
    const [{ kind, says, texts }] = await draw('purchase', where({ ledger: 'B账套', year: 2020 }, { ledger: 'A账套', year: 2020 }));
    assert.equal(kind, 'places');
    assert.equal(says, '现在所在：B账套 2020年度；需要用在：A账套 2020年度。账套不一样。年度一样。');
    assert.deepEqual(texts, ['现在所在', '需要用在', 'B账套', 'A账套', '2020年度', '2020年度']);
    const states = () => page.$$eval('.sign', signs => signs.map(({ dataset }) => dataset.state));
    assert.deepEqual(await states(), ['block', undefined]);
    const [english] = await draw('purchase', where({ ledger: ' A账套\u3000', year: 2019 }, { ledger: 'A账套', year: 2020 }), { locale: 'en' });
    assert.equal(english.says, 'Started in: A账套, Year 2019; needed in: A账套, Year 2020. The same ledger. Different years.');
    assert.deepEqual(await states(), [undefined, 'block']);
  });

  test('that only call for a warning have its sign (S-11)', async () => {
    await draw('purchase', where({ ledger: 'B账套', year: 2020 }, { ledger: 'A账套', year: 2021 }, 'tax_filing'));
    assert.deepEqual(await page.$$eval('.sign', signs => signs.map(({ dataset }) => dataset.state)), ['warn', 'warn']);
  });

  test('with long names keep what tells them apart', async () => {
    const company = '上海市浦东新区某某某某进出口贸易有限责任公司第二分公司';
    const [{ texts }] = await draw('purchase', where({ ledger: company + '账套甲' + company, year: 2020 }, { ledger: company + '账套乙' + company, year: 2020 }));
    const [, , ...lines] = texts;
    assert.ok(lines.join('').includes('账套甲') && lines.join('').includes('账套乙'), String(texts));
    assert.ok(lines.length <= 8, String(texts));
    for (const [one, other] of [
      ['W'.repeat(1000), 'W'.repeat(999)], ['m@%&'.repeat(9), 'i'.repeat(90)], ['𠮷'.repeat(40), '𠮷'.repeat(39) + '野'],
      ['A Very Long Company Name (Shanghai) Limited', 'A Very Long Company Name (Shenzhen) Limited'], [' \n 甲 \t乙', '<b>&amp;'],
    ]) {
      const [picture] = await draw('purchase', where({ ledger: one }, { ledger: other }));
      assert.notEqual(picture.says.split('；')[0].slice(5), picture.says.split('；')[1].slice(4), picture.says);
    }
  });

  test('are not there for what has no place, or while one is missing', async () => {
    const [selected, need] = [{ ledger: 'A', year: 2020 }, { ledger: 'B', year: 2021 }];
    assert.deepEqual(await draw('purchase', where(selected, need, 'cloud_ledgers')), []);
    assert.deepEqual(await draw('purchase', { product: 'ledger', selected: { ledger: 'A' }, need: { year: 2020 } }), []);
    assert.deepEqual(await draw('purchase', { selected, need }), []);
    assert.deepEqual(await draw('refund', where(selected, need)), []);
    assert.deepEqual((await draw('purchase', { product: 'ledger', selected: { year: 2020 }, need })).map(({ texts }) => texts.length), [4]);
  });
});

test('each picture is an image with its sentence as its name', async () => {
  await draw('purchase', where({ ledger: 'B账套' }, { ledger: 'A账套' }));
  const { nodes } = await (await page.context().newCDPSession(page)).send('Accessibility.getFullAXTree');
  const images = nodes.filter(({ role }) => role && /^(image|img)$/.test(role.value));
  assert.deepEqual(images.map(({ name }) => name.value), ['现在所在：B账套；需要用在：A账套。账套不一样。']);
});
