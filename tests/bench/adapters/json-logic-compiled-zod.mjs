// json-logic-engine, its rules compiled to JavaScript and put behind zod, which refuses what ours refuses.

import { behindZod } from '../validation-zod.mjs';
import { load as loadBare } from './json-logic-compiled.mjs';

export const name = 'json-logic-engine, compiled, behind zod';
export const load = () => behindZod(loadBare());
export const download = {};
