// What the hosts share: an empty project with the packed package in it, programs, a server and a browser.

import { execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
const here = join(root, 'tests/hosts');
const work = join(root, 'target/hosts');
const PATIENCE_MS = 60_000;

/** Why a host could not be tried here; says nothing about the package. */
export class Skipped extends Error {}

/** A program of an npm package that tests/hosts has, or the reason why it does not run. */
export async function program(name) {
  const path = join(here, 'node_modules/.bin', name);
  try {
    await run(path, ['--version']);
  } catch (error) {
    throw new Skipped(`${name} does not run here: ${error.message.trim().split('\n').pop()}`);
  }
  return path;
}

/** Runs a program to its end; what it printed. */
export function run(file, args, { cwd = here, env, patience = PATIENCE_MS } = {}) {
  return new Promise((resolve, reject) => {
    execFile(file, args, { cwd, env: { ...process.env, NO_COLOR: '1', ...env }, timeout: patience }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${file} ${args.join(' ')}: ${stderr || stdout || error.message}`));
      else resolve(stdout);
    });
  });
}

/** Starts a server and waits until it prints what matches `ready`; gives `use` the match, and ends the server after it. */
export async function served(file, args, { cwd, env, ready }, use) {
  const server = spawn(file, args, { cwd, env: { ...process.env, NO_COLOR: '1', ...env }, detached: true, timeout: 10 * PATIENCE_MS });
  let told = '';
  try {
    const match = await new Promise((resolve, reject) => {
      const hear = (text) => {
        told += text;
        const match = told.match(ready);
        if (match) resolve(match);
      };
      server.stdout.setEncoding('utf8').on('data', hear);
      server.stderr.setEncoding('utf8').on('data', hear);
      server.on('error', reject);
      server.on('exit', () => reject(new Error(`${file} ${args.join(' ')} ended: ${told}`)));
    });
    return await use(match, () => told);
  } finally {
    try {
      process.kill(-server.pid); // its own children too
    } catch {
      // It has ended.
    }
  }
}

/** Packs `pkg/` as npm would publish it; the tarball. */
export async function pack() {
  if (!existsSync(join(root, 'pkg/package.json'))) throw new Error('pkg/ is not built; run `cargo xtask build` first.');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
  symlinkSync(join(here, 'node_modules'), join(work, 'node_modules')); // where projects find the other packages
  return join(work, (await run('npm', ['pack', './pkg', '--silent', '--pack-destination', work], { cwd: root })).trim());
}

/** An empty project that has the package installed from the tarball, and the check beside it. */
export async function newProject(name, tarball) {
  const folder = join(work, name);
  mkdirSync(folder);
  const write = (file, text) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  write('package.json', '{ "private": true, "type": "module" }\n');
  await run('npm', ['install', '--silent', '--no-audit', '--no-fund', '--offline', tarball], { cwd: folder });
  cpSync(join(here, 'check.mjs'), join(folder, 'check.mjs'));
  return {
    folder,
    tarball,
    write,
    run: (file, args) => run(file, args, { cwd: folder }),
    /** Runs a program that says at its end that it has checked the package. */
    async checks(file, args, env) {
      const told = await run(file, args, { cwd: folder, env });
      if (told !== 'checked\n') throw new Error(`${file} ${args.join(' ')} did not reach the end of the check: ${told}`);
    },
  };
}

/** The program of the hosts that take ES modules and give arguments. */
export const MAIN = `
import * as preflight from '@ekuaiji/preflight';
import * as catalogue from '@ekuaiji/preflight/catalogue';
import '@ekuaiji/preflight/elements'; // defines nothing here, and fails no server that imports it
import { check } from './check.mjs';
await check(preflight, catalogue, process.argv[2]);
console.log('checked');
`;

/** The program of browsers: tells by the title of the page; after `#` in the address may stand what the engine runs on. */
export const PAGE_MAIN = `
import * as preflight from '@ekuaiji/preflight';
import * as catalogue from '@ekuaiji/preflight/catalogue';
import '@ekuaiji/preflight/elements';
import { check, checkElements } from './check.mjs';
const tell = (text) => { document.title = text; };
const runsOn = location.hash.slice(1) || 'wasm';
check(preflight, catalogue, 'load', runsOn).then(checkElements).then(() => tell('checked'), (error) => tell(String(error.stack)));
`;

/** A page that runs the script. */
export const page = (script, head = '') =>
  `<!doctype html><meta charset="utf-8"><title></title>${head}<script type="module" src="${script}"></script>\n`;

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm' };

/** Serves a folder on a free port while `use` is given its address; paths in `routes` are answered by their functions. */
export async function serve(folder, use, { headers = {}, types = {}, routes = {} } = {}) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    if (routes[pathname]) return void routes[pathname](request, response);
    const file = join(folder, pathname);
    if (!existsSync(file) || !extname(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': { ...TYPES, ...types }[extname(file)] || 'application/octet-stream', ...headers });
    response.end(readFileSync(file));
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  try {
    return await use(`http://127.0.0.1:${server.address().port}/`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

let browser;

/** Opens the page in Chromium and waits until it says `checked`. */
export async function openPage(address) {
  await visit(address, async (page, faults) => {
    await page.waitForFunction(() => document.title !== '', undefined, { timeout: PATIENCE_MS }).catch(() => {});
    const title = await page.title();
    if (title !== 'checked') throw new Error(`${title || 'the page did not answer'}\n${faults.join('\n')}`);
  });
}

/** Opens the page in Chromium while `use` is given it, and what has gone wrong on it by then. */
export async function visit(address, use) {
  const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
  if (!existsSync(executablePath)) throw new Skipped(`no Chromium at ${executablePath}; install one, or name it in CHROMIUM`);
  const { chromium } = await import('playwright-core');
  browser ??= chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const page = await (await browser).newPage();
  const faults = [];
  await page.route('**/favicon.ico', (route) => route.fulfill({ status: 204 })); // which the browser asks for by itself
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('requestfailed', (request) => faults.push(`${request.url()} failed`));
  page.on('console', (message) => { if (/error|warning/.test(message.type())) faults.push(message.text()); });
  try {
    await page.goto(address);
    return await use(page, faults);
  } finally {
    await page.close();
  }
}

export async function closeBrowser() {
  if (browser) await (await browser).close();
}
