// Where WebAssembly cannot run the pages answer all the same, by its translation to JavaScript, and nothing on them shows it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, test } from 'node:test';
import { mark } from './events.mjs';
import { breaches, ENGINE, faults, open, page, quiet, root, saidOtherwise } from './lib.mjs';

const native = JSON.parse(readFileSync(root + 'target/project/native.json', 'utf8'));
const installed = root + 'target/project/node_modules/@ekuaiji/preflight/';

const policy = scripts => page => page.route('**/*.html*', async route => {
  const response = await route.fetch();
  const headers = { ...response.headers(), 'content-security-policy': `script-src ${scripts}; object-src 'none'` };
  await route.fulfill({ response, headers });
});
const module = answer => page => page.route('**/*.wasm', route => route.fulfill(answer));
const MODULE = readFileSync(installed + 'preflight.wasm');

/** What keeps the module from running, and what Chromium then writes on the console. */
const OBSTACLES = {
  'the module cannot be fetched': [page => page.route('**/*.wasm', route => route.abort()), /Failed to load resource/],
  'the module is not there': [module({ status: 404 }), /Failed to load resource/],
  'the module is cut short': [module({ contentType: 'application/wasm', body: MODULE.subarray(0, 50_000) })],
  'a web page is served for the module': [module({ contentType: 'text/html', body: '<!DOCTYPE html><title>e会计</title>' })],
  'there is no WebAssembly': [page => page.addInitScript(() => { delete window.WebAssembly; })],
  'the security policy forbids it': [policy("'self'"), /Content Security Policy/],
};
const nothing = () => {};
const HARMLESS = {
  'nothing is in the way': nothing,
  'the module is served as a text': module({ contentType: 'text/plain', body: MODULE }),
  'the security policy allows it': policy("'self' 'wasm-unsafe-eval'"),
};
const PAGES = ['order.html?customer=lin-yue', 'order.html?customer=zhou-qiming', 'order.html?customer=ma-xiaodong&lang=en', 'member.html?customer=zheng-yawen'];

/** Opens a page in whose way something is; gives what it shows, and which of the engine's files it asked for. */
async function show(path, obstacle) {
  const asked = [];
  await open(path, { prepare: async page => {
    page.on('request', request => { if (ENGINE.test(request.url())) asked.push(basename(request.url()).replace(/-[^.]*/, '')); });
    await page.route('**/installed/*', route => route.fulfill({ path: installed + basename(new URL(route.request().url()).pathname) }));
    await obstacle(page);
  } });
  await mark(page);
  return { body: await page.evaluate(() => document.body.innerHTML), asked };
}

describe('the same is shown, and explained', () => {
  const bodies = {};
  for (const [what, [obstacle, told]] of Object.entries(OBSTACLES)) {
    test(`where ${what}, by the translation`, async () => {
      for (const path of PAGES) {
        bodies[path] ??= (await show(path, nothing)).body;
        const shown = await show(path, obstacle);
        assert.equal(shown.body, bodies[path], path);
        assert.ok(shown.asked.includes('translated.js'), `${path} asks for ${shown.asked}`);
        for (const fault of [...faults, ...breaches.splice(0)]) assert.match(fault, told ?? /^$/);
      }
      assert.deepEqual(await saidOtherwise(native.slice(0, 50)), { runsOn: 'js', different: [] });
    });
  }

  for (const [what, harmless] of Object.entries(HARMLESS)) {
    test(`where ${what}, by the module alone`, async () => {
      for (const path of PAGES) {
        const { asked } = await show(path, harmless);
        assert.deepEqual(asked, ['preflight.wasm'], path);
        await quiet();
      }
      assert.deepEqual(await saidOtherwise(native.slice(0, 50)), { runsOn: 'wasm', different: [] });
    });
  }
});

test(`${native.length} explanations and errors of the translation are the same bytes as natively`, async () => {
  assert.ok(native.length > 1_000);
  await show('order.html', OBSTACLES['there is no WebAssembly'][0]);
  assert.deepEqual(await saidOtherwise(native), { runsOn: 'js', different: [] });
});

test('where there is no WebAssembly, the module is not even asked for', async () => {
  const { asked } = await show(PAGES[0], OBSTACLES['there is no WebAssembly'][0]);
  asked.splice(0); // among them the module, which the page has the browser fetch before any script runs
  await saidOtherwise([]);
  await mark(page);
  assert.deepEqual(asked, ['translated.js']);
});

/** Whether this browser asks again for a module that it could not fetch; older ones remember the failure. */
async function asksAgain() {
  const address = '/installed/asks-again.js';
  const get = () => page.evaluate(address => import(address).then(() => true, () => false), address);
  await page.route('**' + address, route => route.abort());
  await get();
  await page.unroute('**' + address);
  await page.route('**' + address, route => route.fulfill({ contentType: 'text/javascript', body: '' }));
  return get();
}

for (const [file, runsOn] of [['preflight.wasm', 'wasm'], ['translated.js', 'js']]) {
  test(`where neither can be had, one error says both; once ${file} is back, the next call has it`, async context => {
    const lost = ['preflight.wasm', 'translated.js'].map(name => '**/installed/' + name);
    await show('order.html', page => Promise.all(lost.map(file => page.route(file, route => route.abort()))));
    const load = () => page.evaluate(async () => {
      const { load } = await import('/installed/browser.js');
      return load().then(({ runsOn }) => runsOn, error => error.message);
    });
    assert.match(await load(), /^the engine could not be loaded \(wasm: [^;]+; js: [^;]*translated\.js[^;]*\); check that /);
    if (runsOn === 'js' && !await asksAgain()) return context.skip('this Chromium remembers a module that it could not fetch');
    await page.unroute('**/installed/' + file);
    assert.equal(await load(), runsOn);
  });
}
