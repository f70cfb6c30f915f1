// Node, by `require`.

import { WAYS } from '../check.mjs';

const REQUIRES = `
const preflight = require('@ekuaiji/preflight');
const catalogue = require('@ekuaiji/preflight/catalogue');
import('./check.mjs').then(({ check }) => check(preflight, catalogue, process.argv[2])).then(() => console.log('checked'));
`;

export default async function (project) {
  project.write('main.cjs', REQUIRES);
  for (const way of WAYS) await project.checks(process.execPath, ['main.cjs', way]);
}
