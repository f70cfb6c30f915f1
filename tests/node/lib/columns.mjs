// Facts as columns, each column in one of the forms that `checkColumns` accepts.

const INTEGERS = [Int32Array, Uint32Array];
const at = (facts, path) => path.split('.').reduce((inner, name) => inner?.[name], facts);
const isKnown = (value) => value !== null && value !== undefined;

/** The facts of a list as columns, given the package's table of facts; a fact that is missing in all has no column. */
export function columnsOf(table, list, random) {
  const pick = (choices) => choices[Math.floor(random() * choices.length)];
  const columns = {};
  for (const { path } of table) {
    const values = list.map((facts) => at(facts, path));
    const known = values.filter(isKnown);
    if (known.length === 0) continue;
    const column = {};
    let gaps = () => 0; // what stands where nothing is known: anything
    if (known.length < values.length) {
      column.validity = new Uint8Array(Math.ceil(values.length / 8) + pick([0, 3])).fill(random() < 0.5 ? 0 : 255);
      values.forEach((value, row) => {
        if (isKnown(value)) column.validity[row >> 3] |= 1 << (row & 7);
        else column.validity[row >> 3] &= ~(1 << (row & 7));
      });
      gaps = () => pick([0, -1, 7, 2 ** 31 - 1]);
    }
    if (known.every((value) => typeof value === 'number') && random() < 0.7) {
      const isTime = /now|At$/.test(path);
      column.values = (isTime ? Float64Array : pick(INTEGERS)).from(values, (value) => (isKnown(value) ? value : isTime ? pick([0, NaN, 1.5]) : gaps()));
    } else if (known.every((value) => typeof value === 'boolean') && random() < 0.7) {
      column.values = Uint8Array.from(values, (value) => (isKnown(value) ? Number(value) : gaps()));
    } else {
      const places = new Map();
      const dictionary = random() < 0.5 ? [] : ['not met', { nor: 'this' }]; // whatever no order has is not looked at
      column.dictionary = dictionary;
      const withNull = column.validity && random() < 0.5;
      if (withNull) {
        delete column.validity;
        gaps = () => place(null);
      }
      const place = (value) => {
        const key = value === null ? 'null' : JSON.stringify(value);
        if (!places.has(key)) places.set(key, dictionary.push(value) - 1);
        return places.get(key);
      };
      const indices = values.map((value) => (isKnown(value) ? place(value) : gaps()));
      column.indices = (dictionary.length < 120 && !withNull ? pick([Int8Array, Uint8Array, Int16Array]) : pick(INTEGERS)).from(indices);
    }
    columns[path] = column;
  }
  return columns;
}
