// The entry for Node, Bun and Deno: reads the module from the package.

import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

import { loader, loaderSync } from './load.js';

export * from './generated.js';
export type { Column, ColumnAnswers, Columns, DictionaryColumn, Integers, ValuesColumn } from './columns.js';
export { FactsError, type Engine } from './engine.js';
export type { LoadOptions } from './load.js';

const file = new URL('./preflight.wasm', import.meta.url);

/** 加载引擎: reads and compiles it once; call it again for other terms. */
export const load = loader({
  compile: async () => WebAssembly.compile(new Uint8Array(await readFile(file))),
  translated: () => import('./translated.js'),
});

/** 同步加载引擎: the same at once, for scripts; it holds up everything else while it compiles. */
export const loadSync = loaderSync(() => new WebAssembly.Module(new Uint8Array(readFileSync(file))));
