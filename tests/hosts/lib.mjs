// What the hosts share: an empty project with the packed package in it, programs, a server and a browser.

import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
export function run(file, args, { cwd = here, env } = {}) {
  return new Promise((resolve, reject) => {
    execFile(file, args, { cwd, env: { ...process.env, NO_COLOR: '1', ...env }, timeout: PATIENCE_MS }, (error, stdout, stderr) => {
      if (error) reject(new Error(`${file} ${args.join(' ')}: ${stderr || stdout || error.message}`));
      else resolve(stdout);
    });
  });
}

/** Packs `pkg/` as npm would publish it; the tarball. */
export async function pack() {
  if (!existsSync(join(root, 'pkg/package.json'))) throw new Error('pkg/ is not built; run `cargo xtask build` first.');
  rmSync(work, { recursive: true, force: true });
  mkdirSync(work, { recursive: true });
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
  const executablePath = process.env.CHROMIUM || '/usr/bin/chromium';
  if (!existsSync(executablePath)) throw new Skipped(`no Chromium at ${executablePath}; install one, or name it in CHROMIUM`);
  const { chromium } = await import('playwright-core');
  browser ??= await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('requestfailed', (request) => faults.push(`${request.url()} failed`));
  page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()); });
  try {
    await page.goto(address);
    await page.waitForFunction(() => document.title !== '', undefined, { timeout: PATIENCE_MS }).catch(() => {});
    const title = await page.title();
    if (title !== 'checked') throw new Error(`${title || 'the page did not answer'}\n${faults.join('\n')}`);
  } finally {
    await page.close();
  }
}

export async function closeBrowser() {
  if (browser) await browser.close();
}
