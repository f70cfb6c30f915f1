#!/usr/bin/env node
// The package in every host: its tarball is installed into an empty project for each, and checked there.

import { existsSync } from 'node:fs';

import { closeBrowser, newProject, pack, Skipped } from './lib.mjs';

/** Those that take longest first, as two run at a time. */
const HOSTS = {
  next: 'Next 16, built with Turbopack and with webpack, and in development: server and client',
  'node-esm': 'Node, import',
  'node-cjs': 'Node, require',
  typescript: 'TypeScript 5 and 7: bundler and node16',
  vite: 'Vite, built and in development',
  webpack: 'webpack 5',
  esbuild: 'esbuild',
  script: 'a page without a bundler; a wrong MIME type, strict policies',
  workerd: 'workerd, by its own entry and by a given module',
  deno: 'Deno',
  bun: 'Bun',
  readme: 'the examples of README.md, in a page, in Node and in workerd',
  quickstarts: 'the quickstarts and other samples of GUIDE.md: a page, from a CDN too, React, Vue, Express, servers',
  elements: 'custom-elements.json and web-types.json against the elements',
  guide: 'the receipts and scenarios of GUIDE.md, on a server, in its page, and with the command',
  publint: 'publint',
  attw: 'Are the types wrong? (the declarations, by every way of resolving them)',
};

/** Longer ones are minified code, which says nothing. */
const LONGEST_LINE = 300;

const AT_A_TIME = 2;

const HELP = `Installs the package's tarball into an empty project for each host, and checks it there.

usage: node tests/hosts/run.mjs [HOST…]

hosts (default: all of them):
${Object.entries(HOSTS).map(([name, what]) => `  ${name.padEnd(12)}${what}`).join('\n')}

The package is pkg/ (cargo xtask build). The projects stay in target/hosts/ for inspection. The tools are
those of tests/hosts/package.json (npm ci --prefix tests/hosts). Pages are opened in /usr/bin/chromium, or
in the browser that the environment variable CHROMIUM names.

Two hosts run at a time. Each prints one line when it is done: passed, failed or skipped, with the reason. Last line: N passed, N failed, N skipped.

exit status:
  0  no host failed
  1  a host failed
  2  wrong usage, or no package or tools
`;

const asked = process.argv.slice(2);
if (asked.some((argument) => argument === '--help' || argument === '-h')) {
  console.log(HELP.trimEnd());
  process.exit(0);
}
const unknown = asked.filter((name) => !(name in HOSTS));
if (unknown.length) fail(`no host is called ${unknown.join(', ')}; see --help.`);

if (!existsSync(new URL('node_modules', import.meta.url))) fail('its tools are missing; run `npm ci --prefix tests/hosts`.');

const tarball = await pack().catch((error) => fail(error.message));
const count = { passed: 0, failed: 0, skipped: 0 };
const waiting = asked.length ? [...asked] : Object.keys(HOSTS);
await Promise.all(Array.from({ length: AT_A_TIME }, async () => {
  for (let name = waiting.shift(); name; name = waiting.shift()) {
    const start = performance.now();
    const { outcome, why = '' } = await tried(name);
    count[outcome]++;
    const reason = why.split('\n').map((line) => `\n  ${line.slice(0, LONGEST_LINE)}`).join('');
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${outcome.padEnd(8)}${name.padEnd(12)}${seconds.padStart(5)} s  ${HOSTS[name]}${why && reason}`);
  }
}));
await closeBrowser();
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exitCode = count.failed ? 1 : 0;

async function tried(name) {
  try {
    const { default: host } = await import(`./hosts/${name}.mjs`);
    await host(await newProject(name, tarball));
    return { outcome: 'passed' };
  } catch (error) {
    return { outcome: error instanceof Skipped ? 'skipped' : 'failed', why: error.message.trimEnd() };
  }
}

function fail(message) {
  console.error(`hosts: ${message}`);
  process.exit(2);
}
