// How the module is loaded: compiled once, whatever the host and however often it is asked for.

import { adopt, imports } from './bindings.js';
import { engine, type Engine } from './engine.js';
import type { Terms } from './generated.js';

/** How an engine is loaded. */
export interface LoadOptions {
  /** Terms in place of the ones compiled in; what is left out stays as it is. */
  terms?: Terms;
}

let loaded: Promise<void> | undefined;

/** Makes `load` for a host, given how the host compiles the module. */
export function loader(compile: () => Promise<WebAssembly.Module>) {
  return async function load(options: LoadOptions = {}): Promise<Engine> {
    loaded ??= compile().then(run);
    try {
      await loaded;
    } catch (error) {
      loaded = undefined; // so that a later call may try again
      throw error;
    }
    return engine(options.terms);
  };
}

async function run(module: WebAssembly.Module): Promise<void> {
  adopt(await WebAssembly.instantiate(module, imports()));
}
