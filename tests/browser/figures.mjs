// What an order page costs, by Chromium's own performance entries: prints the table for README.md.
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { preview } from 'vite';

const RUNS = 9;
/** A page as software or shop opens it: the facts are in the address, and there is no demo. */
const PAGE = 'order.html?edition=free_lifetime&product=voucher_pack&entry=in_app&payment=wechat&need.ledger=A账套&need.year=2020&selected.ledger=B账套&selected.year=2020'
  + '&member.account=13800000001&activation.account=13800000001&activation.notices=';
/** A phone on a slow 4G line, as Lighthouse has it. */
const SLOW = { latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8, offline: false };
const MACHINES = { 'this machine': {}, 'a phone, slow 4G and a quarter of the speed': { network: SLOW, cpu: 4 } };

const median = numbers => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** Opens the page with nothing in any cache, and measures. */
async function measure(browser, origin, { network, cpu }) {
  const context = await browser.newContext({ viewport: network ? { width: 375, height: 667 } : { width: 1280, height: 800 } });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  if (network) await devtools.send('Network.emulateNetworkConditions', network);
  if (cpu) await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpu });
  await page.addInitScript(() => {
    window.figures = { shift: 0 };
    new MutationObserver((_, observer) => {
      if (!document.documentElement.dataset.verdict) return;
      window.figures.answer = performance.now();
      observer.disconnect();
    }).observe(document, { attributes: true, subtree: true, attributeFilter: ['data-verdict'] });
    new PerformanceObserver(list => list.getEntries().forEach(({ value }) => { window.figures.shift += value; })).observe({ type: 'layout-shift', buffered: true });
    new PerformanceObserver(list => list.getEntries().forEach(({ startTime }) => { window.figures.largest = startTime; })).observe({ type: 'largest-contentful-paint', buffered: true });
  });
  await page.goto(`${origin}/${PAGE}`);
  await page.waitForFunction(() => document.documentElement.dataset.verdict === 'block');
  await page.waitForTimeout(500);
  const figures = await page.evaluate(() => {
    const loaded = performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'));
    return {
      ...window.figures,
      requests: loaded.length,
      bytes: loaded.reduce((sum, { transferSize }) => sum + transferSize, 0),
      paint: performance.getEntriesByName('first-contentful-paint')[0].startTime,
    };
  });
  await context.close();
  return figures;
}

const server = await preview({ root: fileURLToPath(new URL('../../www', import.meta.url)), logLevel: 'silent', preview: { port: 0 } });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu'] });
try {
  const origin = new URL(server.resolvedUrls.local[0]).origin;
  await measure(browser, origin, {}); // the first is slower for reasons of the browser's own
  const columns = [];
  for (const machine of Object.values(MACHINES)) {
    const runs = [];
    for (let run = 0; run < RUNS; run++) runs.push(await measure(browser, origin, machine));
    const of = name => median(runs.map(figures => figures[name]));
    columns.push({
      'requests': of('requests'),
      'bytes transferred': `${(of('bytes') / 1000).toFixed(1)} kB`,
      'first contentful paint': `${of('paint').toFixed(0)} ms`,
      'largest contentful paint': `${of('largest').toFixed(0)} ms`,
      'first answer': `${of('answer').toFixed(0)} ms`,
      'layout shift, the worst': Math.max(...runs.map(({ shift }) => shift)),
    });
  }
  const row = cells => `| ${cells.join(' | ')} |`;
  console.log(['\n' + row(['the order page, nothing cached', ...Object.keys(MACHINES)]), row(['---', ...columns.map(() => '---:')]),
    ...Object.keys(columns[0]).map(name => row([name, ...columns.map(column => column[name])]))].join('\n'));
  console.log(`\nThe median of ${RUNS}, Chromium ${browser.version()}, served by \`cargo xtask start\`.`);
} finally {
  await browser.close();
  await server.close();
}
