// The playground: the answer follows every fact, every scenario comes out as expected, and no link names anybody.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { mark } from './events.mjs';
import { ENGINE, focused, open, origin, page, quiet, root } from './lib.mjs';

const SCENARIOS = /\/_?preflight-scenarios[^/]*\.js$/;
const PURCHASE = 'try.html?question=purchase&edition=free_lifetime&product=voucher_pack&entry=in_app&payment=wechat&activation.notices=&member.replacesOld=false&need.year=2020&selected.year=2020';

const state = () => page.evaluate(() => ({ verdict: document.documentElement.dataset.verdict, codes: document.documentElement.dataset.codes }));
const becomes = expected => page.waitForFunction(expected => document.documentElement.dataset.verdict === expected, expected);
const control = path => page.locator(`#fact-${path.replace('.', '-')}`);
const answer = selector => page.locator('#answer ' + selector);
/** Puts other facts into the JSON, as somebody would who pastes them. */
async function paste(facts) {
  if (!await page.locator('#raw[open]').count()) await page.click('#raw > summary');
  await page.fill('#json', typeof facts === 'string' ? facts : JSON.stringify(facts));
}
/** What a press on a button puts on the clipboard. */
async function copied(name) {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  await page.click(`[data-copy=${name}]`);
  return page.evaluate(() => navigator.clipboard.readText());
}
/** The address, once it has followed the facts. */
async function address() {
  await page.clock.runFor(1_000);
  return decodeURIComponent(await page.evaluate(() => location.href));
}

describe('the answer', () => {
  test('follows every fact as it changes, with reasons, because and plan', async () => {
    await open(PURCHASE);
    assert.equal((await state()).verdict, 'unknown');
    await control('need.ledger').fill('甲');
    await control('selected.ledger').fill('乙');
    await becomes('block');
    assert.equal((await state()).codes, 'WRONG_LEDGER');
    assert.equal(await answer('.reasons details[open] li').count(), 2, 'because is open');
    assert.equal(await answer('[data-action=select_ledger_year]').count(), 1);
    assert.match(await answer('[data-picture=places] title').textContent(), /^现在所在：乙 2020年度；需要用在：甲 2020年度/);
    await control('selected.ledger').fill('甲');
    await becomes('unknown');
    await control('member.account').fill('13800000001');
    await control('activation.account').fill('13800000001');
    await becomes('allow');
    await control('entry').selectOption('website');
    await becomes('block');
    await quiet();
  });

  test('to another question is given at once, and asks for that question’s facts first', async () => {
    await open('try.html');
    await page.selectOption('#question', 'refund');
    await control('order.status').selectOption('unpaid');
    await becomes('block');
    assert.equal((await state()).codes, 'ORDER_NOT_PAID');
    assert.equal(await page.locator('#others #fact-order-status').count(), 0);
    assert.equal(await page.locator('#others #fact-entry').count(), 1);
  });

  test('says what is missing, and leads to its field', async () => {
    await open('try.html?question=page');
    await page.click('[data-missing="page.restarted"] button');
    assert.equal(await focused(), 'fact-page-restarted');
  });

  test('has a field for every fact, whatever is asked', async () => {
    await open('try.html');
    const { facts } = await import(root + 'pkg/catalogue.js');
    for (const question of ['activation', 'purchase', 'entitlement', 'refund', 'page']) {
      await page.selectOption('#question', question);
      const paths = await page.$$eval('.try [data-fact]', fields => fields.map(field => field.dataset.fact));
      assert.deepEqual(paths.sort(), facts.map(({ path }) => path).sort());
    }
  });

  test('goes by other terms, and says what is wrong with them', async () => {
    const order = '&edition=cloud&order.status=paid&order.invoice=none&order.paidAt=2026-11-10T10:00:00%2B08:00&now=2026-11-24T10:00:00%2B08:00';
    await open('try.html?question=refund' + order);
    assert.equal((await state()).codes, 'REFUND_WINDOW_PASSED');
    await page.click('#terms > summary');
    await page.fill('#term-refundWindowDays', '14');
    await becomes('allow');
    assert.match(await answer('[data-picture=refund-window] title').textContent(), /11月24日/);
    assert.match(await address(), /terms\.refundWindowDays=14/);
    await page.fill('#term-refundWindowDays', '400');
    await becomes('refused');
    assert.match(await page.textContent('#term-refundWindowDays-problem'), /365/);
    await page.fill('#term-refundWindowDays', '');
    await becomes('refer');
    await open('try.html?question=refund&terms.refundWindowDays=14' + order);
    assert.equal((await state()).verdict, 'allow');
    await quiet();
  });

  test('says what a rule would decide if it only warned, and leaves the answer as it is', async () => {
    await open(PURCHASE + '&need.ledger=A&selected.ledger=B&member.account=13800000001&activation.account=');
    assert.equal((await state()).codes, 'ACTIVATION_ACCOUNT_BLANK、WRONG_LEDGER');
    await page.click('#terms > summary');
    const result = () => page.textContent('#what-if-result');
    await page.selectOption('#what-if', 'WRONG_LEDGER');
    assert.match(await result(), /^假设：如果 WRONG_LEDGER 只是提醒，结论会是“不可以”。另外起作用的：ACTIVATION_ACCOUNT_BLANK。/);
    await control('activation.account').fill('13800000001');
    await becomes('block');
    assert.match(await result(), /WRONG_LEDGER 只是提醒，结论会是“可以，有提醒”。现行规则没有变/);
    await control('member.replacesOld').selectOption('');
    await control('payment').selectOption('');
    assert.match(await result(), /结论会是“还不能确定”/, 'what is open still counts');
    await control('selected.ledger').fill('A');
    await becomes('unknown');
    assert.ok(await page.isDisabled('#what-if'));
    await quiet();
  });

  test('goes by another quota', async () => {
    await open('try.html?question=entitlement&edition=free_lifetime&action=save_voucher&vouchers.saved=60&vouchers.bought=0&product=ledger&order.status=unpaid&activation.notices=&member.account=13800000001&activation.account=13800000001');
    assert.equal((await state()).codes, 'VOUCHER_QUOTA_UNCERTAIN');
    await page.click('#terms > summary');
    await page.fill('#term-voucherQuota-claimed', '60');
    await becomes('block');
    assert.equal((await state()).codes, 'VOUCHER_QUOTA_REACHED');
  });

  test('shows what became of every rule', async () => {
    await open('try.html?question=page&page.restarted=false');
    await page.click('#trace > summary');
    assert.deepEqual(await page.$$eval('#trace .trace > li', rules => rules.map(({ dataset }) => dataset.state)), ['fired', 'out', 'out']);
  });
});

