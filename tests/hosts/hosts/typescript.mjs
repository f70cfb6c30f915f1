// TypeScript, strict: right calls are accepted, wrong ones are not, wherever the types are looked for.
//
// Without the types of the DOM or of Node, and with those of the package checked: it brings all that it needs.

import { cpSync } from 'node:fs';
import { join } from 'node:path';

import { root } from '../lib.mjs';

const STRICT = { strict: true, noEmit: true, target: 'es2022', lib: ['es2022'], types: [] };
const PROJECTS = [
  { module: 'esnext', moduleResolution: 'bundler', files: ['calls.ts'] },
  { module: 'esnext', moduleResolution: 'bundler', customConditions: ['node'], files: ['sync.ts'] },
  { module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'dom'], files: ['elements.ts'] },
  { module: 'node16', moduleResolution: 'node16', lib: ['es2022', 'dom'], files: ['elements.ts'] },
  { module: 'node16', moduleResolution: 'node16', files: ['calls.ts', 'sync.ts', 'required.cts'] },
];

export default async function (project) {
  cpSync(join(root, 'tests/types'), project.folder, { recursive: true });
  for (const { files, ...options } of PROJECTS) {
    project.write('tsconfig.json', JSON.stringify({ compilerOptions: { ...STRICT, ...options }, files }));
    for (const compiler of ['tests/hosts', '.']) {
      await project.run(process.execPath, [join(root, compiler, 'node_modules/typescript/bin/tsc'), '--project', 'tsconfig.json']);
    }
  }
}
