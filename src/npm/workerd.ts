// The entry for Cloudflare's workerd: it compiles modules itself, before the worker runs, and allows no other.

import module from './preflight.wasm';
import { loader, loaderSync } from './load.js';

export * from './generated.js';
export type { Column, ColumnAnswers, Columns, DictionaryColumn, Integers, ValuesColumn } from './columns.js';
export { FactsError, type Engine } from './engine.js';
export type { LoadOptions } from './load.js';

/** 加载引擎: starts the module once; call it again for other terms. */
export const load = loader({ compile: () => Promise.resolve(module) });

/** 同步加载引擎: the same at once, which costs no more here. */
export const loadSync = loaderSync(() => module);
