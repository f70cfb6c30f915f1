// Vite: what it builds, and its server while one develops.

import { build, createServer } from 'vite';

import { openPage, page, PAGE_MAIN, serve } from '../lib.mjs';

export default async function (project) {
  project.write('main.mjs', PAGE_MAIN);
  project.write('index.html', page('/main.mjs'));
  const shared = { root: project.folder, configFile: false, logLevel: 'error' };
  await build({ ...shared, base: './' });
  await serve(`${project.folder}/dist`, (address) => openPage(address + 'index.html'));
  const server = await createServer({ ...shared, server: { host: '127.0.0.1', port: 0, watch: null } });
  try {
    await server.listen();
    await openPage(server.resolvedUrls.local[0]);
  } finally {
    await server.close();
  }
}
