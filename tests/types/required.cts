// Calls from CommonJS: the same types, and `loadSync`, which hosts with a file system have.

import preflight = require('@ekuaiji/preflight');
import { rules } from '@ekuaiji/preflight/catalogue';

const engine: preflight.Engine = preflight.loadSync({ terms: { refundWindowDays: 14 } });
const answer: preflight.Answer = engine.check('purchase', { need: { year: 2020 } });
const code: preflight.Code | undefined = answer.codes[0];
export const rule = rules.find((rule) => rule.code === code);
export const refused = (error: unknown) => error instanceof preflight.FactsError && error.code === 'out_of_range';

// @ts-expect-error: a year is a number
engine.check('purchase', { need: { year: '2020' } });
// @ts-expect-error: loading at once fetches nothing
preflight.loadSync({ prefer: 'js' });
