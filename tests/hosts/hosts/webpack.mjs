// webpack 5, as it comes: it finds the module by itself.

import webpack from 'webpack';

import { openPage, page, PAGE_MAIN, serve } from '../lib.mjs';

export default async function (project) {
  project.write('main.mjs', PAGE_MAIN);
  const compiler = webpack({
    context: project.folder,
    entry: './main.mjs',
    mode: 'production',
    output: { path: `${project.folder}/dist`, filename: 'main.js' },
    // The translation to JavaScript is larger than the 244 KiB from which webpack
    // warns. A page fetches it only where WebAssembly cannot run.
    performance: { maxAssetSize: 512 * 1024 },
  });
  const stats = await new Promise((resolve, reject) => {
    compiler.run((error, stats) => (error ? reject(error) : resolve(stats)));
  });
  if (stats.hasErrors() || stats.hasWarnings()) throw new Error(stats.toString('errors-warnings'));
  project.write('dist/index.html', page('main.js'));
  await serve(`${project.folder}/dist`, (address) => openPage(address + 'index.html'));
}
