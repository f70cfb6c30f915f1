// Node, by `import`.

import { MAIN } from '../lib.mjs';
import { WAYS } from '../check.mjs';

export default async function (project) {
  project.write('main.mjs', MAIN);
  for (const way of WAYS) await project.checks(process.execPath, ['main.mjs', way]);
}
