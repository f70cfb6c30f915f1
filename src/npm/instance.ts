// The instance that all engines run on. One that failed, because it trapped or the host's stack or memory ran out, is never
// called again: the next call starts a fresh one, which engines that were made before it move to.

import { adopt, giveUp, lookAtPrototype } from './bindings.js';
import { FactsError } from './error.js';

/**
 * An instance of the module, or of its translation, as far as the front needs to know it.
 * @internal
 */
export interface Instance {
  exports: WebAssembly.Exports;
}

/**
 * How a fresh instance is made: at once, or where the host forbids that, soon.
 * @internal
 */
export interface Source {
  make(): Instance;
  makeSoon(): Promise<Instance>;
}

/** How many calls may be under way at a time, each made by something among the facts of the one before. */
const MOST_NESTED = 16;
/** By how many bytes a call may make the memory grow that is kept afterwards. */
const MOST_KEPT = 2 ** 24;

/**
 * What changes with every fresh instance.
 * @internal
 */
export let generation = 0;
/**
 * Whether the next call starts a fresh instance.
 * @internal
 */
export let isSpent = false;
/** What was thrown where that is because this one failed; else it merely took much memory. */
let failure: Error | undefined;
let isStarting = false;
let depth = 0;
let memory: WebAssembly.Memory;
let source: Source;
let isTranslation = false;

/**
 * Takes over an instance, and where fresh ones come from.
 * @internal
 */
export function start(instance: Instance, from: Source, isTranslated: boolean): void {
  source = from;
  isTranslation = isTranslated;
  takeOver(instance);
}

function takeOver(instance: Instance): void {
  adopt(instance, isTranslation);
  memory = instance.exports.memory as WebAssembly.Memory;
  generation++;
  isSpent = false;
  failure = undefined;
}

function startAgain(): void {
  if (depth > 0) {
    if (!failure) return;
    throw failure;
  }
  let instance;
  try {
    instance = source.make();
  } catch (error) {
    // Old Chromium makes no instance of this size at once on the thread of a page.
    if (!isStarting) {
      isStarting = true;
      source.makeSoon().then((instance) => { if (isSpent) takeOver(instance); }).catch(() => {}).then(() => { isStarting = false; });
    }
    if (!failure) return;
    throw new Error(`the engine failed, and a fresh one is being started (${error}); call it again in a moment.`);
  }
  takeOver(instance);
}

/**
 * Gives up the instance for what it threw; returns what is thrown in its place.
 * @internal
 */
export function failed(thrown: unknown): Error {
  isSpent = true;
  giveUp();
  // The text of an error that the engine itself made may be anything that its memory held.
  const what = (thrown as Error)?.constructor === Error ? 'Error' : thrown;
  return failure ??= new Error(`the engine failed in this call (${what}), as it does where JavaScript's stack or memory ends; a fresh one answers the next call.`);
}

/**
 * Calls the engine. What it refuses it throws as the detail of an error, which becomes a `FactsError` here.
 * @internal
 */
export function calling<Result>(call: () => Result): Result {
  if (isSpent) startAgain();
  if (depth === MOST_NESTED) {
    throw new Error(`the engine was called by something among the facts that it reads, ${MOST_NESTED} calls deep; pass it facts that do not call it.`);
  }
  const most = memory.buffer.byteLength + MOST_KEPT;
  let result: Result | undefined, thrown: unknown;
  lookAtPrototype();
  depth++;
  try {
    result = call();
  } catch (error) {
    thrown = error;
  }
  depth--;
  const isRefusal = thrown instanceof FactsError;
  if (failure || (thrown instanceof Error && !isRefusal)) throw failed(thrown);
  if (depth === 0 && memory.buffer.byteLength > most) isSpent = true;
  if (thrown !== undefined) throw isRefusal ? thrown : new FactsError(thrown as Omit<FactsError, 'name'>);
  return result as Result;
}