describe('bad input', () => {
  test('shows the fields of the FactsError, and marks the fact', async () => {
    await open('try.html?question=purchase&edition=clod');
    assert.deepEqual(await state(), { verdict: 'refused', codes: 'unknown_value' });
    const fields = await page.$$eval('#refused dl > div', rows => rows.map(row => Array.from(row.children, child => child.textContent)));
    assert.deepEqual(fields, [['code', 'unknown_value'], ['path', 'edition'], ['expected', 'one of `free_lifetime`, `cloud`, `paid`'], ['received', '"clod"'], ['hint', 'did you mean `cloud`?']]);
    assert.equal(await control('edition').getAttribute('aria-invalid'), 'true');
    assert.match(await page.textContent('#fact-edition-problem'), /请重新选/);
    await control('edition').selectOption('cloud');
    await becomes('unknown');
    assert.equal(await control('edition').getAttribute('aria-invalid'), 'false');
  });

  test('of any kind can be put in as JSON, and what is no JSON changes nothing', async () => {
    await open('try.html');
    for (const [facts, code] of [['{"need": {"yeer": 2020}}', 'unknown_field'], ['[]', 'wrong_type'], ['5', 'wrong_type'], ['{"opened": ["ledger", 5]}', 'wrong_type'], ['{"need": {"year": 1}}', 'out_of_range'], ['{"need": {"ledger": " "}}', 'blank']]) {
      await paste(facts);
      assert.deepEqual(await state(), { verdict: 'refused', codes: code }, facts);
    }
    await paste('{"edition": ');
    assert.deepEqual(await state(), { verdict: 'refused', codes: 'blank' });
    assert.match(await page.textContent('#json-problem'), /^这不是完整的 JSON/);
    await paste({ product: 'cloud_ledgers', cloud: { used: 5, ordered: 4, purpose: 'renew' } });
    assert.equal((await state()).codes, 'RENEWAL_BELOW_USED');
    assert.equal(await control('cloud.used').inputValue(), '5');
    await quiet();
  });

  test('in one field keeps what the others hold, be it facts or not', async () => {
    await open('try.html');
    await paste({ edition: 'cloud', produkt: 1, need: 'A' });
    await control('need.year').fill('2020');
    assert.deepEqual(JSON.parse(await page.inputValue('#json')), { edition: 'cloud', produkt: 1, need: { year: 2020 } });
    await control('need.year').fill('');
    assert.deepEqual(JSON.parse(await page.inputValue('#json')), { edition: 'cloud', produkt: 1 });
  });
});

