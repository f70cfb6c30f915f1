// The hand-written floor behind Ajv, which refuses what ours refuses.

import { behindAjv } from '../validation-ajv.mjs';
import { load as loadBare } from './handwritten.mjs';

export const name = 'hand-written JavaScript, behind Ajv';
export const load = () => behindAjv(loadBare());
export const download = {};
