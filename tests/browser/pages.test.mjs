// The pages in a browser: every verdict can be reached and is shown, and nothing stops a sale but a refusal.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ENGINE, focused, open, page, quiet } from './lib.mjs';

const IN_ORDER = 'edition=free_lifetime&product=voucher_pack&entry=in_app&payment=wechat&need.ledger=A账套&need.year=2020&selected.ledger=A账套&selected.year=2020'
  + '&member.account=13800000001&activation.account=13800000001&activation.notices=';

const verdict = () => page.evaluate(() => document.documentElement.dataset.verdict);
const becomes = expected => page.waitForFunction(expected => document.documentElement.dataset.verdict === expected, expected);
/** The verdict on all that the page and its form hold by now. */
const checked = () => page.$eval('preflight-purchase', element => element.check().verdict);
const codes = () => page.$$eval('preflight-purchase .reasons [data-code]', items => items.map(item => item.dataset.code));
/** A field of what the element asks for. */
const field = fact => page.locator(`:is(preflight-purchase, preflight-refund) [data-fact="${fact}"]`);
/** A field of what the page was handed. */
const handed = async fact => {
  if (!await page.locator('#change[open]').count()) await page.click('#change > summary');
  return page.locator(`#change [data-fact="${fact}"]`);
};
const choose = (fact, value) => field(fact).locator(`input[value="${value}"]`).check();
/** Clicks what says it is disabled: a buyer can, though Playwright would wait for it. */
const press = selector => page.click(selector, { force: true });
const payable = async () => await page.getAttribute('#pay', 'aria-disabled') === 'false';

