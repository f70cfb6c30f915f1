// The report of an audit in Chromium: in both languages, without a script, with nothing loaded.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import test from 'node:test';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const PROGRAM = resolve(process.env.PREFLIGHT ?? 'target/native/preflight');
const FOLDER = resolve('target/audit-report');

/** An audit of a few orders, two of which another refund window concerns, and one of which is invalid. */
function report(...options) {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  const lines = ['id,order.status,edition,order.invoice,order.paidAt,now'];
  const paid = '2021-03-01T10:00:00+08:00';
  for (const day of ['02', '06', '11', '12', '25']) lines.push(`<b>${day}</b>,paid,cloud,none,${paid},2021-03-${day}T10:00:00+08:00`);
  lines.push('unpaid,unpaid,,,,', 'wrong,paid,clowd,,,');
  writeFileSync(`${FOLDER}/orders.csv`, `${lines.join('\n')}\n`);
  writeFileSync(`${FOLDER}/old.json`, '{}');
  writeFileSync(`${FOLDER}/new.json`, '{"refundWindowDays": 15, "version": "next"}');
  execFileSync(PROGRAM, ['audit', 'orders.csv', '--question', 'refund', '--id', 'id', '--report', 'report.html', ...options], { cwd: FOLDER });
  return pathToFileURL(`${FOLDER}/report.html`).href;
}

async function open(page, address) {
  const requests = [];
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(address);
  assert.deepEqual(requests, [address], 'nothing else is loaded');
}

test('the report is read in both languages, by mouse and by keyboard, without a script', async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  try {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1100, height: 900 } });
    const page = await context.newPage();
    await open(page, report('--terms', 'new.json', '--against', 'old.json'));
    const chinese = page.locator('main[lang=zh-CN]');
    const english = page.locator('main[lang=en]');
    assert.ok(await chinese.isVisible() && !await english.isVisible());
    assert.match(await chinese.innerText(), /7 笔订单中，2 笔的答复会改变（28\.57 %）/);
    assert.match(await chinese.innerText(), /refundWindowDays: 7 → 15/);
    await page.getByText('English', { exact: true }).click();
    assert.ok(!await chinese.isVisible() && await english.isVisible());
    const text = await english.innerText();
    assert.match(text, /Of 7 orders, 2 would be answered differently \(28\.57 %\)/);
    assert.match(text, /REFUND_WINDOW_PASSED[^]*REFUND_WITHIN_WINDOW[^]*\b2\s+28\.57 %\s+<b>11<\/b>/);
    assert.match(text, /unknown_value\s+edition\s+1/);
    await page.keyboard.press('ArrowLeft');
    assert.ok(await chinese.isVisible(), 'the arrow keys choose the language');
    const picture = chinese.locator('svg');
    assert.equal(await picture.locator('path title').first().count(), 1, 'a band says what it is');
    const box = await picture.boundingBox();
    assert.ok(box.width > 600 && box.height > 150, JSON.stringify(box));

    await page.setViewportSize({ width: 380, height: 800 });
    const { width } = await chinese.boundingBox();
    assert.ok(width <= 380, `${width} px wide on a phone`);

    await open(await context.newPage(), report());
  } finally {
    await browser.close();
  }
});
