// The examples of the package's README: each does, in its host, what is said of it.

import { readFileSync } from 'node:fs';

import { openPage, page, serve } from '../lib.mjs';
import { IMPORT_MAP } from './script.mjs';
import { bundled, test } from './workerd.mjs';

const IN_PAGE = `
import './browser.mjs';
const told = document.body.textContent;
document.title = /^block: .*\\bA\\b/.test(told) ? 'checked' : 'the page says: ' + told;
`;
const AT_EDGE = `
import worker from './edge.mjs';
const ask = (facts) => worker.fetch(new Request('http://localhost/', { method: 'POST', body: JSON.stringify(facts) }));
export default {
  async test() {
    const answer = await (await ask({ product: 'voucher_pack' })).json();
    if (answer.verdict !== 'unknown') throw new Error('the worker answered ' + JSON.stringify(answer));
    const { status } = await ask({ need: { legder: 'A' } });
    if (status !== 400) throw new Error('the worker answered with status ' + status);
  },
};
`;

export default async function (project) {
  const readme = readFileSync(`${project.folder}/node_modules/@ekuaiji/preflight/README.md`, 'utf8');
  const blank = readme.match(/\{\w+\.(wasm|js)\}/);
  if (blank) throw new Error(`${blank[0]} was to be a size in README.md`);
  const [browser, node, columns, edge] = [...readme.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code]) => code);

  project.write('browser.mjs', browser);
  project.write('main.mjs', IN_PAGE);
  project.write('index.html', page('main.mjs', IMPORT_MAP));
  await serve(project.folder, (address) => openPage(address + 'index.html'));

  project.write('node.mjs', node);
  project.write('node.cjs', node.replace(/^import (.*) from (.*);$/gm, 'const $1 = require($2);'));
  for (const file of ['node.mjs', 'node.cjs']) {
    const told = await project.run(process.execPath, [file]);
    if (!/^need\.legder: unknown_field; .*need\.ledger/.test(told)) throw new Error(`${file} printed ${told}`);
  }

  project.write('columns.mjs', columns);
  const told = await project.run(process.execPath, ['columns.mjs']);
  if (!/^block\n.*2019/.test(told)) throw new Error(`columns.mjs printed ${told}`);

  project.write('edge.mjs', edge);
  await test(project, [[await bundled(project, 'edge-test', AT_EDGE, ['workerd', 'worker', 'browser']), '']]);
}
