// The custom elements in a page that is not ours: they take its facts, keep its button, and break nothing on either side.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { drawn, hold, runUntil, shifts } from './events.mjs';
import { answer, codes, element, heard, host, IN_ORDER, PAID, verdictIs, WAITING, WRONG_LEDGER } from './host.mjs';
import { ENGINE, faults, focused, open, origin, page, quiet, root } from './lib.mjs';

describe('facts', () => {
  test('come as a property, set before the element is defined', async () => {
    await host('<preflight-purchase></preflight-purchase>', { facts: WRONG_LEDGER, answered: 'block' });
    assert.deepEqual(await codes(), ['WRONG_LEDGER']);
    await quiet();
  });

  test('come as attributes', async () => {
    await host(`<preflight-purchase edition="free_lifetime" product="voucher_pack" entry="website" payment="wechat" goal="add_vouchers" opened="ledger tax_filing"
      need-ledger="A" need-year="2020" selected-ledger="A" selected-year="2020" member-account="x@example.com" member-replaces-old="true"
      activation-account="13800000001" activation-notices='["something else"]'></preflight-purchase>`, { answered: 'block' });
    assert.deepEqual(await codes(), ['IN_APP_ONLY', 'ACTIVATION_ACCOUNT_UNCLEAR', 'ACTIVATION_NOTICE_UNKNOWN', 'NEW_ACCOUNT_UNSTATED']);
    await page.evaluate(() => document.querySelector('preflight-purchase').setAttribute('entry', 'in_app'));
    await verdictIs('warn');
    await quiet();
  });

  test('come as a JSON script, and change with it', async () => {
    await host(`<preflight-purchase><script type="application/json">${JSON.stringify(WRONG_LEDGER)}</script></preflight-purchase>`, { answered: 'block' });
    await page.evaluate(facts => { document.querySelector('preflight-purchase script').textContent = facts; }, JSON.stringify(IN_ORDER));
    await verdictIs('allow');
  });

  test('in a property go before attributes, and these before the script', async () => {
    await host(`<preflight-purchase entry="website" payment="other"><script type="application/json">${JSON.stringify({ ...IN_ORDER, entry: 'in_app' })}</script></preflight-purchase>`, { answered: 'block' });
    assert.deepEqual(await codes(), ['IN_APP_ONLY', 'PAYMENT_UNSUPPORTED']);
    await page.evaluate(() => { document.querySelector('preflight-purchase').facts = { entry: 'in_app', payment: 'alipay' }; });
    await verdictIs('allow');
    assert.equal((await page.evaluate(() => document.querySelector('preflight-purchase').facts)).payment, 'alipay');
  });

  test('that are bad are told to the buyer in a sentence and on the console in full; the others are checked', async () => {
    const told = [];
    await host('<preflight-purchase need-year="MMXX"></preflight-purchase>', {
      facts: { ...WRONG_LEDGER, need: { legder: 'A账套', ledger: 'A账套' } }, answered: 'block',
      prepare: page => page.on('console', message => { if (message.type() === 'warning') told.push(message.text()); }),
    });
    assert.deepEqual(await codes(), ['WRONG_LEDGER']);
    const notice = await page.textContent('.notice');
    assert.match(notice, /“您需要在哪个年度里用？”请填整数。/);
    assert.doesNotMatch(notice, /FactsError|wrong_type|MMXX/);
    assert.ok(told.some(text => /need\.legder/.test(text)) && told.some(text => /need\.year/.test(text)), told.join('\n'));
    await page.fill('[data-fact="need.year"] input[type=text]', '2020');
    await page.waitForFunction(() => !document.querySelector('preflight-purchase').shadowRoot.querySelector('.notice li:nth-child(2)'));
  });

  test('that are objects of JavaScript and no values of facts are told on the console, and not left out in silence', async () => {
    const told = [];
    await host('<preflight-refund></preflight-refund>', {
      facts: PAID, answered: 'allow', now: '2026-11-24T10:00:00+08:00',
      prepare: page => page.on('console', message => { if (message.type() === 'warning') told.push(message.text()); }),
    });
    await page.evaluate(facts => { document.querySelector('preflight-refund').facts = { ...facts, now: new Date(), edition: {} }; }, PAID);
    await verdictIs('unknown');
    assert.ok(told.some(text => /`now`/.test(text)) && told.some(text => /`edition`/.test(text)), told.join('\n'));
  });

  test('a script that is no JSON is told on the console, and stops nothing', async () => {
    const told = [];
    await host('<preflight-purchase><script type="application/json">{ edition: cloud }</script></preflight-purchase>', {
      answered: 'unknown', prepare: page => page.on('console', message => told.push(message.text())),
    });
    assert.ok(told.some(text => /JSON script in <preflight-purchase>/.test(text)));
  });

  test('what a person answered stays when the host says something else, and gives way when the host says the same thing', async () => {
    const { entry, ...facts } = IN_ORDER;
    await host('<preflight-purchase></preflight-purchase>', { facts, answered: 'unknown' });
    await page.check('[data-fact=entry] input[value=website]');
    await verdictIs('block');
    await page.evaluate(facts => { document.querySelector('preflight-purchase').facts = { ...facts, goal: 'other' }; }, facts);
    assert.equal(await answer(), 'block');
    await page.evaluate(facts => { document.querySelector('preflight-purchase').facts = facts; }, { ...facts, entry });
    await verdictIs('allow');
  });
});