describe('scenarios', () => {
  const files = readdirSync(root + 'tests/scenarios').flatMap(question => readdirSync(`${root}tests/scenarios/${question}`).map(name => `${question}/${name}`));
  const written = files.flatMap(file => JSON.parse(readFileSync(`${root}tests/scenarios/${file}`, 'utf8')));

  async function openScenarios() {
    await page.click('#scenarios > summary');
    await page.waitForSelector('#scenario-list option', { state: 'attached' });
  }

  test('are fetched only when asked for', async () => {
    const requests = [];
    await open('try.html', { prepare: page => page.on('request', request => requests.push(request.url())) });
    await page.clock.runFor(60_000);
    const asked = await mark(page);
    await openScenarios();
    assert.deepEqual(requests.filter(url => url.endsWith(asked) || SCENARIOS.test(url)).map(url => SCENARIOS.test(url)), [false, true]);
    assert.ok(requests.some(url => ENGINE.test(url)));
  });

  test('are all there, and each comes out as it expects', async () => {
    await open('try.html');
    await openScenarios();
    const wrong = await page.evaluate(() => {
      const list = document.getElementById('scenario-list');
      const wrong = [];
      let count = 0;
      for (const option of Array.from(list.options)) {
        option.selected = true;
        list.dispatchEvent(new Event('change'));
        count++;
        const said = document.querySelector('#scenario .tag');
        if (!said || said.dataset.state !== 'allow') wrong.push(option.text);
      }
      return [count, ...wrong];
    });
    assert.deepEqual(wrong, [written.length]);
    await quiet();
  });

  test('can be searched by words, rule, clause and question', async () => {
    await open('try.html');
    await openScenarios();
    await page.fill('#scenario-search', 'refund_within S-31 last second');
    const titles = () => page.$$eval('#scenario-list option', options => options.map(({ text }) => text));
    assert.ok((await titles()).includes('the last second of the 7th day at +08:00 is within') === false, 'its clause is S-30');
    await page.fill('#scenario-search', 'refund_within S-30 last second');
    assert.ok((await titles()).includes('the last second of the 7th day at +08:00 is within'));
    assert.deepEqual(await page.$$eval('#scenario-question option', options => options.map(({ value }) => value)), ['', 'activation', 'entitlement', 'page', 'purchase', 'refund']);
    await page.selectOption('#scenario-question', 'page');
    assert.deepEqual(await titles(), []);
    await page.fill('#scenario-search', '');
    assert.equal((await titles()).length, files.filter(file => file.startsWith('page/')).flatMap(file => JSON.parse(readFileSync(`${root}tests/scenarios/${file}`, 'utf8'))).length);
  });

  test('once changed is no longer compared', async () => {
    await open('try.html');
    await openScenarios();
    await page.fill('#scenario-search', 'renewal_below_used');
    await page.locator('#scenario-list').selectOption({ index: 0 });
    assert.equal(await page.textContent('#scenario .tag'), '和预期一致');
    await control('cloud.used').fill('1');
    assert.equal(await page.textContent('#scenario .tag'), '已改动');
  });

  test('that expects something else is told so', async () => {
    const otherwise = async route => {
      const response = await route.fetch();
      await route.fulfill({ response, body: (await response.text()).replace(/RENEWAL_BELOW_USED/g, 'WRONG_YEAR') });
    };
    await open('try.html', { route: [SCENARIOS, otherwise] });
    await openScenarios();
    await page.fill('#scenario-search', 'renewal_below_used');
    await page.locator('#scenario-list').selectOption({ index: 0 });
    assert.equal(await page.textContent('#scenario .tag'), '和预期不一致');
    assert.match(await page.textContent('#scenario details[open] pre'), /WRONG_YEAR/);
  });

  test('that can’t be had are told so, and the rest goes on', async () => {
    await open('try.html', { route: [SCENARIOS, route => route.abort()] });
    await page.click('#scenarios > summary');
    await page.waitForFunction(() => document.querySelector('#scenarios [role=status]').textContent.startsWith('场景没有载入成功'));
    await page.selectOption('#question', 'page');
    await control('page.restarted').selectOption('false');
    await becomes('allow');
  });
});

