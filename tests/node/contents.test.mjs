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

/** The sources of a map that are not named below the package. */
const outside = ({ sourceRoot, sources }) => [sourceRoot ?? '', ...sources].filter((source) => /^(\/|[A-Za-z]+:)|(^|\/)\.\.(\/|$)/.test(source));

/**
 * The places in a text that name a folder of the machine that built it, or a source map elsewhere. The panics of the standard
 * library name `/rustc/` and the commit of the compiler, which is the same folder on every machine.
 */
function traces(text) {
  const named = [CHECKOUT, homedir()].filter((path) => path.length > 1 && text.includes(path));
  const looksLikeAPath = /(?:\/(?:root|home|Users|tmp|build|workspace)\/|\b[A-Z]:\\|\.cargo\/|\.rustup\/)[^"'\s]{0,60}/g;
  return [...named, ...(text.match(looksLikeAPath) ?? []), ...(text.match(/sourceMappingURL=(?![\w.]+\.map\s*$).{0,60}/g) ?? [])];
}

test('no file of the package names a folder of the machine that built it, nor does a source map', () => {
  assert.ok(files.length > 20, `${files.length} files`);
  for (const file of files) {
    if (file.endsWith('.map')) assert.deepEqual(outside(JSON.parse(readFileSync(file, 'utf8'))), [], file);
    // As latin1, so that the bytes of the module are searched too.
    assert.deepEqual(traces(readFileSync(file, 'latin1')), [], file);
  }
});

test('such names are found where they are', () => {
  for (const text of ['panicked at /root/.cargo/registry/src/x.rs', '"/home/ann/preflight/src"', 'C:\\Users\\ann', '//# sourceMappingURL=/srv/browser.js.map', '//# sourceMappingURL=data:application/json;base64,e30=', `at ${CHECKOUT}/src`])
    assert.notDeepEqual(traces(text), [], text);
  assert.deepEqual(traces('//# sourceMappingURL=browser.js.map\n'), []);
  for (const source of ['/srv/a.ts', 'file:///srv/a.ts', '../../a.ts', 'a/../../b.ts', 'C:/a.ts']) assert.deepEqual(outside({ sources: ['a.ts', source] }), [source]);
});

test('the package runs nothing when it is installed, and depends on nothing', () => {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  for (const field of ['dependencies', 'optionalDependencies', 'peerDependencies', 'bundleDependencies']) assert.equal(manifest[field], undefined, field);
  for (const script of ['preinstall', 'install', 'postinstall', 'prepare']) assert.equal(manifest.scripts?.[script], undefined, script);
});