describe('questions', () => {
  const asked = () => page.$$eval('.asked [data-fact]', fields => fields.map(field => field.dataset.fact));

  test('come in order: edition and product first and alone, and no cloud ledgers for the free edition', async () => {
    await host('<preflight-purchase></preflight-purchase>', { answered: 'unknown' });
    assert.deepEqual(await asked(), ['edition', 'product']);
    assert.ok(await page.isHidden('.optional'));
    assert.match(await page.innerText('.asked'), /可能还会再问几项/);
    await page.check('[data-fact=edition] input[value=free_lifetime]');
    assert.deepEqual(await asked(), ['edition', 'product']);
    await page.selectOption('[data-fact=product] select', 'voucher_pack');
    await page.waitForSelector('.asked [data-fact=entry]');
    for (let rounds = 0; rounds < 10; rounds++) {
      const now = await asked();
      assert.deepEqual(now.filter(path => path.startsWith('cloud.') || path === 'payment'), []);
      const next = page.locator('.asked .unsure input:not(:checked), .asked input[type=radio][id$="-"]:not(:checked)').nth(3);
      if (!await next.count()) break;
      await next.check();
    }
    assert.ok((await asked()).includes('activation.notices'), (await asked()).join());
  });

  const { need, ...NOT_SAID } = IN_ORDER;
  for (const [lang, question, yes, no] of [['zh-CN', '您需要用在 A账套 2020年度 吗？', '是', '不是'], ['en', 'Do you need it in A账套, 2020?', 'Yes', 'No']]) {
    test(`where it is needed is confirmed by one click, in ${lang}`, async () => {
      const facts = () => element().evaluate(check => check.facts.need);
      await host(`<preflight-purchase lang="${lang}"></preflight-purchase>`, { facts: NOT_SAID, answered: 'unknown' });
      assert.equal(await page.innerText('[data-fact=need] legend'), question);
      assert.deepEqual(await asked(), ['need'], 'one question in place of two');
      assert.equal(await facts(), undefined, 'not taken for granted');
      await page.getByLabel(yes, { exact: true }).first().check();
      await verdictIs('allow');
      assert.deepEqual(await facts(), { ledger: 'A账套', year: 2020 });
      await page.getByLabel(no, { exact: true }).first().check();
      await verdictIs('unknown');
      assert.deepEqual(await asked(), ['need', 'need.ledger', 'need.year']);
      await page.fill('[data-fact="need.ledger"] input[type=text]', 'B账套');
      await verdictIs('block');
      await page.locator('[data-fact=need] input[value=unsure]').check();
      await verdictIs('unknown');
      assert.deepEqual(await asked(), ['need']);
      await page.click('[part=unchecked] button');
      assert.deepEqual(await page.$$eval('[part=unchecked-facts] li', items => items.map(item => item.dataset.fact)), ['need.ledger', 'need.year']);
      await quiet();
    });
  }

  test('that the host says where it was started anew are put anew; what is known of the need stays', async () => {
    await host('<preflight-purchase></preflight-purchase>', { facts: NOT_SAID, answered: 'unknown' });
    await page.locator('[data-fact=need] input[value=yes]').check();
    await verdictIs('allow');
    await page.evaluate(facts => { document.querySelector('preflight-purchase').facts = { ...facts, selected: { ledger: 'C账套', year: 2020 } }; }, NOT_SAID);
    await verdictIs('block');
    assert.deepEqual(await codes(), ['WRONG_LEDGER']);
    assert.equal(await page.inputValue('[data-fact="need.ledger"] input[type=text]'), 'A账套');
  });
});

