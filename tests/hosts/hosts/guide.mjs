// What GUIDE.md says of receipts and of scenarios, as it stands there: the server decides as is said of it, the page sends
// what was checked, and the command runs the scenarios.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

import { openPage, page, serve } from '../lib.mjs';

const PACKAGE = 'node_modules/@ekuaiji/preflight/';

/** The pieces of code in a section, by their language. */
function codeOf(guide, title, language) {
  const section = guide.split(/^## /m).find((text) => text.startsWith(title));
  if (!section) throw new Error(`GUIDE.md has no section ${title}`);
  return [...section.matchAll(/^```(\w+)\n(.*?)^```$/gms)].filter(([, of]) => of === language).map(([, , code]) => code);
}

const FACTS = {
  edition: 'free_lifetime', product: 'voucher_pack', entry: 'in_app', payment: 'wechat', goal: 'add_vouchers', opened: [],
  need: { ledger: 'A', year: 2020 }, selected: { ledger: 'A', year: 2020 },
  member: { account: '13800000001' }, activation: { account: '13800000001', notices: [] },
};
const ELSEWHERE = { ...FACTS, selected: { ledger: 'B', year: 2020 } };

/** Presses the button of the element under the facts of the case, and tells whether the buyer got to `/pay`; else the title is what the page says. */
const PAGE = (code) => `
import '${'/' + PACKAGE}elements.js';
const element = document.createElement('preflight-purchase');
element.facts = ${JSON.stringify(FACTS)};
document.body.append(element, Object.assign(document.createElement('p'), { id: 'refused' }));
await new Promise((answered) => element.addEventListener('preflight-answer', answered, { once: true }));
if (!element.payable) document.title = 'the element says: ' + element.why;
${code}
new MutationObserver(() => { document.title = 'refused: ' + document.querySelector('#refused').textContent; })
  .observe(document.querySelector('#refused'), { childList: true });
element.proceed();
`;

export default async function (project) {
  const guide = readFileSync(`${project.folder}/${PACKAGE}GUIDE.md`, 'utf8');
  const [inPage, onServer] = codeOf(guide, 'Receipts', 'js');

  project.write('server.mjs', onServer);
  const { decide } = await import(pathToFileURL(`${project.folder}/server.mjs`));
  const { loadSync } = await import(pathToFileURL(`${project.folder}/${PACKAGE}node.js`));
  decides(decide, loadSync);

  project.write('page.mjs', PAGE(inPage));
  project.write('index.html', page('page.mjs'));
  let sent = '';
  const orders = async (request, response) => {
    for await (const piece of request) sent += piece;
    const { status, ...decided } = decide(JSON.parse(sent));
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(decided));
  };
  const pay = (request, response) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>checked</title>');
  await serve(project.folder, (address) => openPage(address + 'index.html'), { routes: { '/orders': orders, '/pay': pay } });
  assert.equal(JSON.parse(sent).receipt.question, 'purchase');

  const [scenarios] = codeOf(guide, 'QA', 'json');
  project.write('scenarios/refund/window.json', scenarios);
  const command = `${project.folder}/node_modules/.bin/preflight-scenarios`;
  assert.match(await project.run(command, ['scenarios']), /\n2 passed, 0 failed\n$/);
  project.write('scenarios/refund/window.json', scenarios.replace('"allow"', '"block"'));
  await assert.rejects(project.run(command, ['scenarios']), /1 passed, 1 failed/);
}

/** What the server of the guide does, case by case. */
function decides(decide, loadSync) {
  const asked = (facts, terms) => loadSync({ terms }).explain('purchase', { ...facts, now: '2021-03-01T10:00:00+08:00' });
  const decided = (facts, { receipt }) => decide({ facts, receipt });
  assert.deepEqual(decided(FACTS, asked(FACTS)), { status: 200, reasons: [], differs: [] });
  // Another person with the same facts has the same digest: accounts are no part of it.
  const other = { ...FACTS, member: { account: '13800000002' }, activation: { account: '13800000002', notices: [] } };
  assert.deepEqual(decided(FACTS, asked(other)).differs, []);
  // Facts that it blocks are refused with the reason, even if the receipt is that of these facts.
  const blocked = decided(ELSEWHERE, asked(ELSEWHERE));
  assert.equal(blocked.status, 409);
  assert.match(blocked.reasons[0], /B/);
  // So are a receipt of other facts, of another question, and none.
  assert.deepEqual(decided(FACTS, asked(ELSEWHERE)), { status: 409, reasons: [], differs: ['facts'] });
  assert.deepEqual(decided(FACTS, { receipt: { ...asked(FACTS).receipt, question: 'refund' } }).status, 409);
  assert.equal(decided(FACTS, { receipt: null }).status, 409);
  // Other terms are told of, and do no harm.
  const terms = { version: '2027-01', refundWindowDays: 15 };
  assert.deepEqual(decided(FACTS, asked(FACTS, terms)), { status: 200, reasons: [], differs: ['rules', 'terms'] });
  const invalid = decided({ ...FACTS, need: { legder: 'A' } }, asked(FACTS));
  assert.equal(invalid.status, 400);
  assert.match(invalid.reasons[0], /need\.ledger/);
}
