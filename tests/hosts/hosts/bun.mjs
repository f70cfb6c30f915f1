// Bun, with the package that npm installed.

import { MAIN, program } from '../lib.mjs';
import { WAYS } from '../check.mjs';

export default async function (project) {
  const bun = await program('bun');
  project.write('main.mjs', MAIN);
  for (const way of WAYS) await project.checks(bun, ['--no-install', 'main.mjs', way]);
}
