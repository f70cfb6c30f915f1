// Where the engine's package is found, and how it is loaded.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NAME = '@ekuaiji/preflight';
const CHECKOUT = fileURLToPath(new URL('../../../', import.meta.url));
const BUILD = 'Build it with this command: cargo xtask build';

/** A sentence for the person who called the harness; ends the run with status 2. */
export class UsageError extends Error {}

const manifestOf = (folder) => {
  const file = join(folder, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
};

/** Installed for the current folder (as Node itself would resolve it), else as built in this checkout. */
function findPackage() {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    const installed = join(folder, 'node_modules', NAME);
    if (existsSync(installed)) return installed;
    if (manifestOf(folder)?.name === NAME) return folder;
    if (folder === dirname(folder)) break;
  }
  const built = join(CHECKOUT, 'pkg');
  return manifestOf(built)?.name === NAME ? built : undefined;
}

/** The target that Node's import would take from a package's `exports`. */
function importTarget(exported) {
  if (typeof exported !== 'object' || exported === null) return exported;
  const conditions = Object.keys(exported).filter((condition) => ['node', 'import', 'default'].includes(condition));
  return conditions.map((condition) => importTarget(exported[condition])).find(Boolean);
}

/** The module file of a package's folder, or the path itself where it is a file. */
function entryOf(path) {
  if (statSync(path).isFile()) return path;
  const manifest = manifestOf(path);
  if (!manifest) throw new UsageError(`There is no package.json in ${path}, so it is not an installed package. ${BUILD}`);
  const entry = importTarget(manifest.exports?.['.'] ?? manifest.exports) ?? manifest.main;
  if (!entry) throw new UsageError(`The package.json in ${path} names no module to import, so it is not ${NAME}. ${BUILD}`);
  return join(path, entry);
}

/**
 * Imports the package: from `path` (a package's folder or a module file, or its file: URL) where one is given,
 * else from where PREFLIGHT_PACKAGE says, else from where it is installed or built. Its `load` prefers what
 * PREFLIGHT_PREFER says: `js` is the module's translation.
 */
export async function loadPackage(path = process.env.PREFLIGHT_PACKAGE || undefined) {
  const found = path === undefined ? findPackage() : path.startsWith('file:') ? fileURLToPath(path) : resolve(path);
  if (found === undefined) throw new UsageError(`The package ${NAME} is not there: neither installed for ${process.cwd()} nor built in ${join(CHECKOUT, 'pkg')}. ${BUILD}`);
  if (!existsSync(found)) throw new UsageError(`There is no package at ${found}. ${BUILD}`);

  const entry = entryOf(found);
  try {
    const { load: loadIt, loadSync, FactsError } = await import(pathToFileURL(entry));
    const prefer = process.env.PREFLIGHT_PREFER || undefined;
    const load = (options) => loadIt({ prefer, ...options });
    const { facts, rules } = await import(pathToFileURL(join(dirname(entry), 'catalogue.js')));
    return { load, loadSync, FactsError, facts, rules, entry };
  } catch (error) {
    throw new UsageError(`The package at ${entry} does not load: ${error.stack ?? error}\n${BUILD}`);
  }
}

/** Loads the engine, with the catalogue's facts and rules beside its answers. */
export async function loadEngine(path) {
  const { load, facts, rules, entry } = await loadPackage(path);
  return { engine: { facts, rules, ...(await load()) }, entry };
}
