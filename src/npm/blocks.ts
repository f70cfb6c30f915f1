// Many orders at once: block by block the columns are copied into the engine, which validates and answers each block whole.

import { type Engine as Inner, isStale } from './bindings.js';
import { LONGEST_TEXT, ROWS } from './bounds.js';
import {
  type ColumnAnswers, type Columns, type ColumnSource, factsOf, inRow, lengthOf, nested, readColumns, shrunk, valueAt, wrong,
} from './columns.js';
import { COLUMN_TYPES, QUESTIONS, VERDICTS } from './encoder.js';
import type { Answer, Code, FactPath, Question } from './generated.js';
import { calling } from './instance.js';
import { frozen } from './values.js';

/**
 * What columns need of the engine.
 * @internal
 */
export interface Host {
  /** The engine, on the instance that runs. */
  inner(): Inner;
  /** The paths of the facts, by their bits. */
  paths: readonly FactPath[];
  /** The rules that each question can fire, by their bits. */
  codes: readonly (readonly Code[])[];
  answer(asked: number, verdict: number, fired: number, missing: number): Answer;
}

/** Views of the columns in the engine's memory, as `columnViews` returns them. */
type ColumnViews = [
  numbers: Uint32Array, times: Float64Array, validity: Uint8Array, bounds: Uint32Array,
  verdicts: Uint8Array, fired: Uint32Array, missing: Uint32Array, units: Uint16Array,
];

/** The most units of a text that is worth copying: a character is two units at most. */
const LONGEST = 2 * LONGEST_TEXT;
/** The index of the column of each fact that is a time among those of times. */
const TIME_COLUMNS = COLUMN_TYPES.map((_, fact) => COLUMN_TYPES.slice(0, fact).filter((type) => type === 'time').length);

/**
 * Makes `checkColumns` for an engine.
 * @internal
 */
