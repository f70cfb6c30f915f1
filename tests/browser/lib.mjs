// What the tests of the pages share: the built pages on a server, a browser, and one page at a time.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, afterEach, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { preview } from 'vite';
import { mark, stopClock } from './events.mjs';

export { ENGINE } from './places.mjs';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
const FLAGS = '--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

/** How Chromium begins what it says of a breach of the security policy. */
const BREACH = /Content Security Policy|Trusted ?(Type|HTML|Script)/i;

let server, browser;
/** Where the pages are. */
export let origin;
/** The page that is open. */
export let page;
/** What went wrong on it, as far as it has been heard of: errors on the console, and requests to another origin. */
export let faults = [];
/** What breached the security policy, on every page that a test opens; a test that provokes it takes it out. */
export const breaches = [];

before(async () => {
  assert.ok(existsSync(executablePath), `no Chromium at ${executablePath}: install Debian's package chromium, or name one in CHROMIUM`);
  assert.ok(existsSync(root + 'target/www/order.html'), 'the pages are not built: run `npx vite build www` first');
  server = await preview({ root: root + 'www', logLevel: 'silent', preview: { port: 0 } });
  origin = new URL(server.resolvedUrls.local[0]).origin;
  browser = await chromium.launch({ executablePath, args: FLAGS.split(' ') });
});

after(async () => {
  if (browser) await browser.close();
  if (server) await server.close();
});

afterEach(async () => {
  await close();
  assert.deepEqual(breaches.splice(0), [], 'the security policy that the pages are served with was breached');
});

async function close() {
  if (!page) return;
  try {
    await mark(page);
  } finally {
    await page.context().close();
    page = undefined;
  }
}

/** When it is on every page that is opened: a day that the demo's data knows. */
const NOW = '2026-11-24T10:00:00+08:00';

/**
 * Opens a page in place of the one before, once it is prepared, and waits for what `ready` selects: as a rule, its
 * answer. The page's clock stands still, so that a slow machine is no slow engine; it goes on by
 * `page.clock.runFor`. Where `now` is `null`, it is the browser's own.
 */
export async function open(path, { width = 1280, now = NOW, prepare, route, ready = '[data-verdict]', context = {} } = {}) {
  await close();
  faults = [];
  page = await browser.newPage({ viewport: { width, height: 800 }, locale: 'zh-CN', ...context });
  page.setDefaultTimeout(30_000);
  page.on('console', message => {
    if (message.type() === 'error') faults.push(message.text());
    if (BREACH.test(message.text())) breaches.push(message.text());
  });
  page.on('pageerror', error => faults.push(String(error)));
  page.on('request', request => { if (!/^data:/.test(request.url()) && new URL(request.url()).origin !== origin) faults.push('request to ' + request.url()); });
  if (now) await stopClock(page, now);
  if (prepare) await prepare(page);
  if (route) await page.route(...route);
  await page.goto(origin + '/' + path);
  await page.waitForSelector(ready, { state: 'attached' });
}

/** Nothing has gone wrong on the page until now. */
export async function quiet() {
  await mark(page);
  assert.deepEqual(faults, []);
}

/** What has the focus, in whatever shadow: its id, or else its text. */
export const focused = () => page.evaluate(() => {
  let active = document.activeElement;
  while (active.shadowRoot && active.shadowRoot.activeElement) active = active.shadowRoot.activeElement;
  return active.id || active.textContent;
});

/** What the installed package runs on, in the page that is open, and what it says otherwise than the native engine. */
export const saidOtherwise = native => page.evaluate(async native => {
  const { load } = await import('/installed/browser.js');
  const engine = await load();
  const said = (question, facts, locale) => {
    try {
      return JSON.stringify(engine.explain(question, facts, { locale }));
    } catch (error) {
      return `${error.code} ${error.path} ${error.message}`;
    }
  };
  const different = native.filter(entry => said(entry.question, entry.facts, entry.locale) !== entry.said);
  return { runsOn: engine.runsOn, different };
}, native);
