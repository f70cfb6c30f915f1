// Where the engine's package is found, and how it is loaded.

import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const NAME = '@ekuaiji/preflight';
/** The folder of this module; in the package, where everything is one file, the package itself. */
const HERE = dirname(fileURLToPath(import.meta.url));
const BUILD = 'Install it (npm install @ekuaiji/preflight) or, in a checkout of Preflight, build it with this command: cargo xtask build';

/** A sentence for the person who called the harness; ends the run with status 2. */
export class UsageError extends Error {}

const manifestOf = (folder) => {
  const file = join(folder, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
};

/** What `find` finds in the folder or else in the nearest one above it. */
function upwards(folder, find) {
  for (; ; folder = dirname(folder)) {
    const found = find(folder);
    if (found !== undefined || folder === dirname(folder)) return found;
  }
}

/** What `find` finds from the current folder upwards, else from this module upwards. */
export const foundAbove = (find) => upwards(process.cwd(), find) ?? upwards(HERE, find);

/** The package that this module is part of; else as installed, or as built in a checkout. */
function findPackage() {
  if (manifestOf(HERE)?.name === NAME) return HERE;
  return foundAbove((folder) => {
    const candidates = [join(folder, 'node_modules', NAME), folder, join(folder, 'pkg')];
    return candidates.find((candidate) => manifestOf(candidate)?.name === NAME);
  });
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
  if (found === undefined) throw new UsageError(`The package ${NAME} is not there: neither installed for ${process.cwd()} nor built in pkg/ of a checkout. ${BUILD}`);
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

/** The clauses that the package knows, and the words that may stand in place of one; from its schema of scenario files. */
function clausesOf(entry) {
  const file = join(dirname(entry), 'scenarios.schema.json');
  if (!existsSync(file)) throw new UsageError(`There is no ${file}, from which the clauses are read. ${BUILD}`);
  return JSON.parse(readFileSync(file, 'utf8')).$defs.clause.enum;
}

/** Loads the engine, with the catalogue's facts and rules and the clauses beside its answers; and `load` for other terms. */
export async function loadEngine(path, terms) {
  const { load, facts, rules, entry } = await loadPackage(path);
  return { engine: { facts, rules, clauses: clausesOf(entry), ...(await load({ terms })) }, entry, load };
}

/** Where the package was built in a checkout whose rules were changed since: a sentence that says so. */
export function staleness(entry) {
  const built = dirname(entry);
  const sources = join(built, '../src');
  if (!existsSync(join(sources, 'rules'))) return undefined;
  const builtAt = statSync(join(built, 'package.json')).mtimeMs;
  const newer = readdirSync(sources, { recursive: true })
    .map((name) => join(sources, name))
    .find((file) => /\.(rs|ts)$/.test(file) && statSync(file).mtimeMs > builtAt);
  return newer && `The package is older than ${relative(process.cwd(), newer)}, so these are the answers of the earlier rules. Build it again with this command: cargo xtask build`;
}
