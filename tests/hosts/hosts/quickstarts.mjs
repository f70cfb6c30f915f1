// The samples of the package's guide, each as it stands: a plain page and its test, from a CDN too, React, Vue and Express,
// and the files of the walkthrough. Next is a host of its own.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { build } from 'vite';

import { filesOf, writeFiles } from '../samples.mjs';
import { program, root, run, serve, served, visit } from '../lib.mjs';
import { bundled, test } from './workerd.mjs';

const ORDER = {
  edition: 'free_lifetime', product: 'voucher_pack', entry: 'in_app',
  need: { ledger: 'A', year: 2020 }, selected: { ledger: 'B', year: 2020 },
};

const AT_EDGE = `
import worker from './worker.mjs';
export default {
  async test() {
    const request = new Request('http://localhost/', { method: 'POST', body: JSON.stringify(${JSON.stringify(ORDER)}) });
    const { verdict, codes } = await (await worker.fetch(request)).json();
    if (verdict !== 'block' || codes.join() !== 'WRONG_LEDGER') throw new Error('the worker answered ' + verdict + ' ' + codes);
  },
};
`;
/** Has a server print the port that it got. */
const LISTENING = `
import { Server } from 'node:net';
const { listen } = Server.prototype;
Server.prototype.listen = function (...all) {
  this.once('listening', () => console.log('listening on ' + this.address().port));
  return listen.apply(this, all);
};
`;

export default async function (project) {
  writeFiles(project, 'Quickstart: a plain page');
  await serve(project.folder, (address) => visit(address + 'index.html', async (page, faults) => {
    page.on('dialog', (dialog) => { faults.push(`it paid: ${dialog.message()}`); dialog.dismiss(); });
    await blocks(page);
    await page.$eval('preflight-purchase', (check) => check.setAttribute('selected-ledger', 'A账套'));
    await page.waitForSelector('[verdict=unknown]', { state: 'attached' });
    if (faults.length > 0) throw new Error(`the plain page said: ${faults.join('\n')}`);
  }));
  const [spec] = writeFiles(project, 'Testing a page that has the elements');
  const { orderIsStopped } = await import(pathToFileURL(join(project.folder, spec)));
  await serve(project.folder, (address) => visit(address + 'index.html', async (page) => {
    const { codes, reasons } = await orderIsStopped(page, address + 'index.html');
    if (codes.join() !== 'WRONG_LEDGER' || !/B账套.*A账套/.test(reasons)) throw new Error(`${spec} finds ${codes}: ${reasons}`);
  }));
  await fromCdn(project);
  compareWalkthrough(project);

  for (const [section, host] of [['Quickstart: React', 'root'], ['Quickstart: Vue', 'app']]) {
    const files = writeFiles(project, section);
    const mounted = files.includes('src/App.vue');
    if (mounted) project.write('src/main.js', `import { createApp } from 'vue';\nimport App from './App.vue';\ncreateApp(App).mount('#app');\n`);
    project.write('index.html', `<!doctype html><meta charset="utf-8"><title>${host}</title><div id="${host}"></div><script type="module" src="/src/main.js${mounted ? '' : 'x'}"></script>\n`);
    await build({ root: project.folder, base: './', logLevel: 'error', mode: 'development', ...mounted ? {} : { configFile: false } });
    await serve(`${project.folder}/dist`, (address) => visit(address + 'index.html', async (page, faults) => {
      const heard = [];
      page.on('console', (message) => heard.push(message.text()));
      await blocks(page);
      await page.fill('input', 'A账套');
      await page.waitForSelector('[verdict=unknown]', { state: 'attached' });
      await page.$eval('preflight-purchase', (check) => check.dispatchEvent(new CustomEvent('preflight-proceed', { detail: { verdict: 'heard' } })));
      if (!heard.includes('heard')) throw new Error(`${section}: its listener heard nothing: ${heard.join('\n')}`);
      if (faults.length > 0) throw new Error(`${section} said: ${faults.join('\n')}`);
    }));
  }

  await onServers(project);
  writeFiles(project, 'Quickstart: Express');
  project.write('listening.mjs', LISTENING);
  const options = { cwd: project.folder, env: { PORT: '0' }, ready: /listening on (\d+)/ };
  await served(process.execPath, ['--import', './listening.mjs', 'server.mjs'], options, async ([, port]) => {
    const ask = async (facts) => {
      const response = await fetch(`http://127.0.0.1:${port}/check`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(facts) });
      return [response.status, await response.json()];
    };
    const [status, { verdict, reasons, steps }] = await ask(ORDER);
    if (status !== 200 || verdict !== 'block' || !/B.*A/.test(reasons[0]) || steps.length === 0) throw new Error(`Express answered ${status} ${verdict} ${reasons}`);
    const [refused, { path, hint }] = await ask({ need: { legder: 'A' } });
    if (refused !== 400 || path !== 'need.legder' || !/need\.ledger/.test(hint)) throw new Error(`Express answered ${refused} ${path} ${hint}`);
  });
}

