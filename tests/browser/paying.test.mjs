// <preflight-purchase> in a page that is not ours: the pay button, the steps, and paying though something was not checked.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { hold } from './events.mjs';
import { accessible, answer, element, heard, host, IN_ORDER, verdictIs, WAITING, WRONG_LEDGER } from './host.mjs';
import { ENGINE, focused, open, page, quiet } from './lib.mjs';

describe('the pay button of a host', () => {
  const BODY = '<form id="f"><preflight-purchase for="pay"></preflight-purchase><p id="own">¥99</p><input id="pay" type="submit" value="付款" aria-describedby="own"></form>';
  const count = () => page.evaluate(() => window.paid);
  const watch = page => page.addInitScript(() => {
    window.paid = 0;
    addEventListener('submit', event => { event.preventDefault(); window.paid++; });
  });

  test('when blocked is reached by a screen reader and says why; a press does not reach the host but leads to the reason', async () => {
    await host(BODY, { facts: WRONG_LEDGER, answered: 'block', prepare: watch });
    const told = await accessible('#pay');
    assert.equal(told.disabled, true);
    assert.match(told.description, /^¥99 现在不能付款：您是在账套“B账套”里点的购买/);
    await page.focus('#pay');
    await page.keyboard.press('Enter');
    assert.equal(await focused(), '原因');
    assert.equal(await count(), 0);
    assert.deepEqual(await heard('preflight-proceed'), []);
    await element().evaluate(check => { check.facts = { ...check.facts, selected: { ledger: 'A账套', year: 2020 } }; });
    await verdictIs('allow');
    assert.equal((await accessible('#pay')).disabled, false);
    await page.click('#pay');
    assert.equal(await count(), 1);
    const [detail] = await heard('preflight-proceed');
    assert.equal(detail.verdict, 'allow');
    assert.equal(detail.facts.selected.ledger, 'A账套');
    await quiet();
  });

  test('does nothing when the host keeps the buyer from going on', async () => {
    await host(BODY, { facts: IN_ORDER, answered: 'allow', prepare: watch });
    await page.evaluate(() => { window.refuse = 'preflight-proceed'; });
    await page.click('#pay');
    assert.equal(await count(), 0);
    assert.equal(await element().evaluate(check => check.proceed()), false);
    await page.evaluate(() => { window.refuse = undefined; });
    assert.equal(await element().evaluate(check => check.proceed()), true);
    await page.click('#pay');
    assert.equal(await count(), 1, 'the first that the host has heard of');
  });

  test('pressed while the engine is awaited goes on by itself once it may', async () => {
    const late = hold(ENGINE);
    await host(BODY, { facts: IN_ORDER, ready: WAITING, prepare: async page => {
      await watch(page);
      await page.route(...late.route);
    } });
    await page.click('#pay');
    await page.click('#pay');
    assert.equal(await count(), 0);
    late.letGo();
    await verdictIs('allow');
    await page.waitForFunction(() => window.paid > 0);
    await page.click('#pay');
    assert.equal(await count(), 2, 'once by itself, and by this press');
  });

  test('is given back as it was', async () => {
    await host(BODY, { facts: WRONG_LEDGER, answered: 'block', prepare: watch });
    await page.evaluate(() => document.querySelector('preflight-purchase').attach(null));
    assert.equal(await page.getAttribute('#pay', 'aria-describedby'), 'own');
    assert.equal(await page.getAttribute('#pay', 'aria-disabled'), null);
    await page.click('#pay');
    assert.equal(await count(), 1);
  });

  test('is not needed: the element has its own', async () => {
    await host('<preflight-purchase></preflight-purchase>', { facts: IN_ORDER, answered: 'allow' });
    await page.click('preflight-purchase [part=pay]');
    assert.equal((await heard('preflight-proceed')).length, 1);
  });
});

