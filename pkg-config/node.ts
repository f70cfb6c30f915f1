// The entry for Node: reads the module from the package.

import { readFile } from 'node:fs/promises';

import { loader } from './load.js';

export * from './generated.js';
export { FactsError, type Engine } from './engine.js';
export type { LoadOptions } from './load.js';

/** 加载引擎: reads and compiles it once; call it again for other terms. */
export const load = loader(async () =>
  WebAssembly.compile(new Uint8Array(await readFile(new URL('./preflight.wasm', import.meta.url)))));
