// Deno, with the package that npm installed.

import { MAIN, program } from '../lib.mjs';
import { WAYS } from '../check.mjs';

export default async function (project) {
  const deno = await program('deno');
  project.write('main.mjs', MAIN);
  const env = { DENO_DIR: `${project.folder}/deno`, DENO_NO_UPDATE_CHECK: '1' };
  for (const way of WAYS) await project.checks(deno, ['run', '--no-remote', 'main.mjs', way], env);
}
