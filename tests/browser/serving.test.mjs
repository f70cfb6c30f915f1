// The pages are served as README.md tells a shop to serve them, and a browser holds them to it.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { mark } from './events.mjs';
import { breaches, open, origin, page, root } from './lib.mjs';

const built = root + 'target/www/';
const pages = readdirSync(built).filter(name => name.endsWith('.html'));
const head = (path, encoding = 'identity') => fetch(origin + '/' + path, { headers: { 'Accept-Encoding': encoding } }).then(({ headers }) => headers);

/** The headers that README.md has nginx add, but the one that differs from file to file. */
function documented() {
  const [, nginx] = /```nginx\n([^`]*)```/.exec(readFileSync(root + 'README.md', 'utf8'));
  return Array.from(nginx.matchAll(/add_header (\S+) "(.*)" always;/g), ([, name, value]) => [name, value]);
}

test('the documented headers are the served ones, on every page', async () => {
  assert.deepEqual(documented().map(([name]) => name), ['Content-Security-Policy', 'Referrer-Policy', 'X-Content-Type-Options']);
  for (const path of ['', ...pages, 'no-such-page']) {
    const served = await head(path);
    for (const [name, value] of documented()) assert.equal(served.get(name), value, `${name} of /${path}`);
  }
});

test('pages are asked for anew, what they load is kept, and both are compressed', async () => {
  const assets = readdirSync(built + 'assets').filter(name => !name.endsWith('.gz'));
  const types = { wasm: 'application/wasm', js: 'text/javascript', css: 'text/css' };
  for (const name of assets) {
    const served = await head('assets/' + name, 'gzip');
    assert.equal(served.get('cache-control'), 'public, max-age=31536000, immutable', name);
    assert.equal(served.get('content-type').split(';')[0], types[name.split('.').pop()], name);
    assert.equal(served.get('content-encoding'), 'gzip', name);
  }
  for (const name of pages) {
    const served = await head(name, 'gzip');
    assert.equal(served.get('cache-control'), 'no-cache', name);
    assert.equal(served.get('content-encoding'), 'gzip', name);
    assert.equal((await head(name)).get('content-encoding'), null, `${name} for who does not know gzip`);
  }
});

describe('a page is held to the policy, and the tests hear of it', () => {
  const ATTEMPTS = {
    'a script in the page': [/TrustedScript/, () => document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.breached = true' }))],
    'a text made markup': [/TrustedHTML/, () => { document.body.innerHTML = '<h1>breached</h1>'; }],
    'a text made code': [/TrustedScript/, () => setTimeout('window.breached = true')],
    'a style in a text': [/style-src/, () => document.body.setAttribute('style', 'display: none')],
    'something sent elsewhere': [/connect-src/, () => fetch('https://example.com/')],
  };
  for (const [what, [told, attempt]] of Object.entries(ATTEMPTS)) {
    test(what, async () => {
      await open('order.html', { now: null });
      await mark(page);
      assert.deepEqual(breaches, []);
      const heard = page.waitForEvent('console', message => told.test(message.text()));
      await page.evaluate(attempt).catch(() => {});
      await heard;
      await page.evaluate(() => new Promise(resolve => setTimeout(resolve))); // a timer set before has run
      assert.match(breaches.splice(0).join(), told);
      assert.ok(await page.evaluate(() => !window.breached && getComputedStyle(document.body).display !== 'none'));
    });
  }
});
