// What a newcomer comes for, each done with the keyboard alone, from where the page puts one to the end.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { focused, open, page, quiet } from './lib.mjs';

/** Presses Tab until what has the focus says `text`; a person gives up sooner or later. */
async function tabTo(text) {
  for (let stops = 0; stops < 30; stops++) {
    await page.keyboard.press('Tab');
    if (await focused() === text) return;
  }
  assert.fail(`${text} was not reached; the focus is on ${await focused()}`);
}

const press = key => page.keyboard.press(key);
const becomes = expected => page.waitForFunction(expected => document.documentElement.dataset.verdict === expected, expected);
/** What is read from where the focus is: the part of the page that it is in. */
const read = selector => page.innerText(selector);

test('buy vouchers for the right ledger, starting from the wrong one', async () => {
  const from = (ledger, year) => 'order.html?edition=free_lifetime&product=voucher_pack&entry=in_app&payment=wechat&goal=add_vouchers&need.ledger=A账套&need.year=2020'
    + `&selected.ledger=${ledger}&selected.year=${year}&member.account=13800000001&member.replacesOld=false&activation.account=13800000001&activation.notices=`;
  await open(from('B账套', 2019));
  await press('Tab');
  await press('Enter'); // skip to the content
  await tabTo('pay');
  await press('Enter');
  assert.equal(await focused(), '原因', 'it does not pay');
  assert.match(await read('[part=plan]'), /在软件里进入.*A账套.*2020.*这一步要在软件里做/s);
  assert.equal(await page.locator('[part=plan] button').count(), 0);
  await open(from('A账套', 2020)); // as the software does once 立即购买 is clicked there
  assert.match(await read('.banner'), /可以购买/);
  await tabTo('pay');
  await press('Enter');
  assert.equal(await focused(), 'dialog-title');
  assert.match(await read('#confirm'), /购买凭证\s+现在所在\s+A账套 2020年度/);
  await tabTo('去收银台');
  await press('Enter');
  assert.match(await read('#confirm [role=status]'), /没有扣款/);
  await quiet();
});

test('learn that the free edition’s activation is invalid, and what to do', async () => {
  await open('order.html?customer=he-jing');
  await tabTo('pay');
  await press('Enter');
  assert.equal(await focused(), '原因');
  assert.match(await read('[part=reasons]'), /认证超台数.*请先不要购买/s);
  assert.match(await read('[part=plan]'), /联系客服/);
  assert.match(await read('.contacts'), /636016246/);
  await quiet();
});

test('renew four cloud ledgers with five in use', async () => {
  await open('order.html?customer=zheng-yawen');
  assert.match(await read('[part=reasons]'), /4 个账套，少于云盘版里现有的 5 个/);
  assert.match(await read('[part=plan]'), /删除 1 个不再使用的账套/, 'the other way is told too');
  await tabTo('把这一单改为 5 个');
  await press('Enter');
  await becomes('allow');
  await tabTo('pay');
  await press('Enter');
  assert.match(await read('#confirm'), /账套数量\s+5/);
  await quiet();
});

test('find until when an order can be refunded', async () => {
  await open('member.html?customer=sun-yiming');
  assert.match(await read('.order [part=status]'), /2026年11月24日 24:00/, 'at a glance');
  await tabTo('申请退款');
  await press('Enter');
  assert.equal(await focused(), 'dialog-title');
  assert.match(await read('.dialog .banner'), /可以自己申请退款\s+2026年11月24日 24:00/);
  await press('Escape');
  await page.waitForSelector('.dialog', { state: 'detached' });
  assert.equal(await focused(), '申请退款');
  await quiet();
});

test('find the QQ group for an invoiced order', async () => {
  await open('member.html?customer=he-jing');
  await page.context().grantPermissions(['clipboard-read']);
  await tabTo('联系客服');
  await press('Enter');
  assert.match(await read('.contacts'), /QQ群\s+636016246[^]*申请退款/);
  await tabTo('复制');
  await press('Enter');
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), '636016246');
  assert.match(await read('.contacts [role=status]'), /已复制 636016246/);
  await quiet();
});

test('buy though it is not clear what 系统认证 shows', async () => {
  for (const [lang, notSure, way, tick, pay, done] of [
    ['', '还不清楚', '有几项没有核对，仍要付款', /用不了/, '仍要付款', /没有核对的是/],
    ['&lang=en', 'Not sure', 'Pay without the missing checks', /may not work/, 'Pay all the same', /Not checked/],
  ]) {
    await open('order.html?customer=ma-xiaodong' + lang);
    await tabTo('fact-need-yes');
    await press('Space');
    for (const fact of ['activation-account', 'activation-notices']) {
      await tabTo(`fact-${fact}-unsure`);
      await press('Space');
    }
    await tabTo(way);
    await press('Enter');
    assert.equal(await focused(), 'dialog-title');
    assert.match(await read('.dialog'), tick);
    await tabTo('unchecked-tick');
    await press('Space');
    await tabTo(pay);
    await press('Enter');
    assert.equal(await focused(), 'dialog-title');
    assert.match(await read('#confirm'), done);
    assert.match(await read('#confirm'), /系统认证/);
    assert.equal(await page.locator('label', { hasText: notSure }).count() > 0, true);
    await quiet();
  }
});

test('see that a refund is under review, until when, and whom to ask once that is past', async () => {
  for (const [lang, about, when, until, contact, overdue, due] of [
    ['', '退款审核说明', /申请退款：2026年11月23日 10:00/, /已申请退款\s+2026年11月26日 24:00/, '联系客服', /已超过公布的时限.*021-58350168/s, /2026年11月26日/],
    ['&lang=en', 'About the review', /Refund applied for on 2026-11-23 10:00/, /by 2026-11-26 24:00/, 'Contact support', /021-58350168/, /2026-11-26/],
  ]) {
    await open('member.html?customer=chen-li' + lang);
    assert.match(await read('.order .about'), when);
    assert.match(await read('.order [part=status]'), until, 'at a glance');
    await tabTo(about);
    await press('Enter');
    assert.equal(await page.locator('[part=apply]').count(), 0, 'nobody applies twice');
    assert.match(await read('.dialog [data-code=REVIEW_DUE]'), due);
    await open('member.html?customer=tang-min' + lang);
    await tabTo(contact);
    await press('Enter');
    assert.match(await read('.dialog'), overdue);
    await quiet();
  }
});
