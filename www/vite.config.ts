// How the pages are built: HTML files that must run in Chromium 69.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  base: './',
  resolve: {
    alias: {
      '@ekuaiji/preflight/catalogue': here('../pkg/catalogue.js'),
      '@ekuaiji/preflight': here('../pkg/browser.js'),
      'preflight-rules.json': here('../target/package/rules.json'),
    },
  },
  build: {
    target: 'chrome69',
    cssTarget: 'chrome69',
    outDir: here('../target/www'),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ['index.html', 'order.html', 'member.html', 'rules.html'].map(here) },
  },
  server: { host: '127.0.0.1' },
  preview: { host: '127.0.0.1' },
});
