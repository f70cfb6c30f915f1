// The entry for Node, Bun and Deno: has the module in its code, and reads no file.

import bytes from './embedded.cjs';
import { loader, loaderSync } from './load.js';

export * from './generated.js';
export type { Column, ColumnAnswers, Columns, DictionaryColumn, Integers, ValuesColumn } from './columns.js';
export { FactsError, type Engine } from './engine.js';
export type { LoadOptions } from './load.js';

/** 加载引擎: compiles it once; call it again for other terms. */
export const load = loader({
  compile: async () => WebAssembly.compile(bytes),
  translated: () => import('./translated.js'),
  fellBack: (why) => console.warn(`preflight: WebAssembly does not run here (${why}); the engine runs as its translation to JavaScript, which gives the same answers more slowly.`),
});

/** 同步加载引擎: the same at once, for scripts; it holds up everything else while it compiles. */
export const loadSync = loaderSync(() => new WebAssembly.Module(bytes));