describe('order page', () => {
  const CUSTOMERS = {
    'lin-yue': ['allow', []],
    'zhou-qiming': ['block', ['WRONG_LEDGER', 'WRONG_YEAR']],
    'he-jing': ['block', ['ACTIVATION_MACHINE_LIMIT']],
    'wu-siyuan': ['warn', ['FEATURE_LEDGER_DIFFERS', 'GOAL_NEEDS_VOUCHERS']],
    'zheng-yawen': ['block', ['RENEWAL_BELOW_USED']],
    'sun-yiming': ['allow', []],
    'ma-xiaodong': ['unknown', []],
    'gao-lei': ['allow', []],
    'chen-li': ['warn', ['TOP_UP_UNSTATED']],
    'tang-min': ['allow', []],
    'xu-wenjing': ['allow', []],
  };
  for (const [customer, [expected, reasons]] of Object.entries(CUSTOMERS)) {
    test(`${customer} is told ${expected}, and can pay only on allow or warn`, async () => {
      await open('order.html?customer=' + customer);
      assert.equal(await verdict(), expected);
      assert.deepEqual(await codes(), reasons);
      assert.equal(await payable(), expected === 'allow' || expected === 'warn');
      await quiet();
    });
  }

  test('it asks only for what is missing, and answers as the form changes: unknown, allow, warn, block', async () => {
    await open('order.html?customer=ma-xiaodong');
    assert.equal(await verdict(), 'unknown');
    assert.equal(await page.locator('.asked [data-fact="product"]').count(), 0, 'the software has said what is bought');
    await choose('need', 'yes');
    await field('activation.account').locator('input[type=text]').fill('13800000007');
    assert.equal(await checked(), 'unknown');
    await choose('activation.notices', 'none');
    await becomes('allow');
    assert.ok(await payable());

    await page.locator('preflight-purchase .optional summary').click();
    await choose('goal', 'close_books');
    await choose('opened', 'none');
    await becomes('warn');
    assert.deepEqual(await codes(), ['GOAL_NEEDS_LEDGER']);
    assert.equal(await page.textContent('#pay'), '我已看过提醒，去付款');

    await choose('need', 'no');
    await field('need.ledger').locator('input[type=text]').fill('别的账');
    await becomes('block');
    assert.deepEqual(await codes(), ['WRONG_LEDGER', 'GOAL_NEEDS_LEDGER']);
    assert.ok(!await payable());
    assert.ok(await page.locator('.steps li').count() > 0, 'a refusal says what to do');

    await field('need.ledger').locator('input[type=text]').fill('');
    await becomes('unknown');
    await quiet();
  });

  test('a warning that another choice in the software lifts says so in words', async () => {
    await open('order.html?customer=wu-siyuan');
    assert.deepEqual(await codes(), ['FEATURE_LEDGER_DIFFERS', 'GOAL_NEEDS_VOUCHERS']);
    assert.deepEqual(await page.locator('.steps li > span').allTextContents(), ['这样买更稳妥：在软件里进入A账套，点“立即购买”，选“购买凭证”。']);
    assert.equal(await page.locator('.steps button').count(), 0);
    await quiet();
  });

  test('what the software settles cannot be changed on the page, what the website settles can', async () => {
    await open('order.html?customer=zhou-qiming');
    const offered = () => page.$$eval('#change [data-fact]', fields => fields.map(field => field.dataset.fact));
    for (const path of ['product', 'entry', 'selected.ledger', 'selected.year']) assert.ok(!(await offered()).includes(path), path);
    assert.ok((await offered()).includes('need.ledger'));
    await open('order.html?customer=zheng-yawen');
    assert.ok((await offered()).includes('product'));
  });

  const WARNED = 'order.html?edition=free_lifetime&product=bookkeeping&entry=in_app&payment=wechat&need.ledger=A账套&need.year=2026'
    + '&member.account=13800000001&activation.account=13800000001&activation.notices=';
  for (const [what, facts, codesBefore, way] of [
    ['the ledger', '&selected.ledger=B账套&selected.year=2026&member.replacesOld=false&opened=', ['FEATURE_LEDGER_DIFFERS'], '在软件里进入A账套，再点“立即购买”。'],
    ['what is bought', '&selected.ledger=A账套&selected.year=2026&member.replacesOld=false&goal=close_books&opened=', ['GOAL_NEEDS_LEDGER'], '回到软件，点“立即购买”，改选“开通账套”。'],
    ['what is bought and the year', '&selected.ledger=A账套&selected.year=2025&member.replacesOld=false&goal=close_books&opened=', ['FEATURE_YEAR_DIFFERS', 'GOAL_NEEDS_LEDGER'], '在软件里进入2026年度，点“立即购买”，选“开通账套”。'],
    ['the ledger, and leaves another', '&selected.ledger=B账套&selected.year=2026&member.replacesOld=false&opened=bookkeeping', ['ALREADY_OPENED', 'FEATURE_LEDGER_DIFFERS'], '在软件里进入A账套，再点“立即购买”。'],
  ]) {
    test(`it proposes to change ${what}`, async () => {
      await open(WARNED + facts);
      assert.deepEqual((await codes()).sort(), codesBefore.sort());
      assert.deepEqual(await page.locator('.steps li > span').allTextContents(), ['这样买更稳妥：' + way]);
    });
  }

  test('what is read as one is in one line, however short that is', async () => {
    await open('member.html?customer=sun-yiming', { width: 320 });
    await page.locator('main [aria-haspopup=dialog]').first().click();
    const whole = page.locator('.dialog .whole');
    const texts = await whole.allTextContents();
    for (const text of ['2026年11月24日', '2026年11月27日', '“申请退款”']) assert.ok(texts.includes(text), text + ' of ' + texts);
    assert.deepEqual(await whole.evaluateAll(all => all.filter(one => one.getClientRects().length > 1).map(one => one.textContent)), []);
  });

  test('a warning that nothing on the page lifts has none', async () => {
    for (const [facts, code] of [['&opened=&member.replacesOld=true', 'ACTIVATION_NOTICE_UNKNOWN'], ['&opened=bookkeeping', 'ALREADY_OPENED']]) {
      await open((WARNED + '&selected.ledger=A账套&selected.year=2026' + facts).replace('notices=', code === 'ACTIVATION_NOTICE_UNKNOWN' ? 'notices=请稍后' : 'notices='));
      assert.deepEqual(await codes(), [code]);
      assert.equal(await page.locator('.steps li').count(), 0, 'nobody is sold something else for ' + code);
    }
  });

  test('the pay button, when blocked, says why and leads to the reason; it never opens the till', async () => {
    await open('order.html?customer=zhou-qiming');
    await press('#pay');
    assert.equal(await focused(), '原因');
    assert.ok(await page.isHidden('#confirm'));
    assert.match(await page.textContent('#pay-why'), /^现在不能付款：./);
    assert.match(await page.textContent('.banner p'), /^您是在账套“B账套”里点的购买，但需要用的是账套“A账套”。另外还有 1 处。/, 'the banner names the cause');
  });

  test('the pay button, when something is missing, leads to the first open question', async () => {
    await open('order.html?customer=ma-xiaodong');
    assert.match(await page.textContent('#pay-why'), /还/);
    await press('#pay');
    assert.ok(await page.evaluate(() => !!document.activeElement.shadowRoot.activeElement.closest('.asked')));
    assert.ok(await page.isHidden('#confirm'));
  });

  test('a reason names its clauses, and the article and section by titles to read', async () => {
    await open('order.html?customer=zhou-qiming');
    const basis = page.locator('.reasons details').first();
    await basis.locator('summary').click();
    assert.match(await basis.innerText(), /S-13、S-11\s+终身免费版：买了用不了 · 第 2\.2\.1 点/);
  });

  test('the confirm panel says what the till is given, with the account masked', async () => {
    // However the account is written.
    for (const account of ['+86 138-0000-0001', '１３８－００００－０００１', '138\u20660000\u20690001', '1\ufe0f\u20e338\u00ad0000·0001']) {
      await open('order.html?' + IN_ORDER.replaceAll('13800000001', encodeURIComponent(account)));
      await page.click('#pay');
      assert.equal(await page.locator('#confirm dd').nth(4).textContent(), '138****0001', account);
    }
    await open('order.html?' + IN_ORDER);
    assert.equal(await verdict(), 'allow');
    await page.click('#pay');
    assert.deepEqual(await page.$$eval('#confirm dd', items => items.map(item => item.textContent)),
      ['终身免费版', '购买凭证', 'A账套 2020年度', 'A账套 2020年度', '138****0001', '微信支付']);
    await page.click('#confirm .primary');
    assert.match(await page.textContent('#confirm [role=status]'), /没有扣款/);
  });

  test('an activation that may not buy is told before a product is chosen', async () => {
    await open('order.html?edition=free_lifetime&member.account=13800000001&activation.account=&activation.notices=');
    assert.equal(await verdict(), 'unknown');
    assert.equal(await page.getAttribute('.activation', 'data-state'), 'block');
    assert.equal(await page.getAttribute('.activation', 'data-codes'), 'ACTIVATION_ACCOUNT_BLANK');
  });

  test('parameters that cannot be used are told in plain words, and the form stays usable', async () => {
    await open('order.html?' + IN_ORDER.replace('need.year=2020', 'need.year=20x0').replace('need.ledger', 'need.legder') + '&utm_source=mail');
    assert.equal(await verdict(), 'unknown');
    const notice = await page.textContent('.notice');
    assert.match(notice, /need\.legder/);
    assert.match(notice, /请填整数/);
    assert.doesNotMatch(notice, /utm_source|FactsError|wrong_type/);
    assert.equal(await field('need.year').locator('input[type=text]').getAttribute('aria-invalid'), 'true');
    await field('need.year').locator('input[type=text]').fill('2020');
    assert.match(await field('need').innerText(), /您需要用在 A账套 吗？/);
    await choose('need', 'yes');
    await becomes('allow');
    await quiet();
  });

  test('an object in place of a value is asked for again, and is not among what is bought', async () => {
    await open('order.html?customer=lin-yue');
    await page.evaluate(() => {
      const check = document.querySelector('preflight-purchase');
      check.facts = { ...check.facts, edition: {} };
    });
    await field('edition').waitFor();
    assert.doesNotMatch(await page.textContent('body'), /\[object/);
  });

  test('a number out of bounds is refused at its field, with the bounds', async () => {
    await open('order.html?customer=ma-xiaodong');
    await choose('need', 'no');
    const problem = field('need.year').locator('.problem');
    await field('need.year').locator('input[type=text]').fill('1900');
    await checked();
    assert.equal(await problem.textContent(), '', 'no complaint while it is being typed');
    await page.keyboard.press('Tab');
    assert.match(await problem.textContent(), /1990.*2100/);
    assert.equal(await field('need.year').locator('input[type=text]').getAttribute('aria-invalid'), 'true');
  });

  test('what the page was handed can be changed on it, and is checked anew', async () => {
    await open('order.html?' + IN_ORDER);
    await (await handed('need.ledger')).locator('input').fill('别的账');
    assert.equal(await checked(), 'allow', 'not while it is being typed');
    await page.keyboard.press('Tab');
    await becomes('block');
    assert.equal(await focused(), 'fact-need-year', 'the focus stays on the page’s fields');
    await (await handed('need.ledger')).locator('input').fill('A账套');
    await page.keyboard.press('Tab');
    await becomes('allow');
  });

  test('without the engine the buyer can still buy', async () => {
    await open('order.html?' + IN_ORDER, { route: [ENGINE, route => route.abort()] });
    assert.equal(await verdict(), 'unavailable');
    assert.ok(await payable());
    await page.click('#pay');
    assert.ok(await page.isVisible('#confirm'));
    assert.match(await page.textContent('#confirm'), /购买凭证.*A账套/);
  });

  test('without the sample data the form is still there', async () => {
    await open('order.html?customer=lin-yue', { route: ['**/sample/*', route => route.abort()] });
    assert.equal(await verdict(), 'unknown');
    assert.ok(await field('edition').count() > 0);
  });

  test('the language is kept in the address, and the answers stay', async () => {
    await open('order.html?customer=ma-xiaodong');
    await choose('need', 'yes');
    await page.click('#language');
    assert.equal(await page.evaluate(() => location.search), '?customer=ma-xiaodong&lang=en');
    assert.equal(await page.getAttribute('html', 'lang'), 'en');
    assert.equal(await page.textContent('h1'), 'Check before you buy');
    assert.ok(await field('need').locator('input[value=yes]').isChecked());
    assert.equal(await focused(), 'language');
    await page.reload();
    assert.equal(await page.textContent('h1'), 'Check before you buy');
    await page.click('#language');
    assert.equal(await page.evaluate(() => location.search), '?customer=ma-xiaodong');
    assert.equal(await page.textContent('h1'), '购买前核对');
    await quiet();
  });

  test('the browser’s language is the page’s, unless the address names one', async () => {
    await open('order.html?customer=lin-yue', { context: { locale: 'en-US' } });
    assert.equal(await page.textContent('h1'), 'Check before you buy');
    await page.click('#language');
    assert.equal(await page.evaluate(() => location.search), '?customer=lin-yue&lang=zh-CN');
    await page.reload();
    await page.locator('h1', { hasText: '购买前核对' }).waitFor();
    await page.selectOption('#customer', 'gao-lei');
    await page.click('.demo button');
    await page.waitForURL('**/order.html?customer=gao-lei&lang=zh-CN');
    await page.locator('h1', { hasText: '购买前核对' }).waitFor();
    await quiet();
  });

  test('while what was handed over is edited, the verdict and the pay button stay in sight', async () => {
    await open('order.html?customer=zhou-qiming');
    const inSight = async selector => page.locator(selector).evaluate(element => {
      const { top, bottom } = element.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    });
    await page.click('#change > summary');
    const fields = page.locator('#change input, #change select, #change textarea');
    for (const field of [fields.last(), fields.first()]) {
      await field.focus();
      for (const selector of ['.banner', '#pay', '#change :focus']) assert.ok(await inSight(selector), selector);
    }
  });

  test('on a phone the pay bar says why only while the verdict is out of sight', async () => {
    await open('order.html?customer=zhou-qiming', { width: 375 });
    await page.locator('.banner').scrollIntoViewIfNeeded();
    await page.waitForSelector('.till:not(.away)');
    assert.ok(await page.isHidden('#pay-why'));
    await page.locator('.receipt').scrollIntoViewIfNeeded();
    await page.waitForSelector('.till.away');
    assert.ok(await page.isVisible('#pay-why'));
  });

  test('in English no Chinese sentence is left', async () => {
    await open('order.html?customer=zhou-qiming&lang=en');
    assert.doesNotMatch(await page.textContent('main'), /。/);
  });

  test('by keyboard alone: skip to the content, reach the pay button, read the panel, go back', async () => {
    await open('order.html?' + IN_ORDER);
    await page.keyboard.press('Tab');
    assert.equal(await focused(), '跳到主要内容');
    await page.keyboard.press('Enter');
    assert.equal(await focused(), 'main');
    for (let stops = 0; stops < 30 && await focused() !== 'pay'; stops++) await page.keyboard.press('Tab');
    assert.equal(await focused(), 'pay');
    await page.keyboard.press('Enter');
    assert.equal(await focused(), 'dialog-title');
    await page.keyboard.press('Escape');
    await page.waitForSelector('#confirm', { state: 'detached' });
    assert.equal(await focused(), 'pay');
  });

  test('typing does not move the field from under the hand', async () => {
    await open('order.html?customer=ma-xiaodong');
    await choose('need', 'no');
    await field('need.ledger').locator('input[type=text]').focus();
    await page.keyboard.type('2026账');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab'); // past “not sure”
    assert.equal(await focused(), 'fact-need-year');
    await page.keyboard.type('2026');
    assert.equal(await field('need.year').locator('input[type=text]').inputValue(), '2026');
  });

  test('a change of verdict is announced once', async () => {
    await open('order.html?' + IN_ORDER.replace('&need.ledger=A账套', ''));
    await page.evaluate(() => {
      window.heard = [];
      const region = document.querySelector('preflight-purchase').shadowRoot.querySelector('[role=status][aria-live=polite]');
      new MutationObserver(() => window.heard.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
    });
    const heard = () => page.evaluate(() => window.heard);
    await page.clock.runFor(1_000);
    assert.deepEqual(await heard(), ['还不能下结论']);
    await choose('need', 'no');
    await field('need.ledger').locator('input[type=text]').focus();
    for (const key of ['A', '账', '套', 'Backspace', '套', 'Backspace']) await page.keyboard[key.length > 1 ? 'press' : 'insertText'](key);
    assert.equal(await checked(), 'block');
    assert.deepEqual(await heard(), ['还不能下结论'], 'not while it is being typed');
    await page.clock.runFor(60_000);
    assert.deepEqual(await heard(), ['还不能下结论', '请先不要付款']);
  });
});

describe('member page', () => {
  const CUSTOMERS = {
    'lin-yue': ['allow', 'block'],
    'zhou-qiming': ['allow'],
    'he-jing': ['refer'],
    'wu-siyuan': ['warn'],
    'zheng-yawen': ['warn', 'refer'],
    'sun-yiming': ['allow', 'refer'],
    'ma-xiaodong': ['block', 'unknown'],
    'gao-lei': ['refer'],
    'chen-li': ['allow'],
    'tang-min': ['refer'],
    'xu-wenjing': ['allow', 'allow'],
  };
  for (const [customer, rows] of Object.entries({
    'lin-yue': [['allow', '可自助退款', '说明里没有写期限'], ['unknown', '已退款', '这笔订单已经退过款，不能再退一次。']],
    'sun-yiming': [['allow', '可自助退款', '2026年11月24日 24:00 前可以自己申请'], ['refer', '找客服办理', '自己申请退款的期限是付款后 7 天内，这笔订单到2026年11月23日 24:00 为止，已经过了。']],
    'chen-li': [['allow', '已申请退款', '2026年11月26日 24:00 前应审核退款']],
    'xu-wenjing': [['allow', '可自助退款', '说明里没有写期限'], ['allow', '已申请退款', '这笔订单已经申请退款，正在审核，不用再申请。']],
    'tang-min': [['refer', '已申请退款，过了期限', '这笔订单已经申请退款，但已超过公布的时限（3 个工作日内完成审核退款）。']],
    'ma-xiaodong': [['unknown', '未付款', '这笔订单还没有付款，没有可退的款；不想要了，不付款就行。'], ['unknown', '还差几项信息', '这笔订单的发票申请了吗？下载了吗？']],
  })) {
    test(`the list says of each order of ${customer} whether and until when, or why not`, async () => {
      await open('member.html?customer=' + customer);
      assert.deepEqual(await page.$$eval('.order .state', states => states.map(state => [state.querySelector('.tag').dataset.state, ...Array.from(state.children, child => child.textContent)])), rows);
    });
  }

  const BUTTON = { allow: '申请退款', warn: '申请退款', refer: '联系客服', block: '不能退款的原因', unknown: '补充信息' };
  for (const [customer, expected] of Object.entries(CUSTOMERS)) {
    test(`the orders of ${customer} can be refunded: ${expected.join(', ')}`, async () => {
      await open('member.html?customer=' + customer);
      assert.equal(await verdict(), expected.join(' '));
      const buttons = { 'chen-li': ['退款审核说明'], 'xu-wenjing': ['申请退款', '退款审核说明'] }[customer] || expected.map(name => BUTTON[name]);
      assert.deepEqual(await page.$$eval('.order .refund > button', buttons => buttons.map(button => button.textContent)), buttons);
      await quiet();
    });
  }

  test('answering in the dialog changes the verdict: unknown, allow, refer', async () => {
    await open('member.html?customer=ma-xiaodong');
    await page.locator('.order .refund > button').nth(1).click();
    await choose('order.invoice', 'none');
    assert.equal(await page.getAttribute('.dialog .banner', 'data-state'), 'allow');
    await choose('order.invoice', 'requested');
    assert.equal(await page.getAttribute('.dialog .banner', 'data-state'), 'refer');
    assert.match(await page.textContent('.dialog'), /636016246/);
    await page.keyboard.press('Escape');
    await becomes('block refer');
    await quiet();
  });

  test('the last day of the window is named, and the day after it support takes over', async () => {
    await open('member.html?customer=sun-yiming');
    assert.equal(await page.locator('.order').nth(0).locator('.refund .deadline').textContent(), '2026年11月24日 24:00 前可以自己申请');
    assert.equal(await page.locator('.order').nth(1).locator('.deadline').count(), 0);
  });

  test('a refund through support says what to have ready, whom to ask, and when the review is due', async () => {
    await open('member.html?customer=he-jing');
    await page.click('.order .refund > button');
    assert.match(await page.textContent('.ready'), /2611150307/);
    assert.match(await page.textContent('.ready'), /手机号/);
    assert.match(await page.textContent('.dialog'), /636016246/);
  });

  test('the review date of a cloud refund is shown', async () => {
    await open('member.html?customer=zheng-yawen');
    await page.click('.order .refund > button');
    assert.match(await page.textContent('.dialog [data-code=REVIEW_DUE]'), /2026年11月27日/);
  });

  test('the dialog keeps the focus and gives it back', async () => {
    await open('member.html?customer=he-jing');
    await page.focus('.order .refund > button');
    await page.keyboard.press('Enter');
    assert.equal(await focused(), 'dialog-title');
    const outside = () => page.evaluate(() => {
      const { activeElement } = document;
      const within = activeElement.shadowRoot && activeElement.shadowRoot.activeElement;
      return activeElement !== document.body && !(within && within.closest('dialog')) && activeElement.outerHTML;
    });
    for (let stops = 0; stops < 25; stops++) {
      await page.keyboard.press('Tab');
      assert.equal(await outside(), false, 'focus left the dialog');
    }
    await page.keyboard.press('Shift+Tab');
    assert.equal(await outside(), false, 'focus left the dialog');
    while (await focused() !== '关闭') await page.keyboard.press('Tab'); // it may be with the browser's own buttons
    await page.keyboard.press('Escape');
    await page.waitForSelector('.dialog', { state: 'detached' });
    assert.equal(await focused(), '联系客服');
  });

  test('an order handed over in the address is shown alone', async () => {
    await open('member.html?edition=free_lifetime&product=ledger&order.status=paid&order.invoice=none');
    assert.equal(await verdict(), 'allow');
    assert.equal(await page.locator('.demo').count(), 0);
  });

  test('without the engine it says so and names support', async () => {
    await open('member.html?customer=lin-yue', { route: [ENGINE, route => route.abort()] });
    assert.equal(await verdict(), 'unavailable unavailable');
    await page.locator('.refund > button').first().click();
    assert.match(await page.textContent('.dialog'), /现在无法自动核对.*636016246.*021-58350168/s);
  });

  test('the demo bar opens another customer on the same page and in the same language', async () => {
    await open('member.html?customer=lin-yue&lang=en');
    await page.selectOption('#customer', 'gao-lei');
    await page.click('.demo button');
    await page.waitForURL('**/member.html?customer=gao-lei&lang=en');
    await becomes('refer');
  });
});
