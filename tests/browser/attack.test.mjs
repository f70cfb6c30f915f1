// Pages under attack: whatever names, addresses and a shop's data hold is text to them, and nothing of it runs.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, describe, test } from 'node:test';
import { mark } from './events.mjs';
import { host, IN_ORDER, PAID, verdictIs } from './host.mjs';
import { breaches, faults, open, origin, page, quiet } from './lib.mjs';

/** Markup, script, addresses that are script, styles and what templates fill in. */
const ATTACK = [
  '<img src=x onerror=window.breached=1>', '"><script>window.breached=1</script>', '\'><svg/onload=window.breached=1>', 'javascript:window.breached=1',
  '</style><style>*{display:none}</style>', 'x:expression(1);background:url(//evil.test)', '{ledger}{year}{reason}', '${1}$&$1', '&lt;b&gt;%3Cb%3E', '\u202egnp.',
].join(' ');
/** How much of it has to be read on the page, as it is written. */
const SHOWN = ATTACK.slice(0, 120);

/** What is wrong with the page, shadow trees included; and that the attack stands there as text, where `shown`. */
async function innocent(what, shown = '') {
  await mark(page);
  const found = await page.evaluate(() => {
    const all = root => Array.from(root.querySelectorAll('*')).flatMap(element => [element, ...element.shadowRoot ? all(element.shadowRoot) : []]);
    const texts = root => Array.from(root.childNodes).flatMap(node => node.nodeType === 3 ? [node.data] : [...node.shadowRoot ? texts(node.shadowRoot) : [], ...texts(node)]);
    const elements = all(document);
    const own = element => element.closest('head, noscript') || element.type === 'application/json' || element.src && new URL(element.src).origin === location.origin;
    const wrong = elements.filter(element => /^(img|script|style|iframe|object|embed|base|meta)$/i.test(element.localName) && !own(element)).map(element => element.outerHTML);
    for (const element of elements) {
      for (const { name, value } of Array.from(element.attributes)) {
        if (/^on/.test(name) || name === 'style') wrong.push(`${name}=${value}`);
        if (/^(href|src|action|formaction)$/.test(name) && !/^(https?|tel|mailto|data):/.test(new URL(value, document.baseURI).protocol)) wrong.push(`${name}=${value}`);
      }
    }
    if (window.breached) wrong.push('a script ran');
    if (Object.keys(Object.prototype).length > 0 || {}.polluted) wrong.push('Object.prototype is polluted');
    if (getComputedStyle(document.body).display === 'none') wrong.push('a style took effect');
    return { wrong, text: texts(document.body).join('\n') + Array.from(document.querySelectorAll('input, textarea'), ({ value }) => value).join('\n') };
  });
  assert.deepEqual(found.wrong, [], what);
  if (shown) assert.ok(found.text.includes(shown), `${what}: the text is not shown as it is`);
  assert.deepEqual(breaches, [], what);
}

const address = (place, parameters) => place + '?' + new URLSearchParams(parameters);
const PLACED = { edition: 'free_lifetime', product: 'voucher_pack', 'need.ledger': 'A账套', 'need.year': '2020', 'selected.ledger': ATTACK, 'selected.year': '2020' };

describe('in an address, an attack is text', () => {
  for (const lang of ['zh-CN', 'en']) {
    test(`as the name of a ledger, in ${lang}`, async () => {
      await open(address('order.html', { ...PLACED, lang }));
      await innocent('order', SHOWN);
      await open(address('member.html', { ...PLACED, lang, 'order.status': 'paid', 'order.invoice': 'none', 'order.reason': 'wrong_ledger' }));
      await page.click('main [aria-haspopup=dialog]');
      await innocent('member', SHOWN);
      await open(address('try.html', { question: 'purchase', ...PLACED, lang }));
      await innocent('try', SHOWN);
    });
  }

  test('as anything else', async () => {
    const everywhere = { edition: ATTACK, product: ATTACK, entry: ATTACK, 'member.account': ATTACK, 'activation.account': ATTACK, 'activation.notices': ATTACK, 'order.phone': ATTACK, 'order.paidAt': ATTACK, opened: ATTACK, foo: ATTACK, 'need.legder': ATTACK };
    for (const place of ['order.html', 'member.html', 'try.html']) {
      await open(address(place, everywhere));
      await innocent(place);
      await quiet();
    }
    await open(address('try.html', { question: ATTACK, edition: 'cloud' }));
    await innocent('the question', SHOWN);
    for (const hash of ['#' + ATTACK, '#%E0%A4%A']) {
      await open(address('rules.html', { q: ATTACK, question: ATTACK, severity: ATTACK, customer: ATTACK }) + hash, { ready: '#rules' });
      await innocent('rules');
    }
  });

  const HOSTILE = [
    '__proto__.polluted=1&__proto__=1&constructor.prototype=1&constructor=1&toString=1&terms.__proto__.polluted=1&terms.constructor=1&foo.bar=1&question=__proto__&lang=__proto__',
    'customer=__proto__', 'customer=..%2F..%2Findex.html%23',
    'need.ledger=%E0%A4%A&need.year=1e309&cloud.used=-0&now=NaN&order.paidAt=99999999999999999999&selected.ledger=%00%0A%EF%BF%BF%ED%A0%80&&==&=%&?#',
    'edition=cloud&edition=paid&need.ledger=' + 'x'.repeat(5000) + '&opened=ledger'.repeat(300) + '&activation.notices=a'.repeat(300),
  ];
  for (const place of ['order.html', 'member.html', 'try.html']) {
    test(`hostile parameters leave ${place} as usable as ever`, async () => {
      for (const parameters of HOSTILE) {
        await open(place + '?' + parameters, { ready: 'main h1' });
        if (place !== 'member.html') await page.waitForSelector('[data-verdict]', { state: 'attached' });
        await innocent(parameters.slice(0, 60));
        assert.deepEqual(faults, [], parameters.slice(0, 60));
      }
    });
  }
});

