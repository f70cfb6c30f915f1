// The catalogue page: every rule is there and can be found, and its examples are answered as the scenarios expect.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { rules } from '../../pkg/catalogue.js';
import { ENGINE, focused, open, origin, page, quiet, root } from './lib.mjs';

const CODES = rules.map(({ code }) => code);
const show = (path, options) => open('rules.html' + path, { ready: '.rule', ...options });
const shown = () => page.$$eval('.rule', cards => cards.filter(card => card.offsetParent).map(card => card.dataset.rule));
const card = code => page.locator(`.rule[data-rule=${code}]`);
const address = () => page.evaluate(() => location.href);
const search = text => page.fill('#search', text);
const query = async () => Object.fromEntries(new URL(await address()).searchParams);

describe('every rule', () => {
  for (const [path, language, own] of [['', 'zh-CN', /[\u4e00-\u9fff]/], ['?lang=en', 'en', /[a-z]{2}/]]) {
    test(`is there with all its parts, in ${language}`, async () => {
      await show(path);
      assert.deepEqual(await shown(), CODES);
      await page.click('#all');
      const cards = await page.$$eval('.rule', cards => cards.map(card => ({
        code: card.querySelector('h2 a').textContent,
        severity: card.dataset.state,
        about: card.querySelector('.head + p').textContent,
        stated: card.querySelector('[data-stated]').dataset.stated,
        clauses: Array.from(card.querySelectorAll('strong'), id => id.textContent),
        conditions: Array.from(card.querySelectorAll('li > code'), name => name.textContent.replace('not ', '')),
        parts: Array.from(card.querySelectorAll('.part'), part => part.innerText),
        examples: Array.from(card.querySelectorAll('[data-run]'), button => button.dataset.run),
      })));
      cards.forEach((card, place) => {
        const { code, severity, questions, conditions, clause } = rules[place];
        assert.deepEqual([card.code, card.severity, card.examples], [code, severity, questions]);
        assert.deepEqual(card.clauses, clause.id ? [clause.id, ...clause.also] : [], code);
        assert.equal(card.stated, clause.stated, code);
        assert.ok(conditions.every(name => card.conditions.includes(name)), code);
        assert.equal(card.parts.length, 5, code);
        for (const text of [card.about, ...card.parts]) assert.match(text, own, code);
      });
      if (language === 'en') assert.doesNotMatch(await page.textContent('main'), /。/);
      assert.doesNotMatch(await page.textContent('main'), /[{}]|undefined|null/);
      await quiet();
    });
  }

  test('answers its examples as the scenarios expect', async () => {
    await show('');
    await page.click('#all');
    let run = 0;
    for (const { code, questions } of rules) {
      for (const [place, question] of questions.entries()) {
        const example = card(code).locator('.run .quiet').nth(place);
        const [file, title] = [await example.getAttribute('title'), await example.textContent()];
        assert.equal(file, `tests/scenarios/${question}/${code.toLowerCase()}.json`);
        const { expect } = JSON.parse(readFileSync(root + file, 'utf8')).find(scenario => scenario.title === title);
        await card(code).locator(`[data-run=${question}]`).click();
        const result = card(code).locator('.result').nth(place);
        await result.locator('.banner').waitFor();
        assert.equal(await result.getAttribute('data-verdict'), expect.verdict, `${file}: ${title}`);
        assert.deepEqual((await result.getAttribute('data-codes')).split(' '), expect.codes, `${file}: ${title}`);
        assert.ok(expect.codes.includes(code));
        assert.deepEqual(await result.locator('[data-code]').evaluateAll(items => items.filter(item => item.closest('.reasons')).map(item => item.dataset.code)), expect.codes);
        assert.ok(await result.locator('.facts dd').count() > 0, 'the facts are shown');
        const refuses = expect.verdict === 'refer' || expect.verdict === 'block';
        assert.equal(await result.locator('.steps li').count() > 0, refuses, 'a refusal has a plan');
        run++;
      }
    }
    assert.ok(run >= CODES.length);
    await quiet();
  });

  test('can be read without the engine; its examples then say that they cannot be run', async () => {
    await show('#WRONG_LEDGER', { route: [ENGINE, route => route.abort()] });
    assert.deepEqual(await shown(), CODES);
    await card('WRONG_LEDGER').locator('[data-run]').click();
    await page.waitForSelector('.result .banner[data-state=unavailable]');
  });
});