test('what a page is told, or imports, it changes for itself alone', async () => {
  const facts = { ...WRONG_LEDGER, now: '2026-11-24T10:00:00+08:00' };
  await host('<preflight-purchase></preflight-purchase>', {
    facts, answered: 'block', prepare: page => page.route('**/spoil.mjs', route => route.fulfill({ path: root + 'tests/node/lib/spoil.mjs', contentType: 'text/javascript' })),
  });
  const [before, ...after] = await page.evaluate(async facts => {
    const { spoil } = await import('/spoil.mjs');
    const element = document.querySelector('preflight-purchase');
    const seen = () => {
      // Another language and back: all that is shown is made anew.
      for (const locale of ['en', 'zh-CN']) {
        element.locale = locale;
        element.check();
      }
      return [element.shadowRoot.textContent, element.payable, element.why, JSON.stringify(element.check())];
    };
    const told = [seen()];
    addEventListener('preflight-answer', ({ detail }) => spoil(detail));
    element.facts = { ...facts, selected: facts.need };
    element.check();
    element.facts = facts;
    spoil(element.check());
    told.push(seen());
    spoil(element.engine);
    told.push(seen());
    for (const part of Object.values(await import('/preflight/catalogue.js'))) spoil(part);
    told.push(seen());
    return told;
  }, facts);
  assert.match(before[0], /请先不要付款/);
  assert.equal(before[1], false);
  assert.deepEqual(after, [before, before, before]);
});

describe('languages', () => {
  test('are told by the page, and by the element itself', async () => {
    await host('<div lang="en-GB"><preflight-purchase></preflight-purchase></div>', { facts: WRONG_LEDGER, answered: 'block' });
    assert.equal(await page.textContent('.banner h2'), 'Please don’t pay yet');
    await page.evaluate(() => { document.querySelector('preflight-purchase').locale = 'zh-CN'; });
    await page.waitForFunction(() => document.querySelector('preflight-purchase').shadowRoot.querySelector('h2').textContent === '请先不要付款');
  });
});

test('a host that names no language has the browser’s', async () => {
  for (const [locale, lang, title] of [['en-US', '', 'Please don’t pay yet'], ['zh-CN', '', '请先不要付款'], ['en-US', 'zh-CN', '请先不要付款'], ['zh-CN', 'en', 'Please don’t pay yet']]) {
    await host('<div id="outer"></div>', { lang, context: { locale }, ready: '#outer' });
    // An element in somebody's shadow belongs to the document all the same.
    await page.evaluate(facts => {
      const check = document.createElement('preflight-purchase');
      check.facts = facts;
      document.getElementById('outer').attachShadow({ mode: 'open' }).append(check);
    }, WRONG_LEDGER);
    await verdictIs('block');
    await page.locator('.banner h2', { hasText: title }).waitFor();
  }
});