test('in a shop’s data, an attack is text', async () => {
  const order = { number: ATTACK, edition: 'cloud', product: 'cloud_ledgers', selected: { ledger: ATTACK }, order: { status: 'paid', paidAt: '2026-11-20T10:00:00+08:00', invoice: 'requested', phone: ATTACK, reason: ATTACK } };
  const customer = {
    id: ATTACK, name: ATTACK, now: '2026-11-24T10:00:00+08:00', edition: 'free_lifetime', member: { account: ATTACK }, activation: { account: ATTACK, notices: [ATTACK] },
    ledgers: [{ ledger: ATTACK, year: 2026, opened: [ATTACK] }], orders: [order, { ...order, product: ATTACK, edition: ATTACK }],
    wants: { product: 'voucher_pack', selected: { ledger: 'A账套', year: 2026 }, need: { ledger: ATTACK, year: 2026 } },
  };
  const route = ['**/sample/*', route => route.fulfill({ json: route.request().url().endsWith('customers.json') ? [{ id: ATTACK, name: ATTACK, about: { zh: ATTACK, en: ATTACK } }] : customer })];
  for (const lang of ['zh-CN', 'en']) {
    await open(address('order.html', { customer: ATTACK, lang }), { route });
    await innocent('order', SHOWN);
    await open(address('member.html', { customer: ATTACK, lang }), { route });
    await innocent('member', SHOWN);
    for (const button of await page.locator('main [aria-haspopup=dialog]').all()) {
      await button.click();
      await innocent('dialog', SHOWN);
      await page.keyboard.press('Escape');
    }
    await quiet();
  }
});

describe('in a page of a shop', () => {
  /** A shop that lets no text become code or markup. */
  const TRUSTED = { 'Content-Security-Policy': "require-trusted-types-for 'script'; trusted-types 'none'" };

  test('facts that are an attack are text, in attributes, scripts and properties, and pollute nothing', async () => {
    await host('<preflight-purchase for="pay" constructor="x"></preflight-purchase><button id="pay">付款</button><preflight-refund></preflight-refund>', { answered: 'unknown', headers: TRUSTED });
    await page.evaluate(([facts, paid, attack]) => {
      const [check, refund] = document.querySelectorAll('preflight-purchase, preflight-refund');
      check.setAttribute('selected-ledger', attack);
      const script = document.createElement('script');
      script.type = 'application/json';
      script.textContent = '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "goal": "other"}';
      check.append(script);
      check.facts = { ...facts, selected: undefined };
      refund.number = attack;
      refund.facts = { ...paid, product: attack };
      check.check();
      check.setAttribute('playground', 'javascript:window.breached=1');
      refund.setAttribute('playground', 'http://[');
      refund.open();
    }, [IN_ORDER, PAID, ATTACK]);
    await verdictIs('block');
    await innocent('elements', SHOWN);
    assert.deepEqual(await page.evaluate(() => document.querySelector('preflight-purchase').check().codes), ['WRONG_LEDGER'], 'what is no fact is left out, and the rest is checked');
  });

  /** Opens a page of another origin with a frame in it; a real one, as a browser trusts no page that came from nowhere. */
  async function framed(address, prepare) {
    const outer = createServer((_, response) => response.setHeader('Content-Type', 'text/html').end(`<!doctype html><title>Outer</title><iframe src="${address}" width="900" height="700"></iframe>`));
    await once(outer.listen(0, '127.0.0.1'), 'listening');
    after(() => outer.close());
    await open('index.html', { ready: 'h1', prepare });
    await page.goto(`http://127.0.0.1:${outer.address().port}/`);
    return page.mainFrame().childFrames()[0];
  }

  test('the elements work in a frame of another origin, from the question to the till', async () => {
    const html = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><script type="module" src="/preflight/elements.js"></script>
      <preflight-purchase for="pay" can-switch></preflight-purchase><button id="pay" onclick="document.title = 'paid'">付款</button>
      <script>
        const [check, facts] = [document.querySelector('preflight-purchase'), ${JSON.stringify({ ...IN_ORDER, payment: 'other' })}];
        check.facts = facts;
        check.addEventListener('preflight-step', ({ detail }) => { check.facts = { ...facts, ...detail.changes }; });
      </script>`;
    const frame = await framed(origin + '/framed.html', page => page.route(origin + '/framed.html', route => route.fulfill({ contentType: 'text/html', headers: TRUSTED, body: html })));
    await frame.locator('preflight-purchase[verdict=block]').waitFor({ state: 'attached' });
    await frame.locator('#pay').click({ force: true });
    assert.equal(await frame.title(), '');
    await frame.locator('[part=step]').first().click();
    await frame.locator('preflight-purchase[verdict=allow]').waitFor({ state: 'attached' });
    await frame.locator('#pay').click();
    assert.equal(await frame.title(), 'paid');
    assert.deepEqual(faults.filter(fault => !/^request to |favicon/.test(fault)), []);
  });

  test('the pages themselves can’t be framed, so that nobody is led to click in them unawares', async () => {
    const frame = await framed(origin + '/order.html');
    assert.match(frame.url(), /^chrome-error:/);
    breaches.splice(0); // the browser may say so, too
  });
});
