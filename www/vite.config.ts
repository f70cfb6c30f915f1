// How the pages are built: HTML files that must run in Chromium 69.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { defineConfig, type Plugin } from 'vite';
import { serving } from './serving.ts';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const built = here('../target/www');

/** What the old-fashioned page of a shop takes as files: the package as it is published, and jQuery. */
const TAKEN: { readonly [name: string]: string } = {
  ...['elements.js', 'elements.css', 'browser.js', 'catalogue.js', 'preflight.wasm', 'translated.js']
    .reduce((files, name) => ({ ...files, ['preflight/' + name]: '../pkg/' + name }), {}),
  'shop/jquery.js': '../node_modules/jquery/dist/jquery.min.js',
};

const takeFiles: Plugin = {
  name: 'take-files',
  generateBundle() {
    for (const fileName of Object.keys(TAKEN)) this.emitFile({ type: 'asset', fileName, source: readFileSync(here(TAKEN[fileName]!)) });
  },
};

/** Puts the printed list of checks where a page says `<!-- checks: purchase -->`, for when scripts are off. */
const printChecks: Plugin = {
  name: 'print-checks',
  async transformIndexHtml(html) {
    const { outputFiles: [script] } = await build({
      entryPoints: [here('elements/checks.ts')],
      alias: { '@ekuaiji/preflight/catalogue': here('../pkg/catalogue.js') },
      bundle: true, format: 'esm', write: false,
    });
    const { CHECKS } = await import('data:text/javascript,' + encodeURIComponent(script!.text)) as typeof import('./elements/checks.js');
    return html.replace(/<!-- checks: (\w+) -->/g, (_, question: keyof typeof CHECKS) => CHECKS[question].map(({ zh }) => `<li>${zh}</li>`).join('\n'));
  },
};

/** Has the engine fetched along with the scripts, not only once they run, where a page says `<!-- preload: engine -->`. */
const preloadEngine: Plugin = {
  name: 'preload-engine',
  transformIndexHtml: {
    order: 'post',
    handler(html, { bundle = {} }) {
      const module = Object.keys(bundle).find(file => /^assets\/preflight-.*\.wasm$/.test(file));
      return html.replace('<!-- preload: engine -->', module ? `<link rel="preload" as="fetch" type="application/wasm" crossorigin href="./${module}">` : '');
    },
  },
};

/** All scenarios in one module, for the playground: `[{ question, name, scenarios }]`. */
const takeScenarios: Plugin = {
  name: 'take-scenarios',
  resolveId: id => id === 'preflight-scenarios' ? '\0preflight-scenarios' : undefined,
  load(id) {
    if (id !== '\0preflight-scenarios') return undefined;
    const folder = here('../tests/scenarios/');
    const files = readdirSync(folder).sort().map(question => readdirSync(folder + question).sort().map(file => {
      this.addWatchFile(folder + question + '/' + file);
      return { question, name: file.replace('.json', ''), scenarios: JSON.parse(readFileSync(folder + question + '/' + file, 'utf8')) as unknown };
    }));
    return `export default JSON.parse(${JSON.stringify(JSON.stringify(files.flat()))});`;
  },
};

export default defineConfig({
  base: './',
  plugins: [takeFiles, printChecks, preloadEngine, takeScenarios, serving(built)],
  resolve: {
    alias: {
      '@ekuaiji/preflight/catalogue': here('../pkg/catalogue.js'),
      '@ekuaiji/preflight/elements': here('elements/index.ts'),
      '@ekuaiji/preflight': here('../pkg/browser.js'),
      'preflight-rules.json': here('../target/package/rules.json'),
    },
  },
  build: {
    target: 'chrome69',
    cssTarget: 'chrome69',
    outDir: built,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    // The playground fetches all scenarios as one file, once somebody asks for them.
    chunkSizeWarningLimit: 1_000,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: ['index.html', 'order.html', 'member.html', 'rules.html', 'try.html'].map(here),
      // What all pages share is one file: each more is one more round for a phone.
      output: { codeSplitting: { groups: [{ name: 'common', test: /www\/elements|pkg\/(browser|catalogue)|src\/(shell|i18n|customers|handed)/ }] } },
    },
  },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1', cors: false },
});