describe('when things go wrong', () => {
  const WAYS = {
    'is not there': route => route.fulfill({ status: 404 }),
    'is refused': route => route.abort(),
    'is served with the wrong type': route => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>404</title>' }),
    'is cut short': async route => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.body()).subarray(0, 3_000) });
    },
  };
  for (const [way, answer] of Object.entries(WAYS)) {
    test(`where the engine ${way}, the buyer can buy and reads what was not checked`, async () => {
      await host('<preflight-purchase for="pay"></preflight-purchase><button id="pay">付款</button>', { facts: WRONG_LEDGER, answered: 'unavailable', prepare: page => page.route(ENGINE, answer) });
      assert.match(await page.textContent('.banner'), /现在无法自动核对.*不影响购买/);
      assert.ok(await page.locator('.checks li').count() >= 6);
      assert.equal(await page.getAttribute('#pay', 'aria-disabled'), 'false');
      await page.click('#pay');
      const [{ verdict, explanation }] = await heard('preflight-proceed');
      assert.deepEqual([verdict, explanation], ['unavailable', null]);
    });
  }

  test('where the engine takes longer than three seconds, it steps aside, and answers when it comes', async () => {
    const late = hold(ENGINE);
    await host('<preflight-purchase for="pay"></preflight-purchase><button id="pay">付款</button>', { facts: WRONG_LEDGER, ready: WAITING, route: late.route });
    await page.clock.runFor(2_999);
    assert.equal(await element().getAttribute('verdict'), null);
    await page.clock.runFor(1);
    await verdictIs('unavailable');
    assert.equal(await page.getAttribute('#pay', 'aria-disabled'), 'false');
    late.letGo();
    await verdictIs('block');
    assert.equal(await page.locator('.checks').count(), 0);
  });

  test('an engine that fails in the middle stops no sale', async () => {
    await host('<preflight-purchase></preflight-purchase>', { facts: WRONG_LEDGER, answered: 'block' });
    await page.evaluate(() => { document.querySelector('preflight-purchase').engine = { explain() { throw new Error('unreachable'); } }; });
    await verdictIs('unavailable');
    assert.equal(await element().evaluate(check => check.payable), true);
    assert.match(faults.join(), /the engine failed.*unreachable/s);
  });

  test('an older browser, without adopted style sheets and modal dialogs, looks and works the same', async () => {
    await host('<preflight-refund></preflight-refund>', { facts: { ...PAID, now: '2026-11-24T10:00:00+08:00' }, answered: 'allow', prepare: page => page.addInitScript(() => {
      delete ShadowRoot.prototype.adoptedStyleSheets;
      delete Document.prototype.adoptedStyleSheets;
      delete HTMLDialogElement.prototype.showModal;
    }) });
    await page.waitForFunction(() => !document.querySelector('preflight-refund').shadowRoot.querySelector('.preflight').hidden);
    assert.equal(await page.$eval('preflight-refund >> .refund > button', button => getComputedStyle(button).minHeight), '44px');
    await page.click('.refund > button');
    assert.equal(await focused(), 'dialog-title');
    assert.deepEqual(await page.$eval('.dialog', dialog => { const { top, left, width, height } = dialog.getBoundingClientRect(); return [top, left, width, height]; }), [0, 0, 1280, 800]);
    await page.keyboard.press('Escape');
    await page.waitForSelector('.dialog', { state: 'detached' });
    await quiet();
  });

  test('without scripts the checks are printed on the pages', async () => {
    await open('index.html', { ready: 'h1' });
    const plain = await page.context().browser().newContext({ javaScriptEnabled: false });
    try {
      const other = await plain.newPage();
      await other.goto(origin + '/order.html');
      assert.ok(await other.locator('noscript li').count() >= 6);
      assert.match(await other.textContent('noscript'), /系统认证/);
      await other.goto(origin + '/member.html');
      assert.match(await other.textContent('noscript'), /636016246[^]*7 天/);
    } finally {
      await plain.close();
    }
  });
});

