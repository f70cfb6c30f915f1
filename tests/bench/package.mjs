// Which build of our own package is measured: `pkg/`, or the one whose module (or folder) PREFLIGHT_PACKAGE names.

import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const named = resolve(process.env.PREFLIGHT_PACKAGE || fileURLToPath(new URL('../../pkg', import.meta.url)));

/** The package's folder. */
export const folder = statSync(named, { throwIfNoEntry: false })?.isFile() ? dirname(named) : named;

/** Loads the engine. */
export const engine = async () => (await import(`${folder}/node.js`)).load();
