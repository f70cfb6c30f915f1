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
  validity: Uint8Array | undefined;
  /** The number of each value of the dictionary once a row has used it; -1 before that. */
  numbers: Int32Array | Float64Array;
}

const INTEGERS = 'an Int8Array, Uint8Array, Int16Array, Uint16Array, Int32Array or Uint32Array';
const FIELDS = 'one of `values`, `dictionary`, `indices` and `validity`';

/**
 * Reads the columns that a caller passed; `lookUp` throws what may have been meant by a path that no fact has.
 * @internal
 */
export function readColumns(given: Columns, paths: readonly FactPath[], lookUp: (path: string) => void): ColumnSource[] {
  if (!isPlain(given)) throw wrong('wrong_type', 'columns', given, 'an object with a column for each path of a fact');
  const columns: ColumnSource[] = [];
  for (const name of Object.keys(given)) {
    const path = name as FactPath;
    const fact = paths.indexOf(path);
    if (fact < 0) {
      lookUp(path);
      throw wrong('unknown_field', path, given[path], 'the path of a fact, like `need.year`,');
    }
    if (given[path] !== null && given[path] !== undefined) columns.push(readColumn(given[path], path, fact));
  }
  for (const { path, source, dictionary, validity } of columns) {
    const [{ path: other, source: { length: rows } }] = columns as [ColumnSource];
    if (source.length !== rows) {
      const expected = `${rows} rows, as many as \`${other}\` has,`;
      throw wrong('inconsistent', `${path}.${dictionary ? 'indices' : 'values'}`, source, expected);
    }
    if (validity && validity.length * 8 < rows) {
      throw wrong('inconsistent', `${path}.validity`, validity, `${Math.ceil(rows / 8)} bytes, a bit for each of ${rows} rows,`);
    }
  }
  return columns;
}

function readColumn(given: unknown, path: FactPath, fact: number): ColumnSource {
  if (!isPlain(given)) throw wrong('wrong_type', path, given, 'a column, which is an object with `values`, or with `dictionary` and `indices`,');
  const { values, dictionary, indices, validity, ...others } = given as Record<string, unknown>;
  for (const other of Object.keys(others)) throw wrong('unknown_field', `${path}.${other}`, others[other], FIELDS);
  const type = COLUMN_TYPES[fact]!;
  const isNumber = type === 'integer' || type === 'flag';
  const column = { path, fact, type, dictionary: undefined, validity: undefined, numbers: new Int32Array(0) };
  if (validity !== null && validity !== undefined) {
    if (!isUint8Array(validity)) throw wrong('wrong_type', `${path}.validity`, validity, 'a Uint8Array');
    Object.assign(column, { validity });
  }
  if (dictionary === undefined) {
    if (type === 'time' && isFloat64Array(values)) return { ...column, source: values };
    if (isNumber && isIntegers(values)) return { ...column, source: values };
    const expected = type === 'time' ? 'a Float64Array' : isNumber ? INTEGERS : '`dictionary` and `indices` in its place';
    throw wrong('wrong_type', `${path}.values`, values, expected);
  }
  if (values !== undefined) throw wrong('inconsistent', `${path}.values`, values, 'nothing beside a `dictionary`');
  if (!Array.isArray(dictionary)) throw wrong('wrong_type', `${path}.dictionary`, dictionary, 'a list of values');
  if (!isIntegers(indices)) throw wrong('wrong_type', `${path}.indices`, indices, INTEGERS);
  const numbers = type === 'time' ? new Float64Array(dictionary.length) : new Int32Array(dictionary.length);
  return { ...column, source: indices, dictionary: dictionary.slice(), numbers: numbers.fill(-1) };
}

function isIntegers(value: unknown): value is Integers {
  return /^(Int|Uint)(8|16|32)Array$/.test(typeOf(value));
}

function isFloat64Array(value: unknown): value is Float64Array {
  return typeOf(value) === 'Float64Array';
}

function isUint8Array(value: unknown): value is Uint8Array {
  return typeOf(value) === 'Uint8Array';
}

/** The type of a typed array, of whatever realm; else of anything. */
function typeOf(value: unknown): string {
  return ArrayBuffer.isView(value) ? Object.prototype.toString.call(value).slice(8, -1) : typeof value;
}

/**
 * What is wrong, as the engine would say it.
 * @internal
 */
export function wrong(code: ErrorCode, path: string, given: unknown, expected: string): FactsError {
  const type = typeOf(given);
  const received = ArrayBuffer.isView(given) ? `a ${type} of ${(given as Uint8Array).length}`
    : type === 'number' ? String(given)
    : type === 'undefined' || given === null ? 'not there'
    : Array.isArray(given) ? 'a list' : type === 'object' ? 'an object' : `a ${type}`;
  const message = `\`${path}\` is ${received}, but ${expected} was expected; correct it, or leave it out if it is not known.`;
  return new FactsError({ code, path, expected: expected.replace(/,$/, ''), received, hint: undefined, message });
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
  for (const { path, type, source, dictionary, validity } of columns) {
    if (validity && !(validity[row >> 3]! & (1 << (row & 7)))) continue;
    const number = source[row]!;
    const value = dictionary ? dictionary[number] : type === 'flag' ? number === 1 : number;
    const [group, name] = path.split('.') as [string, string?];
    if (name === undefined) facts[group] = value;
    else (facts[group] ??= {})[name] = value;
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