describe('the list', () => {
  test('is searched by code, by Chinese word and by clause, in either language, and says how many are found', async () => {
    for (const path of ['', '?lang=en']) {
      await show(path);
      await search('wrong_ledger');
      assert.deepEqual(await shown(), ['WRONG_LEDGER']);
      assert.equal(await page.textContent('#count'), path ? `1 of ${CODES.length} rules` : `${CODES.length} 条规则中找到 1 条`);
      await search('红冲');
      assert.deepEqual(await shown(), ['REFUND_RED_LETTER_FIRST']);
      await search('  退款期限　已过 ');
      assert.deepEqual(await shown(), ['REFUND_WINDOW_PASSED'], 'all words, whatever white space is between them');
      await search('s-41');
      assert.deepEqual(await shown(), rules.filter(({ clause }) => [clause.id, ...clause.also].includes('S-41')).map(({ code }) => code));
      await quiet();
    }
  });

  test('is narrowed by question and severity, and the address keeps it', async () => {
    await show('?customer=lin-yue');
    await page.selectOption('#question', 'purchase');
    await page.selectOption('#severity', 'warn');
    const expected = rules.filter(({ questions, severity }) => questions.includes('purchase') && severity === 'warn').map(({ code }) => code);
    assert.deepEqual(await shown(), expected);
    await search('账套');
    assert.deepEqual(await query(), { customer: 'lin-yue', q: '账套', question: 'purchase', severity: 'warn' });
    const found = await shown();
    assert.ok(found.length > 0 && found.length < expected.length);
    await page.reload();
    await page.waitForSelector('.rule:not([hidden])');
    assert.deepEqual(await shown(), found);
    await page.click('#language');
    assert.deepEqual(await query(), { customer: 'lin-yue', q: '账套', question: 'purchase', severity: 'warn', lang: 'en' });
    assert.deepEqual(await shown(), found);
    await quiet();
  });

  test('says when nothing is found, and how to go on', async () => {
    await show('?q=zzz&question=nonsense', { ready: '#none' });
    assert.equal(await page.$eval('#question', select => select.selectedOptions[0].textContent), '全部');
    assert.deepEqual(await shown(), []);
    assert.ok(await page.isVisible('#none'));
    await page.click('#none button');
    assert.deepEqual(await shown(), CODES);
    assert.equal(await focused(), 'search');
    assert.deepEqual(await query(), {});
    assert.ok(!await page.isVisible('#none'));
  });

  test('is opened and closed as a whole', async () => {
    await show('');
    const open = () => page.locator('.rule > details[open]').count();
    await page.click('#all');
    assert.equal(await open(), CODES.length);
    await page.waitForFunction(() => document.querySelector('#all').textContent === '全部收起');
    await page.click('#all');
    assert.equal(await open(), 0);
  });
});

test('the catalogue is reached from the way in, and from the navigation of every page', async () => {
  for (const from of ['index.html', 'order.html', 'member.html', 'rules.html']) {
    await open(from + '?lang=en', { ready: 'h1' });
    await page.click('nav a[href^="rules.html"]');
    await page.waitForSelector('.rule');
    assert.equal(await page.textContent('nav [aria-current=page]'), 'Rules');
    await quiet();
  }
  await open('index.html', { ready: 'h1' });
  await page.click('.ways a[href="rules.html"]');
  await page.waitForSelector('.rule');
});