describe('<preflight-refund>', () => {
  const now = '2026-11-24T10:00:00+08:00';

  test('says how and until when, and tells the host of an application', async () => {
    await host('<preflight-refund number="2611220509"></preflight-refund>', { facts: { ...PAID, now }, answered: 'allow' });
    assert.match(await page.textContent('[part=status]'), /可自助退款.*2026年11月29日 24:00/);
    assert.equal(await page.getAttribute('[part=button]', 'aria-label'), '申请退款：云盘版账套 2611220509');
    await page.click('[part=button]');
    await page.click('[part=apply]');
    await page.waitForSelector('.dialog', { state: 'detached' });
    const [detail] = await heard('preflight-apply');
    assert.deepEqual([detail.number, detail.verdict, detail.facts.order.status], ['2611220509', 'allow', 'paid']);
    assert.equal(await focused(), '申请退款');
  });

  test('names what to have ready and whom to ask, and leaves asking to the host that can', async () => {
    await host('<preflight-refund></preflight-refund>', { facts: { ...PAID, now, edition: 'free_lifetime', product: 'ledger', order: { ...PAID.order, invoice: 'downloaded', phone: '+86 138-0000-0001' } }, answered: 'refer' });
    await page.click('[part=button]');
    assert.match(await page.textContent('[part=ready]'), /订单号.*138\*\*\*\*0001/);
    assert.match(await page.textContent('.contacts'), /636016246.*申请退款/);
    await page.context().grantPermissions(['clipboard-read']);
    assert.equal(await page.textContent('[part=contact-button]'), '复制群号');
    await page.click('[part=contact-button]');
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), '636016246');
    await page.evaluate(() => {
      window.refuse = 'preflight-contact';
      document.querySelector('preflight-refund').setAttribute('can-contact', '');
    });
    await page.waitForFunction(() => document.querySelector('preflight-refund').shadowRoot.querySelector('[part=contact-button]').textContent === '联系客服');
    await page.click('[part=contact-button]');
    await page.waitForSelector('.dialog', { state: 'detached' });
    assert.equal((await heard('preflight-contact'))[1].contact.qqGroup, '636016246');
  });

  test('offers the way without a refund where there is one', async () => {
    await host('<preflight-refund></preflight-refund>', { facts: { ...PAID, now, cloud: { used: 5, bought: 4 }, order: { ...PAID.order, reason: 'wrong_quantity' } }, answered: 'warn' });
    await page.click('[part=button]');
    assert.match(await page.textContent('[part=alternative]'), /删除多余的账套/);
    assert.deepEqual(await page.locator('.dialog .reasons > li').evaluateAll(items => items.map(item => [item.closest('[part]').getAttribute('part'), item.dataset.code])),
      [['alternative', 'DELETE_LEDGERS_INSTEAD'], ['reasons', 'REFUND_WITHIN_WINDOW']], 'told once, and first');
  });

  test('changes its answer when the window ends while the page is open', async () => {
    await host('<preflight-refund></preflight-refund>', { facts: PAID, answered: 'allow', now: '2026-11-29T23:59:50+08:00' });
    await page.clock.runFor(9_999);
    assert.equal(await element().getAttribute('verdict'), 'allow');
    await page.clock.runFor(2);
    await verdictIs('refer');
    assert.equal(await page.textContent('[part=button]'), '联系客服');
  });
});

describe('the record for support', () => {
  const record = () => page.locator('[part=receipt] a');

  test('has the address at which the same check is repeated, under the same terms, and with nobody’s name in it', async () => {
    await host('<preflight-purchase playground="/try.html?lang=en"></preflight-purchase>', { facts: { ...WRONG_LEDGER, member: { account: '13812345678' } }, answered: 'block' });
    await page.evaluate(async () => {
      const { load } = await import('/preflight/browser.js');
      document.querySelector('preflight-purchase').engine = await load({ terms: { version: '2027', voucherQuota: { claimed: 120 } } });
    });
    await page.waitForFunction(() => document.querySelector('preflight-purchase').shadowRoot.querySelector('[part=receipt] a').href.includes('claimed=120'));
    const expected = await codes();
    const link = await record().getAttribute('href');
    assert.doesNotMatch(decodeURIComponent(link), /138123/);
    assert.equal(new URL(link).searchParams.get('terms.version'), '2027');
    await page.goto(link);
    await page.waitForSelector('html[data-verdict=block]', { state: 'attached' });
    for (const code of expected) assert.ok(await page.locator(`[data-code=${code}]`).count() > 0, code);
    assert.match(await page.textContent('[part=receipt] pre'), /2027/);
  });

  test('promises no repetition where the host has no playground', async () => {
    await host('<preflight-purchase></preflight-purchase>', { facts: WRONG_LEDGER, answered: 'block' });
    assert.equal(await record().count(), 0);
    assert.doesNotMatch(await page.textContent('[part=receipt]'), /重现/);
  });
});