describe('a step inside the software', () => {
  const BOOKKEEPING = { ...IN_ORDER, product: 'bookkeeping', goal: 'add_vouchers' };

  test('is words, in both languages, and says where it is taken', async () => {
    for (const [lang, told] of [['zh-CN', /在软件里进入.*A账套.*再点“立即购买”.*这一步要在软件里做/s], ['en', /In the software open.*A账套.*done in the software/s]]) {
      await host(`<preflight-purchase lang="${lang}"></preflight-purchase>`, { facts: WRONG_LEDGER, answered: 'block' });
      assert.match(await page.innerText('[part=plan]'), told);
      assert.equal(await page.locator('[part=step]').count(), 0);
    }
  });

  test('that a warning proposes is words too', async () => {
    for (const [lang, told] of [['zh-CN', /这样买更稳妥：回到软件，点“立即购买”，改选“购买凭证”。/], ['en', /safer.*choose Voucher pack/s]]) {
      await host(`<preflight-purchase lang="${lang}"></preflight-purchase>`, { facts: BOOKKEEPING, answered: 'warn' });
      assert.match(await page.innerText('[part=plan]'), told);
      assert.equal(await page.locator('[part=step]').count(), 0);
    }
  });

  test('has a button where the host can switch, and changes nothing until the host hands over the new facts', async () => {
    await host('<preflight-purchase can-switch></preflight-purchase>', { facts: WRONG_LEDGER, answered: 'block' });
    await page.focus('[part=step]');
    await page.keyboard.press('Enter');
    assert.deepEqual(await heard('preflight-step'), [{ action: { name: 'select_ledger_year', ledger: 'A账套', year: 2020 }, changes: { 'selected.ledger': 'A账套' } }]);
    assert.equal(await answer(), 'block');
    assert.equal(await element().evaluate(check => check.payable), false);
    await page.evaluate(facts => { document.querySelector('preflight-purchase').facts = facts; }, IN_ORDER);
    await verdictIs('allow');
    assert.equal(await focused(), '可以购买', 'the button is gone, and the focus is at the new answer');
  });
});

describe('a step that changes the order', () => {
  const BY_TRANSFER = { ...IN_ORDER, payment: 'other' };
  const RENEWAL = { edition: 'cloud', product: 'cloud_ledgers', entry: 'website', cloud: { used: 5, ordered: 4, purpose: 'renew' }, member: { replacesOld: false } };

  test('is words where the host does not say that it takes it: its order would stay as it is', async () => {
    for (const [facts, attributes, action] of [[BY_TRANSFER, '', 'pay_with'], [RENEWAL, '', 'order_ledgers'], [RENEWAL, 'can-switch="pay_with"', 'order_ledgers']]) {
      await host(`<preflight-purchase ${attributes}></preflight-purchase>`, { facts, answered: 'block' });
      assert.equal(await page.locator(`[data-action=${action}]`).count(), 1);
      assert.equal(await page.locator('[part=step]').count(), 0, action);
    }
  });

  test('has a button where the host takes it, and changes nothing until the host hands over the new facts', async () => {
    for (const [facts, attributes, changes, changed] of [
      [BY_TRANSFER, 'can-switch', { payment: 'wechat' }, IN_ORDER],
      [RENEWAL, 'can-switch="pay_with order_ledgers"', { 'cloud.ordered': 5 }, { ...RENEWAL, cloud: { ...RENEWAL.cloud, ordered: 5 } }],
    ]) {
      await host(`<preflight-purchase ${attributes}></preflight-purchase>`, { facts, answered: 'block' });
      await page.locator('[part=step]').first().click();
      assert.deepEqual((await heard('preflight-step')).map(({ changes }) => changes), [changes]);
      assert.equal(await answer(), 'block');
      await page.evaluate(facts => { document.querySelector('preflight-purchase').facts = facts; }, changed);
      await verdictIs('allow');
    }
  });

  test('is taken here where the buyer answered it here, unless the host says otherwise', async () => {
    const { ordered, ...cloud } = RENEWAL.cloud;
    await host('<preflight-purchase></preflight-purchase>', { facts: { ...RENEWAL, cloud }, answered: 'unknown' });
    await page.fill('[data-fact="cloud.ordered"] input[type=text]', '4');
    await verdictIs('block');
    assert.deepEqual(await page.$$eval('.steps li', items => items.map(item => [item.dataset.action, item.querySelectorAll('button').length])), [['order_ledgers', 1], ['delete_ledgers', 0]], 'the way with a button comes first');
    await page.evaluate(() => { window.refuse = 'preflight-step'; });
    await page.click('[part=step]');
    assert.equal(await answer(), 'block');
    await page.evaluate(() => { window.refuse = undefined; });
    await page.click('[part=step]');
    await verdictIs('allow');
    assert.equal(await page.inputValue('[data-fact="cloud.ordered"] input[type=text]'), '5');
  });
});

