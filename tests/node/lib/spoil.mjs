// A caller who changes whatever it is given, for tests that nobody else notices.

/** Changes, adds and deletes whatever can be in the value and in all that it holds; returns how many objects that is. */
export function spoil(value, seen = new Set()) {
  if (typeof value !== 'object' || value === null || seen.has(value)) return seen.size;
  seen.add(value);
  for (const name of Reflect.ownKeys(value)) {
    spoil(Reflect.get(value, name), seen);
    Reflect.set(value, name, name === 'length' ? 0 : 'spoilt');
    Reflect.deleteProperty(value, name);
  }
  Reflect.set(value, 'added', 'spoilt');
  Reflect.set(value, 0, 'spoilt');
  Reflect.setPrototypeOf(value, { added: 'spoilt' });
  return seen.size;
}
