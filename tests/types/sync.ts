// Calls of `loadSync` from an ES module, where the host has it.

import { loadSync, type Engine } from '@ekuaiji/preflight';
import { facts } from '@ekuaiji/preflight/catalogue';

export const engine: Engine = loadSync();
export const paths = facts.map((fact) => fact.path);

// @ts-expect-error: it is there at once
engine.then(() => {});
