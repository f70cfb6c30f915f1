// Columns of facts as callers pass them, and what is wrong with those that cannot be read.

import { COLUMN_TYPES, type ColumnType } from './encoder.js';
import { FactsError } from './error.js';
import type { Answer, Code, ErrorCode, FactPath, Facts, Question, Verdict } from './generated.js';
import { isPlain } from './values.js';

/** Whole numbers: of integers themselves, of flags 0 and 1. */
export type Integers = Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array;

/** 列: one fact of every order. */
export type Column = ValuesColumn | DictionaryColumn;

/** Where a fact is known, a bit for each row, the lowest of the first byte first, as in Arrow; everywhere, where there is none. */
interface Validity {
  validity?: Uint8Array | null;
}

/** A column of numbers: integers, flags as 0 and 1, or times as milliseconds since 1970. */
export interface ValuesColumn extends Validity {
  values: Integers | Float64Array;
}

/** A column of any values, each written once, as in `Facts`: the row has the one at its index. One that is null is not known. */
export interface DictionaryColumn extends Validity {
  dictionary: readonly unknown[];
  indices: Integers;
}

/** 多笔: the facts of many orders, by path; a fact without a column is known of none. All columns are equally long. */
export type Columns = { [Path in FactPath]?: Column | null };

/** 多笔答复: the answers, row by row. */
export interface ColumnAnswers {
  /** How many orders there are. */
  readonly rows: number;
  /** The verdict of each row, by its place in `names.verdicts`. */
  readonly verdicts: Uint8Array;
  /** The rules that fired in each row, a bit for each by its place in `names.codes`. */
  readonly fired: Uint32Array;
  /** The facts that are missing in each row, a bit for each by its place in `names.missing`. */
  readonly missing: Uint32Array;
  /** What the numbers mean. */
  readonly names: {
    readonly verdicts: readonly Verdict[];
    readonly codes: readonly Code[];
    readonly missing: readonly FactPath[];
  };
  /**
   * What `check` answers of the row.
   * @throws {RangeError} where there is no such row
   */
  answer(row: number): Answer;
  /**
   * The facts of the row, for `explain`; read from the columns, which should not have changed.
   * @throws {RangeError} where there is no such row
   */
  facts(row: number): Facts;
}

/**
 * A column as it was passed, taken apart.
 * @internal
 */
export interface ColumnSource {
  path: FactPath;
  /** The index of its fact in the table. */
  fact: number;
  type: ColumnType;
  /** The values, or the indices into the dictionary. */
  source: Integers | Float64Array;
  dictionary: readonly unknown[] | undefined;
  /** How many values the dictionary had when it was passed. */
  length: number;
  validity: Uint8Array | undefined;
  /** The number of each value of the dictionary once a row has used it; -1 or nothing before that. */
  numbers: Int32Array | Float64Array | number[];
}

const INTEGERS = 'an Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array or Uint32Array';
const FIELDS = ['values', 'dictionary', 'indices', 'validity'];
/** What a value is that throws when it is read. */
const FAILING = 'something that fails when it is read';
/** The most values of a dictionary for which room is reserved; of a longer one there is a note of each value that is met. */
const MOST_RESERVED = 2 ** 20;

/** The arrays that a column can have, by the name that an array of whatever realm has. */
const ARRAYS = { Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array, Uint32Array, Float64Array };
type ArrayName = keyof typeof ARRAYS;
const TYPED = Object.getPrototypeOf(Uint8Array.prototype);
/** What an array is, whatever properties of its own it has. */
const own = (name: string | symbol): ((array: unknown) => any) => {
  const { get } = Object.getOwnPropertyDescriptor(TYPED, name)!;
  return (array) => get!.call(array);
};
const [tagOf, bufferOf, startOf, countOf] = [Symbol.toStringTag, 'buffer', 'byteOffset', 'length'].map(own) as [
  (value: unknown) => ArrayName | undefined, (array: unknown) => ArrayBuffer, (array: unknown) => number, (array: unknown) => number,
];