describe('a link', () => {
  const opened = code => page.waitForFunction(code => {
    const heading = document.getElementById(code);
    const { top } = heading.getBoundingClientRect();
    return heading.closest('.rule').querySelector('details').open && document.activeElement === heading && top >= 0 && top < innerHeight;
  }, code);

  test('opens its rule, in either language', async () => {
    for (const language of ['', '?lang=en']) {
      for (const code of [CODES[0], 'REFUND_INVOICED', CODES[CODES.length - 1]]) {
        await show(language + '#' + code);
        await opened(code);
      }
    }
  });

  test('opens its rule though the address narrows the list to others', async () => {
    await show('?q=wrong&severity=block#REFUND_INVOICED');
    await opened('REFUND_INVOICED');
    assert.deepEqual(await shown(), CODES);
    assert.deepEqual(await query(), {});
    assert.equal(new URL(await address()).hash, '#REFUND_INVOICED');
  });

  test('is on each code, keeps the list as it is when clicked, and survives the language switch', async () => {
    await show('?q=wrong');
    await page.click('#WRONG_YEAR a');
    await opened('WRONG_YEAR');
    assert.equal(await address(), origin + '/rules.html?q=wrong#WRONG_YEAR');
    assert.equal(await page.$eval('#WRONG_YEAR a', link => link.href), origin + '/rules.html#WRONG_YEAR', 'what is copied narrows nothing');
    await page.click('#language');
    assert.equal(await address(), origin + '/rules.html?q=wrong&lang=en#WRONG_YEAR');
    assert.ok(await card('WRONG_YEAR').locator('details[open]').count() === 1);
  });

  test('is left by going back, to the list as it was', async () => {
    await show('?q=wrong');
    await page.click('#WRONG_YEAR a');
    await search('invoice');
    await page.goBack();
    await page.waitForFunction(() => document.getElementById('search')?.value === 'wrong');
    assert.deepEqual(await shown(), ['WRONG_LEDGER', 'WRONG_YEAR', 'DELETE_LEDGERS_INSTEAD']);
    await quiet();
  });

  test('is copied by its button', async () => {
    await show('?q=wrong&lang=en');
    await page.context().grantPermissions(['clipboard-read']);
    await card('WRONG_YEAR').locator('.head button').click();
    assert.equal(await card('WRONG_YEAR').locator('.head button').textContent(), 'Copied');
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), origin + '/rules.html?lang=en#WRONG_YEAR');
  });
});

test('by keyboard alone: search, open the rule that is left, run its example, hear the verdict', async () => {
  await show('');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await focused(), 'main');
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'search');
  await page.keyboard.type('in_app_only');
  const heard = async () => {
    await page.clock.runFor(1_000);
    return page.textContent('#announcement');
  };
  assert.match(await heard(), /1/);
  for (let stops = 0; stops < 10 && await page.evaluate(() => document.activeElement.tagName) !== 'SUMMARY'; stops++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.dataset.run), 'purchase');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.result[data-verdict]');
  assert.equal(await heard(), '结论：不可以');
  assert.equal(await page.getAttribute('.result[data-verdict]', 'data-codes'), 'IN_APP_ONLY');
  await quiet();
});

for (const width of [320, 375, 768, 1280, 1920]) {
  test(`nothing sticks out at ${width} px`, async () => {
    for (const path of ['', '?lang=en']) {
      await show(path, { width });
      await page.click('#all');
      await page.$$eval('[data-run]', buttons => buttons.forEach(button => button.click()));
      await page.waitForFunction(() => document.querySelectorAll('.result .banner').length === document.querySelectorAll('[data-run]').length);
      const wide = await page.evaluate(() => Array.from(document.querySelectorAll('main *'), element => element.getBoundingClientRect().right > innerWidth && element.outerHTML).filter(Boolean));
      assert.deepEqual(wide, []);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    }
  });
}
