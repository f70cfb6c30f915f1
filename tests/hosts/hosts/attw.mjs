// Are the types wrong? Whether every way of resolving the package finds types that say what is there.

import { program } from '../lib.mjs';

const OPTIONS = '--no-emoji --no-color --format ascii';
// The module itself and a style sheet are nothing that `require` could give; elements and their types are for browsers, which
// have none.
const CHECKS = ['--exclude-entrypoints preflight.wasm elements elements.css react vue', '--entrypoints elements react vue --ignore-rules cjs-resolves-to-esm'];

export default async function (project) {
  for (const check of CHECKS) await project.run(await program('attw'), [project.tarball, ...`${check} ${OPTIONS}`.split(' ')]);
}
