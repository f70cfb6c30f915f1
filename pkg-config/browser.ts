// The entry for browsers: fetches the module, and compiles it while it arrives where that is possible.

import { loader } from './load.js';

export * from './generated.js';
export { FactsError, type Engine } from './engine.js';
export type { LoadOptions } from './load.js';

/** 加载引擎: fetches and compiles it once; call it again for other terms. */
export const load = loader(async () => {
  const response = await fetch(new URL('./preflight.wasm', import.meta.url));
  if (!response.ok) {
    throw new Error(`the engine could not be loaded: ${response.url} answered ${response.status} where 200 was expected; check that preflight.wasm is served beside the script.`);
  }
  const streams = typeof WebAssembly.compileStreaming === 'function'
    && response.headers.get('Content-Type') === 'application/wasm';
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
});
