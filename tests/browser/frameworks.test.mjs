// Facts that a page or its framework changes in place, after the answer: whoever pays, pays on an answer to what they are now.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { build } from 'esbuild';
import { answer, element, heard, host, IN_ORDER, verdictIs } from './host.mjs';
import { page, quiet, root } from './lib.mjs';

const FACTS = `const facts = ${JSON.stringify(IN_ORDER)};`;

/** How each keeps the facts and gives them to the element; `#ledger` is the ledger in which the purchase is started. */
const PAGES = {
  'plain JavaScript': `
    ${FACTS}
    const check = document.querySelector('preflight-purchase');
    check.facts = facts;
    document.querySelector('#ledger').addEventListener('input', event => { facts.selected.ledger = event.target.value; });`,
  'Vue 3': `
    import { createApp, h, reactive, vModelText, withDirectives } from 'vue';
    ${FACTS}
    const state = reactive(facts);
    const update = value => { state.selected.ledger = value; };
    createApp({ render: () => [
      withDirectives(h('input', { id: 'ledger', 'onUpdate:modelValue': update }), [[vModelText, state.selected.ledger]]),
      h('preflight-purchase', { for: 'pay', facts: state }),
    ] }).mount('#app');`,
  'React 19': `
    import { createElement as h, useState } from 'react';
    import { createRoot } from 'react-dom/client';
    ${FACTS}
    function Order() {
      const [, draw] = useState(0);
      const change = event => {
        facts.selected.ledger = event.target.value;
        draw(count => count + 1);
      };
      return [h('input', { id: 'ledger', key: 'ledger', onChange: change }), h('preflight-purchase', { key: 'check', for: 'pay', facts })];
    }
    createRoot(document.querySelector('#app')).render(h(Order));`,
};

for (const [name, source] of Object.entries(PAGES)) {
  describe(`facts changed in place by ${name}`, () => {
    async function openPage() {
      const { outputFiles: [{ text }] } = await build({
        stdin: { contents: source, resolveDir: root }, bundle: true, write: false, format: 'esm',
        define: { 'process.env.NODE_ENV': '"production"', __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
        logLevel: 'silent',
      });
      const own = name === 'plain JavaScript' ? '<input id="ledger"><preflight-purchase for="pay"></preflight-purchase>' : '<div id="app"></div>';
      await host(`${own}<button id="pay" type="button">付款</button><script type="module" src="app.js"></script>
        <script>window.paid = 0; document.querySelector('#pay').addEventListener('click', () => { window.paid++; });</script>`, {
        answered: 'allow',
        prepare: page => page.route('**/app.js', route => route.fulfill({ contentType: 'text/javascript', body: text })),
      });
    }
    const paid = () => page.evaluate(() => window.paid);

    test('a press on the pay button is answered by the facts of that moment', async () => {
      await openPage();
      await page.fill('#ledger', 'B账套');
      await page.click('#pay', { force: true });
      await verdictIs('block');
      assert.equal(await paid(), 0);
      assert.deepEqual(await heard('preflight-proceed'), []);
      await page.fill('#ledger', 'A账套');
      await page.click('#pay', { force: true });
      await verdictIs('allow');
      assert.equal(await paid(), 0, 'the answer is another one than the buyer has read');
      await page.click('#pay', { force: true });
      assert.equal(await paid(), 1);
      assert.deepEqual((await heard('preflight-proceed')).map(({ verdict, facts }) => [verdict, facts.selected.ledger]), [['allow', 'A账套']]);
      await quiet();
    });

    test('check() and proceed() read them anew, and what is put in order meanwhile is read first', async () => {
      await openPage();
      await page.fill('#ledger', 'B账套');
      assert.equal(await answer(), 'block');
      assert.equal(await element().evaluate(check => check.proceed()), false);
      await page.fill('#ledger', 'A账套');
      assert.equal(await element().evaluate(check => check.proceed()), false);
      assert.equal(await element().evaluate(check => check.proceed()), true);
      assert.deepEqual((await heard('preflight-proceed')).map(({ facts }) => facts.selected.ledger), ['A账套']);
      await quiet();
    });
  });
}
