// When the engine is refused, missing, damaged or late, the buyer can still buy, and knows what was not checked.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ENGINE, faults, open, page } from './lib.mjs';

/** How long a buyer should wait for an answer, and what a busy machine may add. */
const PATIENCE_MS = 3_000;
const SLACK_MS = 2_000;
const pause = delay => new Promise(resolve => setTimeout(resolve, delay));

/** What can become of both of the engine's files; where only one is lost, the other serves (wasm2js.test.mjs). */
const LOST = {
  'refused': route => route.abort(),
  'not there': route => route.fulfill({ status: 404, contentType: 'text/html', body: '<!DOCTYPE html><title>404</title>' }),
  'answered by a page that asks to sign in to the network': route => route.fulfill({ contentType: 'text/html', body: '<!DOCTYPE html><title>登录</title>' }),
  'cut short': async route => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.body()).subarray(0, 20_000) });
  },
  'never answered': () => {},
};

const canPay = () => page.getByRole('button', { name: /付款|payment/ }).evaluateAll(buttons => buttons.filter(button => button.getAttribute('aria-disabled') !== 'true').length > 0);
const pay = () => page.getByRole('button', { name: /付款|payment/ }).first().click();
/** A text can be seen, in the page or in an element's shadow tree. */
const told = (text, where = page.locator('main')) => where.getByText(text).filter({ visible: true }).first().waitFor();
const unavailable = () => page.waitForSelector('[data-verdict~=unavailable]', { state: 'attached' });
/** How long it took since the page was asked for. */
const elapsed = () => page.evaluate(() => performance.now());

describe('both of the engine’s files are', () => {
  for (const [what, answer] of Object.entries(LOST)) {
    test(`${what}: what was not checked is told, and the buyer goes on to pay`, async () => {
      for (const lang of ['', '&lang=en']) {
        await open('order.html?customer=zhou-qiming' + lang, { route: [ENGINE, answer], ready: 'h1' });
        await unavailable();
        assert.ok(await elapsed() < PATIENCE_MS + SLACK_MS);
        for (const unchecked of [/激活账户/, /系统认证/, lang ? /ledger/ : /账套/, lang ? /year/ : /年度/]) await told(unchecked);
        assert.ok(await canPay());
        await pay();
        const dialog = page.getByRole('dialog');
        await dialog.waitFor();
        await told(/B账套/, dialog);
        for (const fault of faults) assert.match(fault, /Failed to load resource|MIME type/, 'nothing but what the browser says of the files');
      }
    });

    test(`${what}: the member center names what to do about a refund`, async () => {
      await open('member.html?customer=he-jing', { route: [ENGINE, answer], ready: 'h1' });
      await unavailable();
      await page.locator('main').getByRole('button').first().click();
      await told(/021-58350168|636016246/, page.getByRole('dialog'));
    });
  }
});

describe('the module is ten seconds late', () => {
  const late = [/\.wasm$/, async route => {
    await pause(10_000);
    await route.continue().catch(() => {});
  }];
  const answered = verdict => page.waitForSelector(`[data-verdict=${verdict}]`, { state: 'attached', timeout: 15_000 });

  test('the page goes on without it after three seconds, and takes the answer when it comes', async () => {
    await open('order.html?customer=zhou-qiming', { route: late, ready: 'h1' });
    await unavailable();
    const waited = await elapsed();
    assert.ok(waited < PATIENCE_MS + SLACK_MS, `${waited} ms`);
    assert.ok(await canPay());
    await answered('block');
    assert.ok(!await canPay());
    assert.deepEqual(faults, []);
  });

  test('a buyer who has gone on to pay is not called back', async () => {
    await open('order.html?customer=lin-yue', { route: late, ready: 'h1' });
    await unavailable();
    await pay();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await answered('allow');
    assert.ok(await dialog.isVisible());
    assert.ok(await dialog.evaluate(dialog => dialog.contains(dialog.getRootNode().activeElement)), 'the focus stays');
  });
});

describe('without JavaScript', () => {
  for (const [place, ...checks] of [['order.html', /系统认证/, /账套/, /年度/], ['member.html', /636016246/, /021-58350168/]]) {
    test(`${place} is a printed list of the checks`, async () => {
      await open(place, { context: { javaScriptEnabled: false }, width: 320, ready: 'ol li' });
      const text = await page.locator('main').innerText();
      for (const check of checks) assert.match(text, check);
      assert.ok(await page.locator('ol li').count() >= 5);
      assert.deepEqual(faults, []);
    });
  }
});
