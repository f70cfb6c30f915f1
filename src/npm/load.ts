// How the module is loaded: once, whatever the host and however often it is asked for; where WebAssembly
// cannot run, as its translation to JavaScript.

import { imports } from './bindings.js';
import { WAYS } from './encoder.js';
import { compareVersions, engine, type Engine } from './engine.js';
import type { RunsOn, Terms } from './generated.js';
import { start, type Source } from './instance.js';
import { isPlain } from './values.js';

/** How an engine is loaded. */
export interface LoadOptions {
  /** Terms in place of the ones compiled in; what is left out stays as it is. */
  terms?: Terms;
  /**
   * `js` takes the translation even where WebAssembly runs, for tests; `wasm` never takes it. Only one of
   * them runs in a page or process: once it does, asking for the other is an error.
   */
  prefer?: RunsOn;
  /** A `WebAssembly.Module` of preflight.wasm, for hosts that compile modules themselves; the first call's is taken. */
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
const starting: Partial<Record<RunsOn | 'either' | 'given', Promise<RunsOn>>> = {};

/**
 * Makes `load` for a host.
 * @internal
 */
export function loader(host: Host) {
  return async function load(given: LoadOptions = {}): Promise<Engine> {
    const options = copied(given);
    // Any other `prefer` is refused by the engine, once there is one.
    const prefer = WAYS.find((way) => way === options?.prefer);
    const module = options?.module;
    if (module !== undefined && module !== null && !isModule(module)) {
      throw new TypeError(`\`module\` is ${Object.prototype.toString.call(module)}, but a WebAssembly.Module of preflight.wasm was expected; compile it with WebAssembly.compile, or leave it out.`);
    }
    const which = module ? 'given' : prefer || 'either';
    const again = () => { delete starting[which]; }; // so that after a failure a later call tries again
    const runsOn = running ?? await (starting[which] ??= begin(host, module ? 'wasm' : prefer, module).finally(again));
    if (prefer && prefer !== runsOn) {
      throw new Error(`the engine already runs on "${runsOn}", not on "${prefer}"; give every call of load the same \`prefer\`, or none.`);
    }
    return engine(runsOn, options ?? given, false);
  };
}

/**
 * Makes `loadSync` for a host that can compile the module at once.
 * @internal
 */
export function loaderSync(compile: () => WebAssembly.Module) {
  return function loadSync(given: { terms?: Terms } = {}): Engine {
    return engine(running ?? adopted('wasm', sourceOf(compile())), given, true);
  };
}

/**
 * The options as they are now, without any that they inherit. Nothing where they are no plain object or fail when they are
 * read, which the engine refuses.
 */
function copied(options: LoadOptions): LoadOptions | undefined {
  try {
    if (isPlain(options)) return { __proto__: null, ...options } as LoadOptions;
  } catch {
    // A getter or a proxy of the caller's threw.
  }
  return undefined;
}

/** Whether it is a module, of whatever realm. */
function isModule(value: object): value is WebAssembly.Module {
  return Object.prototype.toString.call(value) === '[object WebAssembly.Module]';
}

async function begin({ compile, translated, fellBack }: Host, prefer: RunsOn | undefined, module: object | undefined): Promise<RunsOn> {
  const ways: Record<RunsOn, () => Promise<Source>> = {
    wasm: async () => sourceOf((module as WebAssembly.Module) || await compile()),
    js: async () => {
      if (!translated) throw new Error('this host has no translation');
      const { instantiate } = await translated();
      const make = () => ({ exports: instantiate(imports()) as WebAssembly.Exports });
      return { make, makeSoon: () => Promise.resolve().then(make) };
    },
  };
  const failures: string[] = [];
  for (const way of prefer ? [prefer] : WAYS) {
    try {
      const source = await ways[way]();
      const runsOn = adopted(way, source, await source.makeSoon());
      if (fellBack && failures.length > 0) fellBack(failures[0]!);
      return runsOn;
    } catch (error) {
      failures.push(`${way}: ${error instanceof Error ? error.message : error}`);
    }
  }
  throw new Error(`the engine could not be loaded (${failures.join('; ')}); check that preflight.wasm and translated.js are beside the script that loads them.`);
}

function sourceOf(module: WebAssembly.Module): Source {
  return {
    make: () => new WebAssembly.Instance(module, imports()),
    makeSoon: () => WebAssembly.instantiate(module, imports()),
  };
}

/** Takes an instance over, unless another was quicker: the bindings serve one. */
function adopted(runsOn: RunsOn, source: Source, instance = source.make()): RunsOn {
  if (running === undefined) {
    if (!('engine_new' in instance.exports)) throw new Error('the module is none of preflight.wasm');
    start(instance, source, runsOn === 'js');
    compareVersions();
    running = runsOn;
  }
  return running;
}
