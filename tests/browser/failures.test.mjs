// When the engine is refused, missing, damaged or late, the buyer can still buy, and knows what was not checked.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hold, mark, runUntil } from './events.mjs';
import { ENGINE, faults, open, page, quiet } from './lib.mjs';

/** How long a buyer should wait for an answer, by the page's clock. */
const PATIENCE_MS = 3_000;

/** What can become of both of the engine's files; where only one is lost, the other serves (wasm2js.test.mjs). */
const LOST = {
  'refused': route => route.abort(),
  'not there': route => route.fulfill({ status: 404, contentType: 'text/html', body: '<!DOCTYPE html><title>404</title>' }),
  'answered by a page that asks to sign in to the network': route => route.fulfill({ contentType: 'text/html', body: '<!DOCTYPE html><title>登录</title>' }),
  'cut short': async route => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.body()).subarray(0, 20_000) });
  },
};
const NEVER = 'never answered';

const canPay = () => page.getByRole('button', { name: /付款|payment/ }).evaluateAll(buttons => buttons.filter(button => button.getAttribute('aria-disabled') !== 'true').length > 0);
const pay = () => page.getByRole('button', { name: /付款|payment/ }).first().click();
/** A text can be seen, in the page or in an element's shadow tree. */
const told = (text, where = page.locator('main')) => where.getByText(text).filter({ visible: true }).first().waitFor();
const answered = verdict => page.waitForSelector(`[data-verdict~=${verdict}]`, { state: 'attached' });
const verdict = () => page.evaluate(() => document.documentElement.dataset.verdict);

/** Opens a page that does without the engine as soon as it knows that it can't be had: no time passes on it. */
async function openWithout(path, answer) {
  await open(path, { route: [ENGINE, answer], ready: '[data-verdict~=unavailable]' });
}

/** Opens a page that waits for the engine as long as it should, and not longer. */
async function openInVain(path, route) {
  await open(path, { route, ready: 'body' });
  await runUntil(page, ':is(preflight-purchase, preflight-refund) >> [data-state=waiting]');
  await page.clock.runFor(PATIENCE_MS - 100);
  assert.equal(await verdict(), undefined);
  await page.clock.runFor(100);
  await answered('unavailable');
}

describe('both of the engine’s files are', () => {
  for (const what of [...Object.keys(LOST), NEVER]) {
    const openLosing = path => what === NEVER ? openInVain(path, hold(ENGINE).route) : openWithout(path, LOST[what]);

    test(`${what}: what was not checked is told, and the buyer goes on to pay`, async () => {
      for (const lang of ['', '&lang=en']) {
        await openLosing('order.html?customer=zhou-qiming' + lang);
        for (const unchecked of [/激活账户/, /系统认证/, lang ? /ledger/ : /账套/, lang ? /year/ : /年度/]) await told(unchecked);
        assert.ok(await canPay());
        await pay();
        const dialog = page.getByRole('dialog');
        await dialog.waitFor();
        await told(/B账套/, dialog);
        await mark(page);
        for (const fault of faults) assert.match(fault, /Failed to load resource|MIME type/, 'nothing but what the browser says of the files');
      }
    });

    test(`${what}: the member center names what to do about a refund`, async () => {
      await openLosing('member.html?customer=he-jing');
      await page.locator('main').getByRole('button').first().click();
      await told(/021-58350168|636016246/, page.getByRole('dialog'));
    });
  }
});

describe('the module is late', () => {
  const MODULE = /\.wasm$/;

  test('the page goes on without it after three seconds, and takes the answer when it comes', async () => {
    const late = hold(MODULE);
    await openInVain('order.html?customer=zhou-qiming', late.route);
    assert.ok(await canPay());
    late.letGo();
    await answered('block');
    assert.ok(!await canPay());
    await quiet();
  });

  test('a buyer who has gone on to pay is not called back', async () => {
    const late = hold(MODULE);
    await openInVain('order.html?customer=lin-yue', late.route);
    await pay();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    late.letGo();
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
      await quiet();
    });
  }
});