describe('in an old-fashioned page', () => {
  const look = selector => page.$eval(selector, element => {
    const { fontSize, color, backgroundColor, padding, boxSizing, float, letterSpacing, display } = getComputedStyle(element);
    return { fontSize, color, backgroundColor, padding, boxSizing, float, letterSpacing, display };
  });
  /** Opens the page, and has its jQuery get ready, which it does by the clock. */
  const openShop = async options => {
    await open('shop.html', options);
    await page.clock.runFor(100);
  };
  const show = async options => {
    await openShop({ ready: 'preflight-purchase[verdict]', ...options });
    await page.waitForFunction(() => Array.from(document.querySelectorAll('preflight-purchase, preflight-refund')).every(element => element.hasAttribute('verdict')));
  };

  test('one script tag defines both elements, and the page’s style does not come in', async () => {
    await show();
    assert.equal(await page.locator('script[src*=preflight]').count(), 1);
    assert.deepEqual(await page.$$eval('preflight-purchase, preflight-refund', elements => elements.map(element => element.getAttribute('verdict'))), ['allow', 'allow', 'block']);
    const { display, color, boxSizing } = await look('preflight-purchase >> .banner');
    assert.deepEqual([display, boxSizing], ['flex', 'border-box']);
    assert.notEqual(color, 'rgb(153, 0, 0)');
    const step = await look('preflight-purchase >> [part=step]');
    assert.deepEqual([step.backgroundColor, step.fontSize, step.float, step.letterSpacing], ['rgb(51, 102, 153)', '16px', 'none', 'normal'], 'the page’s brand, by the custom property; nothing else of it');
    assert.ok((await page.locator('preflight-purchase >> [part=step]').boundingBox()).height >= 44);
    await quiet();
  });

  test('nothing of the elements’ style goes out', async () => {
    const own = ['body', '#top', '#menu a', '.grid th', '[name=year]', '#pay', 'caption', 'label'];
    await show();
    await page.click('[part=step]');
    await verdictIs('allow');
    const looks = await Promise.all(own.map(look));
    await openShop({ ready: '#pay', route: ['**/elements.js', route => route.abort()] });
    assert.deepEqual(await Promise.all(own.map(look)), looks);
  });

  test('its form and its jQuery work on, and its button pays only when it may', async () => {
    await show();
    await page.click('#pay', { force: true });
    assert.equal(await focused(), '原因');
    assert.equal(await page.textContent('#paid'), '');
    await page.click('[part=step]');
    await verdictIs('allow');
    assert.equal(await page.inputValue('[name=ledger]'), 'A账套', 'the form follows the step');
    await page.check('[name=payment][value=other]');
    await verdictIs('block');
    await page.check('[name=payment][value=wechat]');
    await verdictIs('allow');
    await page.click('#pay');
    assert.match(await page.textContent('#paid'), /A账套 2026年度/);
    await page.locator('preflight-refund >> [part=button]').first().click();
    await page.click('[part=apply]');
    assert.match(await page.textContent('#news'), /2611180233/);
    await quiet();
  });

  test('without the script the page sells as it always did', async () => {
    await openShop({ ready: '#pay', route: ['**/elements.js', route => route.abort()] });
    await page.click('#pay');
    assert.match(await page.textContent('#paid'), /B账套 2026年度/);
  });

  test('without the engine’s script the elements print the checks, and the page sells', async () => {
    await show({ route: ['**/browser.js', route => route.abort()] });
    assert.equal(await page.getAttribute('preflight-purchase', 'verdict'), 'unavailable');
    assert.ok(await page.locator('preflight-purchase >> [part=checks] li').count() >= 5);
    await page.click('#pay');
    assert.match(await page.textContent('#paid'), /B账套 2026年度/);
  });

  test('the elements stay within the place they are given', async () => {
    await show({ width: 1024 });
    const wide = await page.$$eval('preflight-purchase, preflight-refund', elements => elements.map(element => Array.from(element.shadowRoot.querySelectorAll('*')).some(inner => inner.getBoundingClientRect().right > element.getBoundingClientRect().right + 1)));
    assert.deepEqual(wide, [false, false, false]);
  });
});

describe('on the order page', () => {
  for (const [customer, width] of [['zhou-qiming', 1280], ['lin-yue', 1280], ['ma-xiaodong', 375], ['zhou-qiming', 375]]) {
    test(`nothing moves when the answer for ${customer} comes, at ${width} px`, async () => {
      const late = hold(ENGINE);
      await open('order.html?customer=' + customer, { width, route: late.route, ready: 'body' });
      await runUntil(page, WAITING);
      await drawn(page);
      late.letGo();
      await page.waitForSelector('[data-verdict]', { state: 'attached' });
      assert.deepEqual(await shifts(page), []);
    });
  }

  test('what to do when the payment page does not open is asked and answered', async () => {
    await open('order.html?customer=lin-yue');
    await page.click('#advice summary');
    await page.check('[data-fact="page.restarted"] input[value=false]');
    assert.match(await page.textContent('#advice [data-code=RESTART_AND_RETRY]'), /重启/);
    await page.check('[data-fact="page.restarted"] input[value=true]');
    await page.check('[data-fact="page.browserChanged"] input[value=true]');
    assert.match(await page.textContent('#advice [data-code=CONTACT_SUPPORT]'), /客服/);
    assert.match(await page.textContent('#advice .contacts'), /021-58350168/);
  });
});
