// What the table of facts asks of facts, for the validations that stand in front of engines that have none of their
// own. A schema is made from the table, so there is no second list of facts; what the table says of every fact of a
// kind alike, such as how long a text may be, stands here.
//
// All facts are required, unlike in our engine, which answers what is missing: the engines behind the validations
// decide on complete facts only.

import { instantOf } from './comparisons.mjs';
import { table } from './table.mjs';

export const LONGEST_TEXT = 1000; // characters, which are code points
export const LONGEST_LIST = 100;
export const EARLIEST = Date.parse('2000-01-01T00:00:00+08:00');
export const LATEST = Date.parse('2100-12-31T23:59:59.999+08:00');
/** White space as Unicode has it, which is one character more than `\s`. */
export const NOT_BLANK = /[^\s\u0085]/u;

const COMMON_DATE = String.raw`\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))`;
const LEAP_DAY = String.raw`(?:\d\d(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)-02-29`;
const HOUR_AND_MINUTE = String.raw`(?:[01]\d|2[0-3]):[0-5]\d`;
/** An RFC 3339 time: a real date, and an offset with a colon. The `date-time` of ajv-formats also takes `+0800`. */
const TIME = new RegExp(String.raw`^(?:${COMMON_DATE}|${LEAP_DAY})[Tt ]${HOUR_AND_MINUTE}:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-]${HOUR_AND_MINUTE})$`);

/** Whether a text is a time within the bounds. Only a year at a bound has its instant worked out, since that is slow. */
export function isTime(text) {
  if (!TIME.test(text)) return false;
  const year = text.slice(0, 4);
  if (year > '2000' && year < '2100') return true;
  const instant = Date.parse(text);
  return EARLIEST <= instant && instant <= LATEST;
}

/** Whether facts that are right one by one can be so together: paid, then applied for, then asked about. */
export function isConsistent({ now, order }) {
  const appliedAt = instantOf(order.appliedAt);
  return instantOf(order.paidAt) <= appliedAt && appliedAt <= instantOf(now);
}

/** The schema of all facts: `kinds` makes that of a fact, by its type; `object` that of named fields. */
export function schemaOf(kinds, object) {
  const [fields, groups] = [{}, {}];
  for (const fact of table) {
    const [name, field] = fact.path.split('.');
    const schema = kinds[fact.type](fact);
    if (field === undefined) fields[name] = schema;
    else (groups[name] ??= {})[field] = schema;
  }
  for (const [name, group] of Object.entries(groups)) fields[name] = object(group);
  return object(fields);
}

/** Thrown for facts that a validation refuses. */
export class Refused extends Error {}