/**
 * Reads the columns that a caller passed; `look` has the engine look at facts, and throws what it finds wrong with them.
 * @internal
 */
export function readColumns(given: Columns, paths: readonly FactPath[], look: (facts: unknown) => void): ColumnSource[] {
  const columns: ColumnSource[] = [];
  const fields = fieldsOf(given, 'columns', 'an object with a column for each path of a fact');
  for (const [path, column] of fields as [FactPath, unknown][]) {
    const fact = paths.indexOf(path);
    if (fact < 0) {
      // What is below a fact would be one of the wrong type.
      if (!paths.some((known) => path.startsWith(known + '.'))) look(nested(path, null));
      throw wrong('unknown_field', shown(path, look), column, 'the path of a fact, like `need.year`,', 'the path of no fact');
    }
    if (column !== null && column !== undefined) columns.push(readColumn(column, path, fact, look));
  }
  for (const column of columns) {
    const { path, dictionary, validity } = column;
    const [{ path: other }] = columns as [ColumnSource];
    const rows = lengthOf(columns[0]!);
    if (lengthOf(column) !== rows) {
      const expected = `${rows} rows, as many as \`${other}\` has,`;
      throw wrong('inconsistent', `${path}.${dictionary ? 'indices' : 'values'}`, column.source, expected);
    }
    if (validity && validity.length * 8 < rows) {
      throw wrong('inconsistent', `${path}.validity`, validity, `${Math.ceil(rows / 8)} bytes, a bit for each of ${rows} rows,`);
    }
  }
  return columns;
}

/** The enumerable properties of the object itself; none where it is no plain object. */
function fieldsOf(given: unknown, path: string, expected: string): [name: string, value: unknown][] {
  let received;
  try {
    if (isPlain(given)) return Object.entries(given);
  } catch {
    received = FAILING;
  }
  throw wrong('wrong_type', path, given, expected, received);
}

function readColumn(given: unknown, path: FactPath, fact: number, look: (facts: unknown) => void): ColumnSource {
  const expected = 'a column, which is an object with `values`, or with `dictionary` and `indices`,';
  const fields: Record<string, unknown> = Object.create(null);
  for (const [name, value] of fieldsOf(given, path, expected)) {
    if (!FIELDS.includes(name)) throw wrong('unknown_field', `${path}.${shown(name, look)}`, value, 'one of `values`, `dictionary`, `indices` and `validity`');
    fields[name] = value;
  }
  const { values, dictionary, indices } = fields;
  const type = COLUMN_TYPES[fact]!;
  const isNumber = type === 'integer' || type === 'flag';
  const column = { path, fact, type, dictionary: undefined, length: 0, validity: undefined, numbers: [] };
  if (fields.validity !== null && fields.validity !== undefined) {
    const validity = viewOf(fields.validity);
    if (!(validity instanceof Uint8Array)) throw wrong('wrong_type', `${path}.validity`, fields.validity, 'a Uint8Array');
    Object.assign(column, { validity });
  }
  if (dictionary === undefined || dictionary === null) {
    const source = viewOf(values);
    const fits = source && (type === 'time' ? source instanceof Float64Array : isNumber && !(source instanceof Float64Array));
    if (fits) return { ...column, source };
    const expected = type === 'time' ? 'a Float64Array' : isNumber ? INTEGERS : '`dictionary` and `indices` in its place';
    throw wrong('wrong_type', `${path}.values`, values, expected);
  }
  if (values !== undefined && values !== null) throw wrong('inconsistent', `${path}.values`, values, 'nothing beside a `dictionary`');
  const source = viewOf(indices);
  if (!source || source instanceof Float64Array) throw wrong('wrong_type', `${path}.indices`, indices, INTEGERS);
  let length: unknown, received;
  try {
    if (Array.isArray(dictionary)) ({ length } = dictionary);
  } catch {
    received = FAILING;
  }
  if (typeof length !== 'number') throw wrong('wrong_type', `${path}.dictionary`, dictionary, 'a list of values', received);
  const Numbers = type === 'time' ? Float64Array : Int32Array;
  const numbers = length >= 0 && length <= MOST_RESERVED ? new Numbers(length).fill(-1) : [];
  return { ...column, source, dictionary: dictionary as unknown[], length, numbers };
}

