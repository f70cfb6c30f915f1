// TypeScript, strict: right calls are accepted, wrong ones are not, wherever the types are looked for.
//
// The elements in JSX of React 19 and 18 and in templates of Vue too. Without the types of the DOM or of Node, and with those of the package checked: it brings all that it needs.

import { cpSync } from 'node:fs';
import { join } from 'node:path';

import { program, root } from '../lib.mjs';

const STRICT = { strict: true, noEmit: true, target: 'es2022', lib: ['es2022'], types: [] };
const REACT_18 = join(root, 'tests/hosts/node_modules/@types/react-18');
const JSX = { module: 'esnext', moduleResolution: 'bundler', lib: ['es2022', 'dom'], jsx: 'react-jsx' };
const PROJECTS = [
  { ...JSX, files: ['react-19.tsx'] },
  { ...JSX, paths: { react: [REACT_18], 'react/*': [`${REACT_18}/*`] }, files: ['react-18.tsx'] },
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
  const compilerOptions = { ...STRICT, ...JSX, jsx: 'preserve' };
  project.write('tsconfig.json', JSON.stringify({ compilerOptions, vueCompilerOptions: { strictTemplates: true }, files: ['Order.vue'] }));
  await project.run(await program('vue-tsc'), ['--project', 'tsconfig.json']);
}
