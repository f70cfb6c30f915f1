// Whoever comes, however they see, hear, move or zoom, has the same page: WCAG 2.2 AA, and nothing that jumps.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, test } from 'node:test';
import { drawn, hold, runUntil, shifts } from './events.mjs';
import { ENGINE, open, page, quiet } from './lib.mjs';
import { CUSTOMERS, HOST, inLanguage, PLACES, readyAt } from './places.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const LANGUAGES = ['zh-CN', 'en'];
/** What is ours in a shop's page. */
const OURS = ['preflight-purchase', 'preflight-refund'];

const show = (place, { locale, ...options } = {}) => open(inLanguage(place, locale), { ready: readyAt(place), ...options });
const unfold = () => page.locator('details').evaluateAll(all => all.forEach(details => { details.open = true; }));

/** What axe finds, a line for each kind. */
async function found() {
  if (!await page.evaluate(() => !!window.axe)) await page.evaluate(AXE);
  await page.clock.resume(); // axe works by it
  return page.evaluate(async ({ tags, host, ours }) => {
    const within = location.pathname === '/' + host ? { include: ours.map(name => [name]) } : document;
    const { violations } = await window.axe.run(within, { runOnly: tags, resultTypes: ['violations'] });
    return violations.map(({ id, help, nodes: [{ target, failureSummary }, ...more] }) =>
      `${id}: ${help}: ${target.flat().join(' >>> ')} and ${more.length} more: ${failureSummary}`);
  }, { tags: TAGS, host: HOST, ours: OURS });
}

/** In the page: every element, those in shadow trees too. */
const everything = `function everything(root = document) {
  return Array.from(root.querySelectorAll('*')).flatMap(element => [element, ...element.shadowRoot ? everything(element.shadowRoot) : []]);
}`;
const inPage = body => page.evaluate(`(() => { ${everything} ${touching} ${body} })()`);

/** What is cut off or sticks out sideways; what is kept from sight on purpose is a pixel wide. */
const lost = () => inPage(`
  const name = element => element.tagName.toLowerCase() + '.' + element.className + ': ' + (element.textContent || '').slice(0, 60);
  const cut = everything().filter(element => {
    const { overflowX, overflowY, display } = getComputedStyle(element);
    if (display === 'none' || element.clientWidth <= 1 || /^(HTML|BODY|INPUT|SELECT|TEXTAREA)$/.test(element.tagName) || element.namespaceURI.endsWith('svg')) return false;
    return overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1 || overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 1;
  });
  const wide = document.documentElement.scrollWidth > innerWidth ? everything().filter(element => element.getBoundingClientRect().right > innerWidth + 1) : [];
  return [...cut, ...wide].map(name);
`);

/** What moves although who reads asks for less motion. */
const moving = () => inPage(`
  return everything().filter(element => {
    const { transitionDuration, animationDuration, scrollBehavior } = getComputedStyle(element);
    return [transitionDuration, animationDuration].some(text => text.split(',').some(part => parseFloat(part) > 0.01)) || scrollBehavior === 'smooth';
  }).map(element => element.outerHTML.slice(0, 80));
`);

/** Buttons and fields that in forced colours have no border, or are of the colour of their ground. */
const borderless = () => inPage(`
  return everything().filter(element => {
    if (!/^(BUTTON|INPUT|SELECT|TEXTAREA)$/.test(element.tagName) || element.getBoundingClientRect().width <= 1) return false;
    const { borderTopWidth, borderTopStyle, color, backgroundColor } = getComputedStyle(element);
    const native = /^(checkbox|radio|range)$/.test(element.type);
    return !native && (parseFloat(borderTopWidth) < 1 || borderTopStyle === 'none' || color === backgroundColor);
  }).map(element => element.outerHTML.slice(0, 80));
`);

/** Widens the spacing of text as far as WCAG 1.4.12 has it. */
const widen = () => inPage(`
  everything().forEach(({ style }) => {
    style.setProperty('line-height', '1.5', 'important');
    style.setProperty('letter-spacing', '0.12em', 'important');
    style.setProperty('word-spacing', '0.16em', 'important');
  });
`);

/** Zooming in halves the page's pixels and does nothing else to the layout: 320 px are a desk's window at 400 %. */
const SIZES = [[320, 256], [375, 667], [640, 400], [768, 1024], [1280, 800], [1920, 1080]];

/** What axe finds on the page that is open, light and dark. */
async function inBothSchemes() {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    assert.deepEqual(await found(), [], colorScheme);
  }
  await page.emulateMedia({ colorScheme: null });
}

