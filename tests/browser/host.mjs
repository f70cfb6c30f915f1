// A page that is not ours with the custom elements in it, and what tests ask of it.
import { open, page } from './lib.mjs';

export const IN_ORDER = {
  edition: 'free_lifetime', product: 'voucher_pack', entry: 'in_app', payment: 'wechat', goal: 'add_vouchers', opened: [],
  need: { ledger: 'A账套', year: 2020 }, selected: { ledger: 'A账套', year: 2020 },
  member: { account: '13800000001', replacesOld: false }, activation: { account: '13800000001', notices: [] },
};
export const WRONG_LEDGER = { ...IN_ORDER, selected: { ledger: 'B账套', year: 2020 } };
export const PAID = { edition: 'cloud', product: 'cloud_ledgers', order: { status: 'paid', paidAt: '2026-11-22T14:00:00+08:00', invoice: 'none', reason: 'unusable' } };

/** Opens a page of a host with that body, which writes down the events of the elements in `heard`. */
export async function host(body, { facts, lang = 'zh-CN', head = '', headers = {}, prepare, ready = '[verdict]', answered, ...options } = {}) {
  const listen = `<script>
    window.heard = [];
    for (const name of ['preflight-answer', 'preflight-step', 'preflight-proceed', 'preflight-apply', 'preflight-contact'])
      addEventListener(name, event => { heard.push([name, event.detail]); if (window.refuse === name) event.preventDefault(); });
  </script>`;
  const give = facts ? `<script>document.querySelector('preflight-purchase, preflight-refund').facts = ${JSON.stringify(facts)};</script>` : '';
  const html = `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>Host</title><link rel="icon" href="data:,">${head}
    ${listen}<script type="module" src="/preflight/elements.js"></script><body>${body}${give}`;
  await open('host.html', {
    ...options,
    ready,
    prepare: async page => {
      await page.route('**/host.html', route => route.fulfill({ contentType: 'text/html', headers, body: html }));
      if (prepare) await prepare(page);
    },
  });
  if (answered) await verdictIs(answered);
}

export const element = () => page.locator('preflight-purchase, preflight-refund').first();
/** What the element answers with all that it has been given by now. */
export const answer = () => element().evaluate(element => element.check().verdict);
/** An element that awaits the engine. */
export const WAITING = 'preflight-purchase >> [data-state=waiting]';
export const verdictIs = expected => page.waitForSelector(`[verdict=${expected}]`, { state: 'attached' });
export const heard = name => page.evaluate(name => window.heard.filter(([heard]) => heard === name).map(([, detail]) => detail), name);
export const codes = async () => (await heard('preflight-answer')).pop().codes;
/** What Chromium tells a screen reader of what `selector` selects. */
export async function accessible(selector) {
  const client = await page.context().newCDPSession(page);
  const { result: { objectId } } = await client.send('Runtime.evaluate', { expression: `document.querySelector(${JSON.stringify(selector)})` });
  const { nodes: [node] } = await client.send('Accessibility.getPartialAXTree', { objectId, fetchRelatives: false });
  return { name: node.name.value, description: node.description?.value, disabled: node.properties.some(({ name, value }) => name === 'disabled' && value.value) };
}