describe('what the buyer cannot say', () => {
  const { member, activation, ...rest } = IN_ORDER;
  const UNSURE = { ...rest, member: { replacesOld: false } };
  const BODY = '<preflight-purchase for="pay"></preflight-purchase><button id="pay" onclick="window.paid = (window.paid || 0) + 1">付款</button>';
  const unsure = async fact => page.locator(`.asked [data-fact="${fact}"] .unsure input`).check();
  const NOT_CHECKED = ['member.account', 'activation.account', 'activation.notices'];

  test('is asked first, and after that there is a second way to pay, by keyboard, with a tick', async () => {
    await host(BODY, { facts: UNSURE, answered: 'unknown' });
    assert.equal(await page.locator('[part=unchecked]').count(), 0, 'questions come first');
    for (const fact of NOT_CHECKED.slice(0, 2)) await unsure(fact);
    assert.equal(await page.locator('[part=unchecked]').count(), 0);
    await unsure('activation.notices');
    assert.equal(await element().getAttribute('verdict'), 'unknown');
    assert.match(await page.textContent('.banner p'), /有 3 项还不清楚/);
    await page.focus('#pay');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => window.paid), undefined, 'the first way stays closed');
    assert.equal(await focused(), '有几项没有核对，仍要付款', 'and leads to the second');
    await page.keyboard.press('Enter');
    assert.equal(await focused(), 'dialog-title');
    assert.deepEqual(await page.$$eval('[part=unchecked-facts] li', items => items.map(item => item.dataset.fact)), NOT_CHECKED);
    assert.match(await page.innerText('.dialog'), /付了款就可能用不了.*636016246/s);
    await page.focus('[part=pay-unchecked]');
    await page.keyboard.press('Enter');
    assert.match(await page.innerText('.dialog .problem'), /请先勾选/);
    assert.equal(await focused(), 'unchecked-tick');
    assert.deepEqual(await heard('preflight-proceed'), []);
    await page.keyboard.press('Space');
    await page.focus('[part=pay-unchecked]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.dialog', { state: 'detached' });
    const [detail, ...more] = await heard('preflight-proceed');
    assert.deepEqual([detail.verdict, detail.unchecked, more], ['unknown', NOT_CHECKED, []]);
    assert.equal(await page.evaluate(() => window.paid), 1, 'the host’s own button goes on');
    await quiet();
  });

  test('can be said after all, and the second way is gone', async () => {
    await host(BODY, { facts: { ...UNSURE, member, activation: { account: '13800000001' } }, answered: 'unknown' });
    await unsure('activation.notices');
    await page.waitForSelector('[part=unchecked] button');
    await page.locator('[data-fact="activation.notices"] textarea').fill('认证超台数');
    await verdictIs('block');
    assert.equal(await page.locator('[part=unchecked]').count(), 0);
  });

  test('is no way around what speaks against paying', async () => {
    await host(BODY, { facts: { ...WRONG_LEDGER, activation: undefined }, answered: 'block' });
    assert.equal(await page.locator('[part=unchecked]').count(), 0);
  });

  test('stays said when the language changes', async () => {
    await host('<preflight-purchase></preflight-purchase>', { facts: UNSURE, answered: 'unknown' });
    for (const fact of NOT_CHECKED) await unsure(fact);
    await page.evaluate(() => { document.querySelector('preflight-purchase').locale = 'en'; });
    assert.equal(await page.innerText('[part=unchecked] button'), 'Pay without the missing checks');
    assert.ok(await page.locator('[data-fact="member.account"] .unsure input').isChecked());
    await page.click('[part=unchecked] button');
    assert.match(await page.innerText('.dialog'), /Not checked:.*may not work/s);
    assert.doesNotMatch(await page.innerText('.dialog'), /。/);
    await page.check('#unchecked-tick');
    await page.click('[part=pay-unchecked]');
    assert.deepEqual((await heard('preflight-proceed'))[0].unchecked, NOT_CHECKED);
  });

  test('how to pay is not asked: it is chosen at the till, and holds nobody', async () => {
    const { payment, ...facts } = IN_ORDER;
    for (const [lang, told] of [['zh-CN', '付款时请选微信支付或支付宝。'], ['en', 'When you pay, choose WeChat Pay or Alipay.']]) {
      await host(`<preflight-purchase lang="${lang}"></preflight-purchase>`, { facts, answered: 'allow' });
      assert.equal(await page.innerText('[part=payment]'), told);
      assert.equal(await page.locator('[data-fact=payment]').count(), 0);
      assert.equal(await element().evaluate(check => check.facts.payment), undefined, 'nobody said how');
      await page.click('[part=pay]');
      assert.deepEqual((await heard('preflight-proceed'))[0].unchecked, []);
    }
    await host('<preflight-purchase></preflight-purchase>', { facts: IN_ORDER, answered: 'allow' });
    assert.equal(await page.locator('[part=payment]').count(), 0, 'where the host says how, nothing is to be said');
  });
});
