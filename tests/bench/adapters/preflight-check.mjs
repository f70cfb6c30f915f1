// Ours: `check`, which also refuses what cannot be read, and answers what is missing.

import { engine, folder } from '../package.mjs';

export const name = '**preflight `check`**';
export async function load() {
  const preflight = await engine();
  return {
    purchase: (facts) => preflight.check('purchase', facts),
    refund: (facts) => preflight.check('refund', facts),
  };
}
export const download = {
  entry: `${folder}/browser.js`,
  wasm: `${folder}/preflight.wasm`,
  later: ['./translated.js'], // only where WebAssembly is refused
};
