// Next 16: its server answers, and its pages hydrate without a word, however they are bundled.

import { join } from 'node:path';

import { writeFiles } from '../samples.mjs';
import { root, run, served, visit } from '../lib.mjs';

const NEXT = join(root, 'tests/hosts/node_modules/next/dist/bin/next');
/** A build takes ten seconds of two processors, which may have other work. */
const PATIENCE_MS = 600_000;
const ENV = { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: '' };
/** The other packages are not in the project but above it; Next has to be told where its files may be. */
const CONFIG = `export default { turbopack: { root: ${JSON.stringify(root)} }, outputFileTracingRoot: ${JSON.stringify(root)} };\n`;

/** The facts as attributes, which the server writes: the element is there, and may have answered, before React takes over. */
const ATTRIBUTES = `'use client';
import '@ekuaiji/preflight/elements';
import { useEffect, useRef } from 'react';

export default function Page() {
  const check = useRef(null);
  useEffect(() => {
    check.current.addEventListener('preflight-answer', ({ detail }) => { document.title = detail.verdict; });
  }, []);
  return <main>
    <preflight-purchase ref={check} for="pay" edition="free_lifetime" product="voucher_pack" entry="in_app"
      need-ledger="A账套" need-year="2020" selected-ledger="B账套" selected-year="2020" />
    <button id="pay" type="button" onClick={() => { document.title = 'paid'; }}>付款</button>
  </main>;
}
`;
/** \`load\` and \`loadSync\` in a route handler, and what they run on. */
const ROUTE = `import { load, loadSync } from '@ekuaiji/preflight';

export async function GET() {
  return Response.json([loadSync().runsOn, (await load()).runsOn, (await load({ terms: { version: 'three days', refundWindowDays: 3 } })).terms.refundWindowDays]);
}
`;

export default async function (project) {
  writeFiles(project, 'Quickstart: Next');
  project.write('next.config.mjs', CONFIG);
  project.write('app/attributes/page.jsx', ATTRIBUTES);
  project.write('app/api/route.js', ROUTE);
  const options = { cwd: project.folder, env: ENV, patience: PATIENCE_MS };
  for (const bundler of ['--turbopack', '--webpack']) {
    try {
      await run(process.execPath, [NEXT, 'build', bundler], options);
      await start('start', [], check);
    } catch (error) {
      throw new Error(`with ${bundler}: ${error.message}`);
    }
  }
  // In development React compares every attribute with what the server wrote.
  await start('dev', ['--turbopack'], check);

  function start(command, more, use) {
    const ready = /Local: +(http:\S+)/;
    return served(process.execPath, [NEXT, command, ...more, '--port', '0', '--hostname', '127.0.0.1'], { ...options, ready }, use);
  }
}

async function check([, address], told) {
  const page = await (await fetch(address)).text();
  if (!/<p>block<!-- -->: <!-- -->[^<]*B账套[^<]*A账套/.test(page)) throw new Error(`the server rendered ${page}\n${told()}`);
  const answer = JSON.stringify(await (await fetch(`${address}/api`)).json());
  if (answer !== '["wasm","wasm",3]') throw new Error(`the route answered ${answer}\n${told()}`);
  for (const path of ['/', '/attributes']) {
    await visit(address + path, async (page, faults) => {
      await page.waitForSelector('preflight-purchase[verdict=block]', { state: 'attached' });
      await page.waitForSelector('#pay[aria-disabled=true][aria-describedby^=preflight-why]');
      await page.click('#pay', { force: true });
      const [title, inside, verdict] = await page.evaluate(() => {
        const check = document.querySelector('preflight-purchase');
        return [document.title, check.innerHTML, check.check().verdict];
      });
      if (faults.length > 0) throw new Error(`${path} said: ${faults.join('\n')}`);
      if (path === '/attributes' && title !== 'block') throw new Error(`${path}: the listener was told "${title}"`);
      if (inside !== '' || verdict !== 'block') throw new Error(`${path}: the element holds "${inside}" and answers ${verdict}`);
    });
  }
  if (/preflight:/.test(told())) throw new Error(`the server said: ${told()}`);
}
