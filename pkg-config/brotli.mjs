// What a file is after brotli at its best, as a server would send it: `node brotli.mjs <file>`.

import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

const file = readFileSync(process.argv[2]);
const best = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: file.length };
process.stdout.write(brotliCompressSync(file, { params: best }));
