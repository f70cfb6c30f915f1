// The hand-written floor behind zod, which refuses what ours refuses.

import { behindZod } from '../validation-zod.mjs';
import { load as loadBare } from './handwritten.mjs';

export const name = 'hand-written JavaScript, behind zod';
export const load = () => behindZod(loadBare());
export const download = {};
