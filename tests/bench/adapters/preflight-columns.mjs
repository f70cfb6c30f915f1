// Ours: `checkColumns`, from columns as a caller would have them; one order at a time only to see that it answers alike.

import { engine, folder } from '../package.mjs';
export { download } from './preflight-check.mjs';

export const name = '**preflight `checkColumns`**';
export const note = 'per order of 10,000 in columns: numbers in typed arrays, all else in dictionaries, the accounts and phones nearly all different';
export async function load() {
  const preflight = await engine();
  const { facts: table } = await import(`${folder}/catalogue.js`);
  const one = (question) => (facts) => preflight.checkColumns(question, columnsOf(table, [facts])).answer(0);
  return {
    purchase: one('purchase'),
    refund: one('refund'),
    /** Answers all at once: what does it, and tells how many orders there were. */
    batch(question, list) {
      const columns = columnsOf(table, list);
      return () => preflight.checkColumns(question, columns).rows;
    },
  };
}

function columnsOf(table, list) {
  const columns = {};
  for (const { path } of table) {
    const [group, name] = path.split('.');
    const values = list.map((facts) => (name ? facts[group][name] : facts[group]));
    const [first] = values;
    if (path === 'now' || path.endsWith('At')) columns[path] = { values: Float64Array.from(values, (time) => (typeof time === 'number' ? time : Date.parse(time))) };
    else if (typeof first === 'boolean') columns[path] = { values: Uint8Array.from(values, Number) };
    else if (typeof first === 'number') columns[path] = { values: Uint32Array.from(values) };
    else columns[path] = dictionaryOf(values);
  }
  return columns;
}

function dictionaryOf(values) {
  const places = new Map();
  const dictionary = [];
  const indices = values.map((value) => {
    const key = JSON.stringify(value);
    if (!places.has(key)) places.set(key, dictionary.push(value) - 1);
    return places.get(key);
  });
  return { dictionary, indices: (dictionary.length <= 256 ? Uint8Array : Uint32Array).from(indices) };
}
