// What a browser downloads of an engine and its rules: a bundle, minified, and its wasm module if any.

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Modules that read their data off a file or the catalogue, replaced by the data. */
const modulesAsData = {
  name: 'modules as data',
  setup({ onLoad }) {
    onLoad({ filter: /\/tests\/bench\/(table|calendar)\.mjs$/ }, async ({ path }) => {
      const exported = Object.entries(await import(path));
      return { contents: exported.map(([name, data]) => `export const ${name} = ${JSON.stringify(data)};`).join('\n') };
    });
  },
};

/** Bytes as they are and compressed; nothing for an engine that no browser runs. */
export async function bytesOf(adapter) {
  const { download } = await import(`./adapters/${adapter}.mjs`);
  if (!download) return undefined;
  const { outputFiles } = await build({
    entryPoints: [download.entry ?? `adapters/${adapter}.mjs`],
    alias: download.alias ?? {},
    external: download.later ?? [],
    plugins: [modulesAsData],
    bundle: true, minify: true, write: false, legalComments: 'none',
    format: 'esm', platform: 'browser', absWorkingDir: here, logLevel: 'error',
  });
  const files = [Buffer.from(outputFiles[0].contents)];
  if (download.wasm) files.push(await readFile(new URL(download.wasm, import.meta.url)));

  const sum = (size) => files.reduce((total, file) => total + size(file), 0);
  const brotli = (file) => brotliCompressSync(file, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: file.length },
  });
  return {
    raw: sum((file) => file.length),
    gzip: sum((file) => gzipSync(file, { level: 9 }).length),
    brotli: sum((file) => brotli(file).length),
  };
}
