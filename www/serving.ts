// How the pages are served: the headers, one place for the security policy's text, and what is compressed.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import sirv from 'sirv';
import type { Plugin } from 'vite';

const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
];

const HEADERS = {
  'Content-Security-Policy': POLICY.join('; '),
  // An address may carry facts of a customer. The origin alone goes out: some tills ask for it.
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'X-Content-Type-Options': 'nosniff',
};

/** Files under this folder carry a digest of their content in their name, so a copy of one never grows old. */
const NAMED_BY_CONTENT = '/assets/';
const COMPRESSED = /\.(html|css|js|json|svg|wasm)$/;

/** Compresses the pages once they are built, and serves them as a shop should. */
export function serving(folder: string): Plugin {
  return {
    name: 'preflight-serving',
    closeBundle() {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (COMPRESSED.test(name)) writeFileSync(join(folder, name + '.gz'), gzipSync(readFileSync(join(folder, name)), { level: 9 }));
      }
    },
    configurePreviewServer({ middlewares }) {
      middlewares.use((_request, response, next) => {
        for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
        next();
      });
      middlewares.use(sirv(folder, {
        dev: true, // so that pages built anew are served without a restart
        etag: true,
        gzip: true,
        setHeaders(response, path) {
          const forever = decodeURI(path).startsWith(NAMED_BY_CONTENT);
          response.setHeader('Cache-Control', forever ? 'public, max-age=31536000, immutable' : 'no-cache');
        },
      }));
    },
  };
}
