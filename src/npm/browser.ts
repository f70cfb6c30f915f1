// The entry for browsers: fetches the module, and compiles it while it arrives where that is possible.

import { loader } from './load.js';

export * from './generated.js';
export type { Column, ColumnAnswers, Columns, DictionaryColumn, Integers, ValuesColumn } from './columns.js';
export { FactsError, type Engine } from './engine.js';
export type { LoadOptions } from './load.js';

/** 加载引擎: fetches and compiles it once; call it again for other terms. */
export const load = loader({ compile, translated: () => import('./translated.js') });

async function compile(): Promise<WebAssembly.Module> {
  const { compile, compileStreaming } = WebAssembly; // where there is none, nothing need be fetched
  const response = await fetch(new URL('./preflight.wasm', import.meta.url));
  if (!response.ok) {
    throw new Error(`${response.url} answered ${response.status} where 200 was expected`);
  }
  const streams = typeof compileStreaming === 'function' && response.headers.get('Content-Type') === 'application/wasm';
  return streams ? compileStreaming(response) : compile(await response.arrayBuffer());
}