describe('passing on', () => {
  const PERSONAL = {
    edition: 'free_lifetime', product: 'voucher_pack', entry: 'in_app', payment: 'wechat',
    need: { ledger: '张三商贸', year: 2020 }, selected: { ledger: '　张三商贸 ', year: 2020 },
    member: { account: 'Zhang.San@qq.com', replacesOld: false },
    activation: { account: 'zhang.san@QQ.com', notices: ['账号zhang.san@qq.com当前 IP地址已使用了其他账号，13912345678，10.1.2.3', '李四的电脑在用', ' '] },
    order: { phone: '13912345678' },
  };
  const NAMES = /张三|李四|zhang|qq\.com|13912345678|10\.1\.2\.3/i;

  test('a link names nobody, and gives the same answer', async () => {
    await open('try.html?question=purchase');
    await paste(PERSONAL);
    assert.deepEqual(await state(), { verdict: 'block', codes: 'ACTIVATION_IP_TAKEN、ACTIVATION_NOTICE_UNKNOWN' });
    const before = await state();
    const link = await copied('tryCopyLink');
    assert.equal(decodeURIComponent(link), await address());
    assert.doesNotMatch(await address(), NAMES);
    assert.deepEqual(new URL(link).searchParams.getAll('activation.notices'), ['当前ip地址已使用了其他账号', '其他提示', '']);
    assert.ok(await page.isHidden('.notice'));
    await open(link.slice(origin.length + 1));
    assert.deepEqual(await state(), before);
    await paste({ ...PERSONAL, selected: { ledger: '李四', year: 2020 }, activation: { account: '', notices: [] } });
    const other = await state();
    assert.equal(other.codes, 'ACTIVATION_ACCOUNT_BLANK、WRONG_LEDGER');
    await open((await copied('tryCopyLink')).slice(origin.length + 1));
    assert.deepEqual(await state(), other);
  });

  test('a link that can’t give the same answer says so', async () => {
    await open('try.html?question=purchase');
    await paste({ ...PERSONAL, unknown: 'Zhang San' });
    assert.equal((await state()).verdict, 'refused');
    assert.match(await page.textContent('.notice:not([hidden])'), /链接带不走的内容/, 'the names are not to blame');
    assert.doesNotMatch(await address(), NAMES);
  });

  test('facts and answer are copied as JSON, and what support needs to repeat the check', async () => {
    await open('try.html?question=purchase');
    await paste(PERSONAL);
    assert.deepEqual(JSON.parse(await copied('tryCopyFacts')), PERSONAL);
    const explanation = JSON.parse(await copied('tryCopyExplanation'));
    assert.equal(explanation.verdict, 'block');
    await page.click('.receipt button');
    const { engine, terms, question, rules, facts } = explanation.receipt;
    const record = await page.evaluate(() => navigator.clipboard.readText());
    const [link] = record.split('\n').slice(-1);
    assert.equal(record, `引擎：${engine}\n条款：${terms}\n问题：${question}\n规则：${rules}\n事实：${facts}\n${link}`);
    assert.doesNotMatch(decodeURIComponent(link), NAMES);
    assert.equal(link, await page.getAttribute('.receipt a', 'href'));
    await paste({ edition: 'clod' });
    assert.deepEqual(Object.keys(JSON.parse(await copied('tryCopyExplanation'))).sort(), ['code', 'expected', 'hint', 'message', 'name', 'path', 'received']);
  });

  test('a scenario names nobody, and is one that the tests take', async () => {
    await open('try.html?question=purchase');
    await paste(PERSONAL);
    const text = await copied('tryCopyScenario');
    assert.doesNotMatch(text, NAMES);
    const scenario = JSON.parse(text);
    assert.deepEqual(Object.keys(scenario), ['title', 'clause', 'facts', 'expect']);
    assert.deepEqual(scenario.expect.codes, ['ACTIVATION_IP_TAKEN', 'ACTIVATION_NOTICE_UNKNOWN']);
    const { load } = await import(root + 'pkg/node.js');
    const explained = (await load()).explain('purchase', scenario.facts);
    assert.equal(explained.verdict, scenario.expect.verdict);
    assert.deepEqual(explained.plan.steps.map(({ action }) => action), scenario.expect.plan);
    await paste({ product: 'nothing' });
    assert.deepEqual(JSON.parse(await copied('tryCopyScenario')).expect, { error: { code: 'unknown_value', path: 'product' } });
  });
});

