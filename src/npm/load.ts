// How the module is loaded: once, whatever the host and however often it is asked for; where WebAssembly
// cannot run, as its translation to JavaScript.

import { adopt, imports } from './bindings.js';
import { engine, type Engine, type RunsOn } from './engine.js';
import type { Terms } from './generated.js';

/** How an engine is loaded. */
export interface LoadOptions {
  /** Terms in place of the ones compiled in; what is left out stays as it is. */
  terms?: Terms;
  /**
   * `js` takes the translation even where WebAssembly runs, for tests; `wasm` never takes it. Only one of
   * them runs in a page or process: once it does, asking for the other is an error.
   */
  prefer?: RunsOn;
  /** A `WebAssembly.Module` of preflight.wasm, for hosts that compile modules themselves. */
  module?: object;
}

/**
 * What a host can do.
 * @internal
 */
export interface Host {
  /** Gets and compiles the module, as it arrives where that is possible. */
  compile(): Promise<WebAssembly.Module>;
  /** Gets the module's translation to JavaScript; a host that is sure of WebAssembly has none. */
  translated?(): Promise<typeof import('./translated.js')>;
  /** Told why WebAssembly does not run, where the translation takes its place though nobody asked for it. */
  fellBack?(why: string): void;
}

/** The form of the engine that runs, once one does; and the loads in progress, by the form that is preferred. */
let running: RunsOn | undefined;
const starting: Partial<Record<RunsOn | 'either', Promise<RunsOn>>> = {};

/**
 * Makes `load` for a host.
 * @internal
 */
export function loader(host: Host) {
  return async function load({ terms, prefer, module }: LoadOptions = {}): Promise<Engine> {
    const which = prefer || 'either';
    const again = () => { delete starting[which]; }; // so that after a failure a later call tries again
    const runsOn = running ?? await (starting[which] ??= start(host, prefer, module).finally(again));
    if (prefer && prefer !== runsOn) {
      throw new Error(`the engine already runs on "${runsOn}", not on "${prefer}"; give every call of load the same \`prefer\`, or none.`);
    }
    return engine(runsOn, terms);
  };
}

/**
 * Makes `loadSync` for a host that can compile the module at once.
 * @internal
 */
export function loaderSync(compile: () => WebAssembly.Module) {
  return function loadSync({ terms }: { terms?: Terms } = {}): Engine {
    return engine(running ?? adopted('wasm', new WebAssembly.Instance(compile(), imports())), terms);
  };
}

async function start({ compile, translated, fellBack }: Host, prefer: RunsOn | undefined, module: object | undefined): Promise<RunsOn> {
  const ways: Record<RunsOn, () => Promise<{ exports: object }>> = {
    wasm: async () => WebAssembly.instantiate((module as WebAssembly.Module) || await compile(), imports()),
    js: async () => {
      if (!translated) throw new Error('this host has no translation');
      return { exports: (await translated()).instantiate(imports()) };
    },
  };
  const failures: string[] = [];
  for (const way of prefer ? [prefer] : ['wasm', 'js'] as const) {
    try {
      const instance = await ways[way]();
      if (fellBack && failures.length > 0) fellBack(failures[0]!);
      return adopted(way, instance);
    } catch (error) {
      failures.push(`${way}: ${error instanceof Error ? error.message : error}`);
    }
  }
  throw new Error(`the engine could not be loaded (${failures.join('; ')}); check that preflight.wasm and translated.js are beside the script that loads them.`);
}

/** Takes an instance over, unless another was quicker: the bindings serve one. */
function adopted(runsOn: RunsOn, instance: { exports: object }): RunsOn {
  if (running === undefined) {
    adopt(instance, runsOn === 'js');
    running = runsOn;
  }
  return running;
}
