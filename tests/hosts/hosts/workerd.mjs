// workerd, which runs Cloudflare's workers: by the entry for it, and as other edge hosts do, by the entry for
// browsers and a module that the host has compiled.

import { build } from 'esbuild';

import { program } from '../lib.mjs';
import { WAYS } from '../check.mjs';

const START = `
import * as preflight from '@ekuaiji/preflight';
import * as catalogue from '@ekuaiji/preflight/catalogue';
import { check } from './check.mjs';
`;
const OWN = `${START}
export default { test: (controller, { WAY }) => check(preflight, catalogue, WAY) };
`;
const GIVEN = `${START}
import module from '@ekuaiji/preflight/preflight.wasm';
const load = (options) => preflight.load({ ...options, module });
export default { test: () => check({ ...preflight, load }, catalogue) };
`;

export default async function (project) {
  const own = await bundled(project, 'own', OWN, ['workerd', 'worker', 'browser']);
  const given = await bundled(project, 'given', GIVEN, ['worker', 'browser']);
  await test(project, [...WAYS.map((way) => [own, way]), [given, '']]);
}

/** Bundles a worker as wrangler does it, with the module beside the script; its file. */
export async function bundled(project, name, text, conditions) {
  project.write(`${name}.mjs`, text);
  await build({
    absWorkingDir: project.folder,
    entryPoints: [`${name}.mjs`],
    bundle: true,
    format: 'esm',
    conditions,
    loader: { '.wasm': 'copy' },
    assetNames: '[name]',
    outdir: 'out',
    logLevel: 'silent',
  });
  return `out/${name}.js`;
}

/** Runs the tests that workers export, each worker by itself and with a way to load. */
export async function test(project, workers) {
  const services = workers.map(([file, way]) => `(name = "${file} ${way}", worker = (
  modules = [
    (name = "worker.js", esModule = embed "${file}"),
    (name = "preflight.wasm", wasm = embed "out/preflight.wasm"),
  ],
  bindings = [(name = "WAY", text = "${way}")],
  compatibilityDate = "2026-01-01",
))`);
  project.write('config.capnp', `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [${services}]);
`);
  await project.run(await program('workerd'), ['test', 'config.capnp']);
}