describe('for everybody', () => {
  test('the language changes and the work stays', async () => {
    await open(PURCHASE);
    await control('need.ledger').fill('甲');
    await control('selected.ledger').fill('乙');
    await page.click('#language');
    assert.equal(await page.textContent('h1'), 'Playground');
    assert.equal(await control('need.ledger').inputValue(), '甲');
    assert.equal((await state()).codes, 'WRONG_LEDGER');
    assert.match(await answer('.reasons p').first().textContent(), /^[\x00-\x7f“”’甲乙账套]/);
  });

  test('it is on the navigation of every page, and nothing is wider than the screen', async () => {
    for (const width of [320, 480, 768, 960, 1280, 1920]) {
      for (const language of ['', '&lang=en']) {
        await open(PURCHASE + language, { width });
        await page.click('#others > summary');
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${width}${language}`);
      }
    }
    assert.equal(await page.textContent('nav [aria-current=page]'), 'Try');
    await open('rules.html', { ready: '#rules' });
    assert.match(await page.getAttribute('nav a:last-of-type', 'href'), /^try\.html/);
  });

  test('by keyboard alone: choose a question, answer it, find a scenario', async () => {
    await open('try.html');
    await page.focus('#question');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowUp'); // the last but one: refund
    assert.equal(await page.inputValue('#question'), 'refund');
    const tabTo = async id => {
      for (let tabs = 0; tabs < 60 && await focused() !== id; tabs++) await page.keyboard.press('Tab');
      assert.equal(await focused(), id);
    };
    await tabTo('fact-order-status');
    await page.keyboard.press('ArrowDown');
    await becomes('block');
    await page.focus('#question');
    await tabTo('载入场景');
    await page.keyboard.press('Enter');
    await page.waitForSelector('#scenario-list option', { state: 'attached' });
    await tabTo('scenario-search');
    await page.keyboard.type('cloud_over_capacity');
    await tabTo('scenario-list');
    await page.keyboard.press('ArrowDown');
    await page.waitForSelector('#scenario');
    assert.equal(await focused(), 'scenario-list');
    assert.equal(await page.inputValue('#question'), 'entitlement');
  });

  test('a change of verdict is announced once', async () => {
    await open('try.html?question=page');
    await page.evaluate(() => {
      window.heard = [];
      new MutationObserver(() => window.heard.push(document.getElementById('announcement').textContent)).observe(document.getElementById('announcement'), { childList: true, characterData: true, subtree: true });
    });
    await control('page.restarted').selectOption('false');
    await page.clock.runFor(60_000);
    assert.deepEqual(await page.evaluate(() => window.heard), ['结论：可以']);
  });

  test('on a phone the verdict stays in sight, and leads to the answer', async () => {
    await open('try.html?question=page&page.restarted=false', { width: 320 });
    assert.equal(await page.textContent('.glance .tag'), '可以');
    await page.click('.glance a');
    assert.equal(await focused(), 'answer');
    assert.ok((await page.locator('#answer').boundingBox()).y < 100);
  });

  test('without the engine it says so', async () => {
    await open('try.html', { ready: '[data-state=unavailable]', route: [ENGINE, route => route.abort()] });
    assert.match(await page.textContent('main'), /离不开核对程序/);
  });
});