/**
 * How many rows a column has.
 * @internal
 */
export function lengthOf({ source }: ColumnSource): number {
  return source.length;
}

/** A view of what the array holds, without any properties that it may have of its own. */
function viewOf(array: unknown): Integers | Float64Array | undefined {
  const View = ARRAYS[tagOf(array)!];
  const count = View && countOf(array);
  return View && (count ? new View(bufferOf(array), startOf(array), count) : new View(0));
}

/** The name of a field that is none, as a message repeats it: the engine masks it. */
function shown(name: string, look: (facts: unknown) => void): string {
  try {
    look({ [name]: null });
  } catch (error) {
    return (error as { path: string }).path;
  }
  return name;
}

/**
 * What a row of the column holds, whether or not it is known.
 * @internal
 */
export function valueAt({ path, source, dictionary, length }: ColumnSource, row: number, number = source[row]): unknown {
  if (!dictionary) return number;
  if (!(number! >= 0 && number! < length)) {
    const given = source[row];
    throw wrong('out_of_range', `${path}.indices[${row}]`, given, `an index below ${length}`, given === undefined ? undefined : String(given));
  }
  try {
    return dictionary[number!];
  } catch {
    throw wrong('wrong_type', `${path}[${row}]`, undefined, 'a value of the fact', FAILING);
  }
}

/**
 * The error of a column whose buffer became shorter while it was read.
 * @internal
 */
export function shrunk({ path, source }: ColumnSource): FactsError {
  return wrong('inconsistent', path, source, 'as many rows as when it was passed');
}

/**
 * What is wrong, as the engine would say it.
 * @internal
 */
export function wrong(code: ErrorCode, path: string, given: unknown, expected: string, received = described(given)): FactsError {
  const message = `\`${path}\` is ${received}, but ${expected} was expected; correct it, or leave it out if it is not known.`;
  return new FactsError({ code, path, expected: expected.endsWith(',') ? expected.slice(0, -1) : expected, received, hint: undefined, message });
}

function described(given: unknown): string {
  const tag = tagOf(given);
  if (tag) return `${tag[0] === 'I' ? 'an' : 'a'} ${tag} of ${countOf(given)}`;
  if (given === undefined || given === null) return 'not there';
  let isList = false;
  try {
    isList = Array.isArray(given);
  } catch {
    // A proxy that was revoked.
  }
  return isList ? 'a list' : typeof given === 'object' ? 'an object' : `a ${typeof given}`;
}

/**
 * The same error with the row that the value stands in added to its path.
 * @internal
 */
export function inRow(error: unknown, path: FactPath, row: number): unknown {
  if (!(error instanceof FactsError)) return error;
  const at = `${path}[${row}]${error.path.slice(path.length)}`;
  return new FactsError({ ...error, path: at, message: error.message.replace(error.path, () => at) });
}

/**
 * The facts of a row.
 * @internal
 */
export function factsOf(columns: readonly ColumnSource[], row: number): Facts {
  const facts: Record<string, any> = {};
  for (const column of columns) {
    const { path, type, dictionary, validity } = column;
    if (validity && !(validity[row >> 3]! & (1 << (row & 7)))) continue;
    const given = valueAt(column, row);
    const value = !dictionary && type === 'flag' ? given === 1 : given;
    const [group, name] = path.split('.') as [string, string?];
    if (name === undefined) facts[group] = value;
    else (Object.keys(facts).includes(group) ? facts[group] : (facts[group] = {}))[name] = value;
  }
  return facts;
}

/**
 * The one fact at the path.
 * @internal
 */
export function nested(path: string, value: unknown): Facts {
  const names = path.split('.');
  return names.reduceRight((inner: unknown, name) => ({ [name]: inner }), value) as Facts;
}