export function columnar({ inner, paths, codes, answer }: Host): (question: Question, columns: Columns) => ColumnAnswers {
  /** Views of the columns, for as long as a call takes. */
  let cached: ColumnViews | undefined;
  const names = frozen(codes.map((codes) => ({ verdicts: VERDICTS, codes, missing: paths })));
  let room = 16 * LONGEST;
  let busy = false;
  /** How many texts the columns had so far, and how many of them before the block at hand; the units of those in it. */
  let count = 0;
  let before = 0;
  let end = 0;
  /** A column of the block, until it is copied: the engine's memory may grow meanwhile. */
  const integers = new Int32Array(ROWS);
  const times = new Float64Array(ROWS);
  const known = new Uint8Array(ROWS / 8);

  /** The views, as they are valid now. */
  function views(): ColumnViews {
    return cached && !isStale(cached[0]) ? cached : (cached = inner().columnViews(room) as ColumnViews);
  }

  /** Copies a block of a column into the engine. */
  function write(column: ColumnSource, start: number, rows: number): void {
    const { fact, type, source, dictionary, numbers, validity } = column;
    if (source.length < start + rows || (validity && validity.length * 8 < start + rows)) throw shrunk(column);
    const block = source.subarray(start, start + rows);
    if (validity) known.set(validity.subarray(start / 8, Math.ceil((start + rows) / 8)));
    else known.fill(255);
    const isTime = type === 'time';
    if (dictionary || !isTime) integers.set(block);
    else times.set(block);
    // A loop for each kind of array, which is what makes them quick.
    if (dictionary && isTime) {
      for (let row = 0; row < rows; row++) {
        const time = numbers[integers[row]!]!;
        times[row] = time >= 0 ? time : lookUp(column, start, row, integers[row]!);
      }
    } else if (dictionary) {
      const first = type === 'text' ? before : 0;
      for (let row = 0; row < rows; row++) {
        const number = numbers[integers[row]!]! - first;
        integers[row] = number >= 0 ? number : lookUp(column, start, row, integers[row]!);
      }
    }
    const [toNumbers, toTimes, toValidity] = views();
    toValidity.set(known, fact * ROWS / 8);
    if (isTime) toTimes.set(times, TIME_COLUMNS[fact]! * ROWS);
    else toNumbers.set(integers, fact * ROWS);
  }

  /**
   * The number of a row whose value of the dictionary no earlier row has used. Its index is that of the copy: where memory is
   * shared, another thread may change the source meanwhile.
   */
  function lookUp(column: ColumnSource, start: number, row: number, index: number): number {
    const { path, fact, type, numbers } = column;
    const bit = 1 << (row & 7);
    if (!(known[row >> 3]! & bit)) return 0;
    const value = valueAt(column, start + row, index);
    if (value === null || value === undefined) {
      known[row >> 3]! &= ~bit;
      return 0;
    }
    if (type === 'text' && typeof value === 'string' && value.length <= LONGEST) {
      append(value);
      numbers[index] = count++;
      return numbers[index]! - before;
    }
    return (numbers[index] = number(path, fact, value, start + row));
  }

  /** Copies a text behind the others of the block. */
  function append(text: string): void {
    if (end + text.length > room) {
      room *= 2;
      cached = undefined;
    }
    const { 3: bounds, 7: units } = views();
    for (let at = 0; at < text.length; at++) units[end + at] = text.charCodeAt(at);
    end += text.length;
    bounds[count - before + 1] = end;
  }

  /** The number of a value in the row; throws an error where the value is invalid. */
  function number(path: FactPath, fact: number, value: unknown, row: number): number {
    try {
      return calling(() => inner().columnNumber(fact, nested(path, value)));
    } catch (error) {
      throw inRow(error, path, row);
    }
  }

  /** Throws what is wrong with a row that the engine refused. */
  function refuse(question: Question, columns: readonly ColumnSource[], row: number): never {
    for (const column of columns) {
      const { path, fact, type, dictionary, validity } = column;
      if (validity && !(validity[row >> 3]! & (1 << (row & 7)))) continue;
      const value = valueAt(column, row);
      const isFlag = !dictionary && type === 'flag' && (value === 0 || value === 1);
      if (value !== null && value !== undefined && !isFlag) number(path, fact, value, row);
    }
    try {
      calling(() => inner().checkValue(question, factsOf(columns, row)));
    } catch (error) {
      throw inRow(error, (error as { path: FactPath }).path, row);
    }
    throw wrong('inconsistent', 'columns', columns, 'columns that stay as they are while they are read', `other in row ${row} than before`);
  }

  return function checkColumns(question, passed) {
    if (busy) throw new Error('checkColumns was called while it reads columns, by something among them; call it once it has answered.');
    busy = true;
    try {
      return calling(() => answered(question, passed));
    } finally {
      busy = false;
      cached = undefined;
    }
  };

  function answered(question: Question, passed: Columns): ColumnAnswers {
    const asked = QUESTIONS.indexOf(question);
    const look = (facts: unknown) => calling(() => inner().checkValue(question, facts));
    if (asked < 0) look({});
    const columns = readColumns(passed, paths, look);
    const rows = columns.length > 0 ? lengthOf(columns[0]!) : 0;
    const answers = { verdicts: new Uint8Array(rows), fired: new Uint32Array(rows), missing: new Uint32Array(rows) };
    const given = columns.reduce((bits, { fact }) => bits | (1 << fact), 0);
    count = 0;
    for (let start = 0; start < rows; start += ROWS) {
      const length = Math.min(ROWS, rows - start);
      before = count;
      end = 0;
      for (const column of columns) write(column, start, length);
      const refused = inner().checkColumns(asked, given, length, count - before);
      if (refused >= 0) refuse(question, columns, start + refused);
      const { 4: verdicts, 5: fired, 6: missing } = views();
      answers.verdicts.set(verdicts.subarray(0, length), start);
      answers.fired.set(fired.subarray(0, length), start);
      answers.missing.set(missing.subarray(0, length), start);
    }
    const known = (row: number) => {
      if (!Number.isInteger(row) || row < 0 || row >= rows) throw new RangeError(`there is no row ${String(row)} among ${rows}; the first is 0.`);
      return row;
    };
    return {
      rows,
      ...answers,
      names: names[asked]!,
      answer: (row) => answer(asked, answers.verdicts[known(row)]!, answers.fired[row]!, answers.missing[row]!),
      facts: (row) => factsOf(columns, known(row)),
    };
  }
}
