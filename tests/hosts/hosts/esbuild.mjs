// esbuild for a page: it leaves the module where it is, so it is copied beside the script.

import { copyFileSync } from 'node:fs';

import { build } from 'esbuild';

import { openPage, page, PAGE_MAIN, serve } from '../lib.mjs';

export default async function (project) {
  project.write('main.mjs', PAGE_MAIN);
  await build({
    absWorkingDir: project.folder,
    entryPoints: ['main.mjs'],
    bundle: true,
    splitting: true,
    format: 'esm',
    outdir: 'dist',
    logLevel: 'silent',
  });
  copyFileSync(`${project.folder}/node_modules/@ekuaiji/preflight/preflight.wasm`, `${project.folder}/dist/preflight.wasm`);
  project.write('dist/index.html', page('main.js'));
  await serve(`${project.folder}/dist`, (address) => openPage(address + 'index.html'));
}
