// JSON text read with places: where each value stands, where the text stops being JSON, what is given twice.
// JSON.parse alone often names no position, and silently keeps the last of two equal names.

const TOKEN =
  /[ \t\n\r]*(?:([{}[\]:,])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/y;

/** What is wrong with the text, and at which line and column (from 1). */
export class JsonError extends Error {
  constructor(message, place) {
    super(message);
    this.name = 'JsonError';
    this.place = place;
  }
}

function placeOf(text, offset) {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: [...before.slice(lineStart)].length + 1 };
}

/**
 * The value of a JSON text and `lineOf(path)`, the line of the value at a path such as `[2].expect.verdict`
 * (or of its nearest parent that is there).
 */
export function readJson(text) {
  const offsets = new Map();
  let at = 0;
  let token;

  const advance = () => {
    TOKEN.lastIndex = at;
    const match = TOKEN.exec(text);
    const [, mark, string, other] = match ?? [];
    const start = match ? TOKEN.lastIndex - (mark ?? string ?? other).length : at + text.slice(at).search(/[^ \t\n\r]|$/);
    token = { mark, string, other, start };
    at = match ? TOKEN.lastIndex : start;
  };
  const fail = (wanted) => {
    const [found] = text.slice(token.start, token.start + 2);
    let message = `expected ${wanted}, but found ${JSON.stringify(found)}`;
    if (found === undefined) message = `expected ${wanted}, but the text ends`;
    else if (found === '"' && token.string === undefined) message = 'a text that is not closed, or holds a bad escape or a line break';
    throw new JsonError(`not JSON: ${message}`, placeOf(text, token.start));
  };

  const value = (path) => {
    offsets.set(path, token.start);
    if (token.mark === '{') return object(path);
    if (token.mark === '[') return array(path);
    if (token.string === undefined && token.other === undefined) fail('a value');
    advance();
  };
  const object = (path) => {
    const names = new Set();
    advance();
    while (token.mark !== '}') {
      if (names.size > 0) {
        if (token.mark !== ',') fail('"," or "}"');
        advance();
      }
      if (token.string === undefined) fail(names.size > 0 ? 'a name in double quotes' : 'a name in double quotes or "}"');
      const name = JSON.parse(token.string);
      const inside = path === '' ? name : `${path}.${name}`;
      if (names.has(name)) throw new JsonError(`"${inside}" is given twice`, placeOf(text, token.start));
      names.add(name);
      advance();
      if (token.mark !== ':') fail('":"');
      advance();
      value(inside);
    }
    advance();
  };
  const array = (path) => {
    let index = 0;
    advance();
    while (token.mark !== ']') {
      if (index > 0) {
        if (token.mark !== ',') fail('"," or "]"');
        advance();
      }
      value(`${path}[${index++}]`);
    }
    advance();
  };

  advance();
  value('');
  if (token.start < text.length) fail('the end of the text');

  const lineOf = (path) => {
    while (!offsets.has(path)) path = path.replace(/(^|\.)[^.[]*$|\[\d+\]$/, '');
    return placeOf(text, offsets.get(path)).line;
  };
  return { value: JSON.parse(text), lineOf };
}
