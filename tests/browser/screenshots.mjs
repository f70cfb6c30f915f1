// Shoots every page in every state into target/screenshots/, with a contact sheet: node screenshots.mjs [--only TEXT]
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { preview } from 'vite';
import { BROWSERS } from '../cross-browser/drivers.mjs';
import { CUSTOMERS, ENGINE, HOST, inLanguage, PLACES, readyAt } from './places.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = root + 'target/screenshots/';
const WIDTHS = [320, 375, 1280, 1920];
const SCHEMES = ['light', 'dark'];
const LOCALES = ['zh-CN', 'en'];
const only = process.argv[2] === '--only' ? process.argv[3] : '';

const press = (name, nth = 0) => page => page.getByRole('button', { name }).nth(nth).click({ force: true });
/** Answers that nothing is certain, until that is all that is left to say. */
async function unsure(page) {
  await page.locator('[data-fact=need] input[value=no]').check();
  const boxes = page.locator('.asked [data-fact]:not([data-fact=need]) .unsure input:not(:checked)');
  while (await boxes.count()) await boxes.first().check();
}
/** States that an address alone does not reach: what is done at a place, before it is shot. */
const STATES = [
  ...CUSTOMERS.map(customer => ({ place: 'member.html?customer=' + customer, state: 'dialogue', act: page => page.locator('main [aria-haspopup=dialog]').first().click() })),
  { place: 'order.html?customer=zheng-yawen', state: 'mended', act: press(/^把这一单|^Order 5/) },
  { place: 'order.html?customer=ma-xiaodong', state: 'nothing is certain', act: unsure },
  { place: 'order.html?customer=ma-xiaodong', state: 'paying unchecked', act: async page => {
    await unsure(page);
    await page.locator('[part=unchecked] button').click();
  } },
  { place: 'order.html?customer=lin-yue', state: 'till', act: press(/去付款|payment/) },
  { place: 'order.html?customer=zhou-qiming', state: 'unfolded', act: page => page.locator('details').evaluateAll(all => all.forEach(details => { details.open = true; })) },
  { place: 'order.html?customer=zhou-qiming', state: 'without the engine', route: [ENGINE, route => route.abort()] },
  { place: 'member.html?customer=he-jing', state: 'without the engine', route: [ENGINE, route => route.abort()], act: page => page.locator('main [aria-haspopup=dialog]').first().click() },
  { place: 'rules.html', state: 'an example', act: async page => {
    await page.locator('.rule summary').first().click();
    await page.locator('[data-run]').first().click();
  } },
];

/** Waits until all of a page has been drawn: what is far below is drawn last. */
const painted = page => page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 100)))));

const shots = [];
/** The name of a picture says what is on it. */
const picture = (place, state, width, scheme, locale, browser) =>
  [place.replace('.html', '').replace('?customer=', ' '), state, width, scheme, locale, browser].filter(Boolean).join(', ');
function take(name, shoot) {
  const file = name.replace(/[ ,=?&]+/g, '_') + '.png';
  if (!name.includes(only)) return;
  shots.push({ name, file });
  process.stdout.write(`\r   ${shots.length}  ${name}`.padEnd(100).slice(0, 100));
  return shoot(folder + file);
}

async function inChromium(origin) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu'] });
  const all = [...PLACES.map(place => ({ place })), ...STATES, { place: HOST, locales: ['zh-CN'], widths: [1280, 1920] }];
  for (const { place, state, route, act, locales = LOCALES, widths = WIDTHS } of all) {
    for (const locale of locales) {
      const wanted = widths.flatMap(width => SCHEMES.map(scheme => ({ width, scheme, name: picture(place, state, width, scheme, locale) }))).filter(({ name }) => name.includes(only));
      if (wanted.length === 0) continue;
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      if (route) await page.route(...route);
      await page.goto(origin + '/' + inLanguage(place, locale), { waitUntil: 'networkidle' });
      await page.waitForSelector(readyAt(place), { state: 'attached' });
      if (act) await act(page);
      await page.mouse.move(0, 0);
      for (const { width, scheme, name } of wanted) {
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
        await page.setViewportSize({ width, height: 800 });
        // As high as the page is: what sticks to the window's edge lies at the page's then, not across it.
        const heights = await page.locator('html, dialog').evaluateAll(all => all.map(({ scrollHeight }) => scrollHeight));
        await page.setViewportSize({ width, height: Math.max(800, ...heights) });
        await painted(page);
        await take(name, path => page.screenshot({ path }));
      }
      await page.close();
    }
  }
  await browser.close();
}

async function inChromium69(origin) {
  const { missing, start } = BROWSERS['Chromium 69'];
  const reason = missing();
  if (reason) return console.log(`\n   Chromium 69 is left out: ${reason}.`);
  const browser = await start();
  for (const place of [...PLACES, HOST]) {
    for (const width of place === HOST ? [1280] : [375, 1280]) {
      await take(picture(place, '', width, 'light', 'zh-CN', 'Chromium 69'), async path => {
        await browser.resize(width, 800);
        // The elements are seen once their style sheet has come.
        await browser.open(origin + '/' + inLanguage(place, 'zh-CN'), `document.querySelector('${readyAt(place)}') && (!document.querySelector('preflight-purchase, preflight-refund') || deep('.root')[0])`);
        await browser.resize(width, Math.min(7000, await browser.ask('document.documentElement.scrollHeight')));
        await browser.screenshot(path);
      });
    }
  }
  await browser.close();
}

/** All pictures on a page, small, by place and state. */
function contactSheet() {
  const groups = new Map();
  for (const shot of shots) {
    const group = shot.name.split(', ').filter(part => !/^(\d+|light|dark|zh-CN|en|Chromium 69)$/.test(part)).join(', ');
    groups.set(group, [...groups.get(group) || [], shot]);
  }
  const figures = all => all.map(({ name, file }) => `<figure><a href="${file}"><img loading="lazy" src="${file}" alt=""></a><figcaption>${name}</figcaption></figure>`).join('\n');
  writeFileSync(folder + 'index.html', `<!doctype html><meta charset="utf-8"><title>Screenshots</title>
<style>body { font: 14px sans-serif; margin: 24px } section { display: flex; flex-wrap: wrap; align-items: flex-start } figure { margin: 0 16px 16px 0; width: 220px } img { width: 100%; max-height: 400px; object-fit: cover; object-position: top; border: 1px solid #999 }</style>
${Array.from(groups, ([group, all]) => `<h2>${group}</h2><section>${figures(all)}</section>`).join('\n')}\n`);
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const server = await preview({ root: root + 'www', logLevel: 'silent', preview: { port: 0 } });
const origin = new URL(server.resolvedUrls.local[0]).origin;
try {
  await inChromium(origin);
  await inChromium69(origin);
} finally {
  await server.close();
}
if (shots.length === 0) {
  console.error(`no picture has \`${only}\` in its name; a name is like \`${picture(PLACES[0], '', 375, 'light', 'zh-CN')}\``);
  process.exitCode = 1;
} else {
  contactSheet();
  console.log(`\n   ${shots.length} pictures; the contact sheet is target/screenshots/index.html`);
}