/** The same program in each of the hosts with a file system, and a worker. */
async function onServers(project) {
  const [main] = writeFiles(project, 'Quickstart: Node, Bun and Deno');
  const deno = { DENO_DIR: `${project.folder}/deno`, DENO_NO_UPDATE_CHECK: '1' };
  for (const [file, args, env] of [[process.execPath, []], [await program('bun'), []], [await program('deno'), ['run', '--no-remote'], deno]]) {
    const told = await run(file, [...args, main], { cwd: project.folder, env });
    if (!/^block .*B账套.*A账套/.test(told)) throw new Error(`${file} ${main} printed ${told}`);
  }
  writeFiles(project, 'Quickstart: workerd (Cloudflare)');
  await test(project, [[await bundled(project, 'edge-test', AT_EDGE, ['workerd', 'worker', 'browser']), '']]);
}

/** The page takes the package from another origin, and nothing that differs from what it expects. */
async function fromCdn(project) {
  const folder = `${project.folder}/node_modules/@ekuaiji/preflight`;
  const [{ name, code }] = filesOf(project, 'From a CDN');
  const digest = (file) => `sha384-${createHash('sha384').update(readFileSync(`${folder}/${file}`)).digest('base64')}`;
  await serve(folder, async (cdn) => {
    const text = code.replace(/\{cdn\}\//g, cdn).replace(/\{(\w+\.js)\}/g, (_, file) => digest(file));
    project.write(name, text);
    project.write('altered.html', text.replace(digest('elements.js'), digest('browser.js')));
    await serve(project.folder, (address) => visit(address + name, async (page, faults) => {
      await page.waitForSelector('preflight-purchase[verdict]', { state: 'attached' });
      if (faults.length > 0) throw new Error(`${name} said: ${faults.join('\n')}`);
    }));
    await serve(project.folder, (address) => visit(address + 'altered.html', async (page, faults) => {
      if (await page.evaluate(() => customElements.get('preflight-purchase') !== undefined)) throw new Error('the page ran a script of another digest');
      if (!faults.some((fault) => /digest|integrity/i.test(fault))) throw new Error(`nobody said that the script was altered: ${faults.join('\n')}`);
    }));
  }, { headers: { 'Access-Control-Allow-Origin': '*' } });
}

/** The walkthrough shows files of the project: a rule as it is, and the first of its scenarios. */
function compareWalkthrough(project) {
  for (const { name, code } of filesOf(project, 'From a clause to the page, in ten minutes')) {
    const text = readFileSync(join(root, name), 'utf8');
    const same = name.endsWith('.json') ? JSON.stringify(JSON.parse(text)[0]) === JSON.stringify(JSON.parse(code)) : text === code;
    if (!same) throw new Error(`${name} is another one than GUIDE.md shows`);
  }
}

/** The element refuses the order, and a press on the page's button does not pay. */
async function blocks(page) {
  await page.waitForSelector('preflight-purchase[verdict=block]', { state: 'attached' });
  await page.waitForSelector('#pay[aria-disabled=true]');
  await page.click('#pay', { force: true });
  const focused = await page.$eval('preflight-purchase', (check) => check.shadowRoot.activeElement?.textContent);
  if (focused !== '原因' && focused !== 'Reasons') throw new Error(`after a press on the blocked button the focus is on "${focused}"`);
}
