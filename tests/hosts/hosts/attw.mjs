// Are the types wrong? Whether every way of resolving the package finds types that say what is there.

import { program } from '../lib.mjs';

// The module itself is nothing that `require` could give.
const OPTIONS = '--exclude-entrypoints preflight.wasm --no-emoji --no-color --format ascii'.split(' ');

export default async function (project) {
  await project.run(await program('attw'), [project.tarball, ...OPTIONS]);
}
