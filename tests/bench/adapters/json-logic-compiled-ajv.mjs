// json-logic-engine, its rules compiled to JavaScript and put behind Ajv, which refuses what ours refuses.

import { behindAjv } from '../validation-ajv.mjs';
import { load as loadBare } from './json-logic-compiled.mjs';

export const name = 'json-logic-engine, compiled, behind Ajv';
export const load = () => behindAjv(loadBare());
export const download = {};