for (const locale of LANGUAGES) {
  describe(`axe reports nothing; nothing is lost by width, zoom or wide spacing; nothing moves; forced colours leave borders (${locale})`, () => {
    for (const place of [...PLACES, HOST]) {
      test(`at ${place}`, async () => {
        await show(place, { locale, context: { bypassCSP: true } });
        await unfold();
        await inBothSchemes();
        if (place === HOST) return; // the rest of it is not ours
        await page.emulateMedia({ reducedMotion: 'reduce' });
        assert.deepEqual(await moving(), [], 'moves');
        await page.emulateMedia({ forcedColors: 'active' });
        assert.deepEqual(await borderless(), [], 'in forced colours');
        await page.emulateMedia({ forcedColors: null });
        for (const [width, height] of SIZES) {
          await page.setViewportSize({ width, height });
          assert.deepEqual(await lost(), [], `${width} px`);
        }
        await page.setViewportSize({ width: 375, height: 800 });
        await widen();
        assert.deepEqual(await lost(), [], 'with wide spacing');
      });
    }
  });
}

for (const customer of CUSTOMERS) {
  test(`axe reports nothing in the refund dialogues of ${customer}`, async () => {
    await show('member.html?customer=' + customer, { context: { bypassCSP: true } });
    const buttons = page.locator('main [aria-haspopup=dialog]');
    assert.ok(await buttons.count() > 0);
    for (let place = 0; place < await buttons.count(); place++) {
      await buttons.nth(place).click();
      await page.locator('[role=dialog]:visible, dialog[open]').waitFor();
      await unfold();
      await inBothSchemes();
      await page.keyboard.press('Escape');
    }
  });
}

/** In the page: the text that the outline of an element touches; above and below its letters a line has some room. */
const touching = `function touched(element) {
  const { outlineOffset, outlineWidth } = getComputedStyle(element);
  const reach = parseFloat(outlineOffset) + parseFloat(outlineWidth);
  const rings = Array.from(element.getClientRects());
  const textsOf = root => Array.from(root.childNodes).flatMap(node => node === element ? [] : node.nodeType === 3 ? [node] : [...node.shadowRoot ? textsOf(node.shadowRoot) : [], ...textsOf(node)]);
  for (const text of textsOf(document.body)) {
    if (!text.data.trim()) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const { left, right, top, bottom } of Array.from(range.getClientRects())) {
      const inset = (bottom - top) / 12;
      if (!rings.some(ring => left < ring.right + reach && right > ring.left - reach && top + inset < ring.bottom + reach && bottom - inset > ring.top - reach)) continue;
      const seen = text.getRootNode().elementFromPoint((left + right) / 2, (top + bottom) / 2);
      if (seen && seen.contains(text)) return element.outerHTML.slice(0, 120) + ' touches ' + text.data;
    }
  }
  return '';
}`;

test('wherever the tabulator leads, it can be seen, and its outline touches no text', async () => {
  for (const [place, width] of [...PLACES.map(place => [place, 1280]), ['order.html?customer=zheng-yawen', 375]]) {
    await show(place, { width });
    await unfold();
    let stops = 0;
    for (; stops < 60; stops++) {
      await page.keyboard.press('Tab');
      const unseen = await inPage(`
        let element = document.activeElement;
        while (element && element.shadowRoot && element.shadowRoot.activeElement) element = element.shadowRoot.activeElement;
        if (!element || element === document.body) return 'end';
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        const { top, bottom, width } = element.getBoundingClientRect();
        const shown = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && width > 1 && bottom > 0 && top < innerHeight;
        return shown ? touched(element) : element.outerHTML.slice(0, 120);
      `);
      if (unseen === 'end') break;
      assert.equal(unseen, '', place);
    }
    assert.ok(stops > 3, place);
  }
});

describe('nothing jumps', () => {
  /** Places where everything that a page can put together is put together. */
  const EVERY_KIND = PLACES.filter(place => !place.includes('=') || /zhou-qiming|ma-xiaodong|zheng-yawen/.test(place));
  const WAYS = {
    'when the answer comes': show,
    'when it comes once the page has been drawn without it': async (place, options) => {
      const late = hold(ENGINE);
      await show(place, { ...options, route: late.route, ready: 'body' });
      await runUntil(page, 'h1');
      await drawn(page);
      late.letGo();
      await page.waitForSelector(readyAt(place), { state: 'attached' });
    },
    'when it never comes': (place, options) => show(place, { ...options, route: [ENGINE, route => route.abort()] }),
  };
  for (const [what, show] of Object.entries(WAYS)) {
    test(what, async () => {
      for (const width of [375, 1280]) {
        for (const place of EVERY_KIND) {
          await show(place, { width });
          assert.deepEqual(await shifts(page), [], `${place} at ${width} px`);
        }
      }
    });
  }

  test('when it comes after the page has gone on without it', async () => {
    const late = hold(ENGINE);
    await show('order.html?customer=zhou-qiming', { route: late.route, ready: 'body' });
    await runUntil(page, '[data-verdict=unavailable]');
    await drawn(page);
    late.letGo();
    await page.waitForSelector('[data-verdict=block]', { state: 'attached' });
    // Another text stands where the list stood, and what is below it makes room; 0.1 is what web.dev calls good.
    const shift = (await shifts(page)).reduce((sum, [value]) => sum + value, 0);
    assert.ok(shift < 0.1, `${shift}`);
    await quiet();
  });
});
