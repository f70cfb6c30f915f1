// A page without a bundler: the package's folder on a server, and an import map for its names.

import { openPage, page, PAGE_MAIN, serve } from '../lib.mjs';

const IMPORTS = {
  '@ekuaiji/preflight': './node_modules/@ekuaiji/preflight/browser.js',
  '@ekuaiji/preflight/catalogue': './node_modules/@ekuaiji/preflight/catalogue.js',
  '@ekuaiji/preflight/elements': './node_modules/@ekuaiji/preflight/elements.js',
};
/** Tells a browser where the names are. */
export const IMPORT_MAP = `<script type="importmap">${JSON.stringify({ imports: IMPORTS })}</script>`;
const DEAF = { types: { '.wasm': 'application/octet-stream' } };

export default async function (project) {
  project.write('main.mjs', PAGE_MAIN);
  project.write('index.html', page('main.mjs', IMPORT_MAP));
  await serve(project.folder, (address) => openPage(address + 'index.html'));
  // A server that does not know what .wasm is.
  await serve(project.folder, (address) => openPage(address + 'index.html'), DEAF);
  // Under the policy that the package's README asks for, and under one that forbids WebAssembly. They forbid an
  // import map too, which is a script in the page.
  project.write('strict.mjs', PAGE_MAIN.replace(/'(@ekuaiji[^']*)'/g, (_, name) => `'${IMPORTS[name]}'`));
  project.write('strict.html', page('strict.mjs'));
  for (const [scripts, runsOn] of [["'self' 'wasm-unsafe-eval'", 'wasm'], ["'self'", 'js']]) {
    const headers = { 'Content-Security-Policy': `default-src 'none'; script-src ${scripts}; connect-src 'self'` };
    await serve(project.folder, (address) => openPage(`${address}strict.html#${runsOn}`), { headers });
  }
}
