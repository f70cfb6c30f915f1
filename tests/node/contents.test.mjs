// What the package consists of: nothing in it says where it was built, and nothing is fetched or installed by it.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { loadPackage } from './lib/package.mjs';

const folder = dirname((await loadPackage()).entry);
const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));
const CHECKOUT = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');

/**
 * The places in a text that name a folder of the machine that built it, or a source map. The panics of the standard
 * library name `/rustc/` and the commit of the compiler, which is the same folder on every machine.
 */
function traces(text) {
  const named = [CHECKOUT, homedir()].filter((path) => path.length > 1 && text.includes(path));
  const looksLikeAPath = /(?:\/(?:root|home|Users|tmp|build|workspace)\/|\b[A-Za-z]:\\|\.cargo\/|\.rustup\/)[^"'\s]{0,60}/g;
  return [...named, ...(text.match(looksLikeAPath) ?? []), ...(text.match(/sourceMappingURL=.{0,60}/g) ?? [])];
}

test('no file of the package names a folder of the machine that built it, or a source map', () => {
  assert.ok(files.length > 20, `${files.length} files`);
  for (const file of files) {
    assert.doesNotMatch(file, /\.map$/);
    // As latin1, so that the bytes of the module are searched too.
    assert.deepEqual(traces(readFileSync(file, 'latin1')), [], file);
  }
});

test('such names are found where they are', () => {
  for (const text of ['panicked at /root/.cargo/registry/src/x.rs', '"/home/ann/preflight/src"', 'C:\\Users\\ann', '//# sourceMappingURL=browser.js.map', `at ${CHECKOUT}/src`])
    assert.notDeepEqual(traces(text), [], text);
});

test('the package runs nothing when it is installed, and depends on nothing', () => {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  for (const field of ['scripts', 'dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies', 'bin']) assert.equal(manifest[field], undefined, field);
});
