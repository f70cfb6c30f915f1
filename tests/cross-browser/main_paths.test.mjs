// The main paths, under the strict security policy, in the browsers that people have besides today's Chromium.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { preview } from 'vite';
import { inLanguage } from '../browser/places.mjs';
import { BROWSERS } from './drivers.mjs';

const VERDICTS = {
  'lin-yue': 'allow', 'zhou-qiming': 'block', 'he-jing': 'block', 'wu-siyuan': 'warn',
  'zheng-yawen': 'block', 'sun-yiming': 'allow', 'ma-xiaodong': 'unknown', 'gao-lei': 'allow',
};
/** What a kernel says of a policy that is younger than itself; it matters to nobody. */
const YOUNGER = /^(The source list for Content Security Policy directive 'script-src' contains an invalid source: ''wasm-unsafe-eval''|Unrecognized Content-Security-Policy directive '(require-trusted-types-for|trusted-types)')/;
const DIALOG = 'dialog[open]';
const VERDICT = 'document.documentElement.dataset.verdict';

let server, origin;
before(async () => {
  server = await preview({ root: fileURLToPath(new URL('../../www', import.meta.url)), logLevel: 'silent', preview: { port: 0 } });
  origin = new URL(server.resolvedUrls.local[0]).origin;
});
after(() => server.close());

for (const [name, { missing, start }] of Object.entries(BROWSERS)) {
  const reason = missing();
  if (reason) console.log(`${name} is left out: ${reason}.`);
  describe(name, { skip: reason || false }, () => {
    let browser;
    const open = (path, ready) => browser.open(origin + '/' + (path.includes('lang=') ? path : inLanguage(path, 'zh-CN')), ready);
    before(async () => { browser = await start(); });
    after(() => browser && browser.close());
    const quiet = async () => assert.deepEqual((await browser.written()).filter(message => !YOUNGER.test(message)), []);

    for (const [customer, verdict] of Object.entries(VERDICTS)) {
      test(`the order page tells ${customer} ${verdict}`, async () => {
        await open('order.html?customer=' + customer);
        await browser.until(`${VERDICT} === "${verdict}"`);
        assert.ok(await browser.ask(`deep('h2', '${{ allow: '可以购买', warn: '可以购买，请先看提醒', block: '请先不要付款', unknown: '还不能下结论' }[verdict]}').length`));
        await quiet();
      });
    }

    test('a press on the mending button mends, and the way to the till is open', async () => {
      await open('order.html?customer=zheng-yawen');
      await browser.press('button', '把这一单');
      await browser.until(VERDICT + ' === "allow"');
      await browser.press('button', '去付款');
      await browser.until(`deep('${DIALOG}', "账套数量").length`);
      await quiet();
    });

    test('an answer to a question changes what is asked', async () => {
      await open('order.html?customer=ma-xiaodong&lang=en');
      await browser.until(VERDICT + ' === "unknown"');
      await browser.press('[data-fact="need"] input[value=no]');
      await browser.until(`deep('[data-fact="need.ledger"]').length`);
      await browser.press('[data-fact="need"] input[value=yes]');
      await browser.until(`!deep('[data-fact="need.ledger"]').length`);
      await quiet();
    });

    test('the member center shows how to have a refund, and gives the focus back', async () => {
      await open('member.html?customer=he-jing');
      await browser.until(VERDICT + ' === "refer"');
      await browser.press('button', '联系客服');
      await browser.until(`deep('${DIALOG}', "636016246").length`);
      await browser.press(DIALOG + ' button', '关闭');
      await browser.until(`!deep('${DIALOG}').length`);
      await quiet();
    });

    test('the catalogue runs an example', async () => {
      await open('rules.html?q=wrong_ledger', 'deep(".rule summary").length');
      await browser.press('.rule summary');
      await browser.press('[data-run]');
      await browser.until('deep(".result[data-verdict=block]").length');
      await quiet();
    });
  });
}
