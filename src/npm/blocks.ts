// Many orders at once: block by block the columns are copied into the engine, which answers each block whole.

import type { Engine as Inner } from './bindings.js';
import { LONGEST_TEXT, ROWS, SPAN } from './bounds.js';
import { type ColumnAnswers, type Columns, type Read, factsOf, inRow, nested, readColumns, wrong } from './columns.js';
import { COLUMNS, type ColumnKind, QUESTIONS, VERDICTS } from './encoder.js';
import type { Answer, Code, FactPath, Facts, Question } from './generated.js';
import { begin, isBlank, isSound, put } from './values.js';

/**
 * What columns need of the engine.
 * @internal
 */
export interface Host {
  inner: Inner;
  memory: WebAssembly.Memory;
  /** The paths of the facts, by their bits. */
  paths: readonly FactPath[];
  /** The facts that each question reads, by their bits. */
  reads: readonly number[];
  /** The rules that each question can fire, by their bits. */
  codes: readonly (readonly Code[])[];
  answer(asked: number, verdict: number, fired: number, missing: number): Answer;
  /** Throws what is wrong with the facts, if anything is. */
  read(facts: Facts): void;
  /** Throws what is wrong with the question. */
  refuse(question: unknown): void;
  /** The number that stands for the one fact there is, which is at the place and of the kind; not for a text. */
  number(facts: Facts, place: number, kind: ColumnKind): number;
  /** Where the columns stand, which may make them. */
  places(): Places;
  /** The address of the columns' texts, with room for so many bytes; they may move. */
  texts(room: number): number;
}

/**
 * Where the parts of the columns stand.
 * @internal
 */
export interface Places {
  numbers: number;
  times: number;
  validity: number;
  bounds: number;
  verdicts: number;
  fired: number;
  missing: number;
}

/** The most bytes of a text. */
const LONGEST = 4 * LONGEST_TEXT;

/**
 * Makes `checkColumns` for an engine.
 * @internal
 */
export function columnar(host: Host): (question: Question, columns: Columns) => ColumnAnswers {
  const { inner, memory, paths } = host;
  let views: ReturnType<typeof view> | undefined;
  let room = 16 * LONGEST;
  let busy = false;
  /** How many texts the columns had so far; how many of them before the block at hand, and the bytes of those in it. */
  let count = 0;
  let before = 0;
  let bytes = 0;
  /** A column of the block, until it is copied: the engine's memory may move meanwhile. */
  const integers = new Int32Array(ROWS);
  const times = new Float64Array(ROWS);
  const known = new Uint8Array(ROWS / 8);

  /** The columns as they stand in memory. */
  function view() {
    const at = host.places();
    const texts = host.texts(room);
    const { buffer } = memory;
    let timesBefore = 0;
    return {
      buffer,
      numbers: COLUMNS.map((_, place) => new Int32Array(buffer, at.numbers + 4 * ROWS * place, ROWS)),
      times: COLUMNS.map(([kind]) => new Float64Array(buffer, at.times + 8 * ROWS * (kind === 'time' ? timesBefore++ : 0), ROWS)),
      validity: COLUMNS.map((_, place) => new Uint8Array(buffer, at.validity + ROWS / 8 * place, ROWS / 8)),
      texts: new Uint8Array(buffer, texts, room),
      bounds: new Uint32Array(buffer, at.bounds),
      verdicts: new Uint8Array(buffer, at.verdicts, ROWS),
      fired: new Uint32Array(buffer, at.fired, ROWS),
      missing: new Uint32Array(buffer, at.missing, ROWS),
    };
  }

  /** The same as they stand now: memory moves when it grows. */
  function seen() {
    return views && views.buffer === memory.buffer ? views : (views = view());
  }

  /** Writes a block of a column into the engine, if it is read there; what cannot be read is refused in any case. */
  function write(column: Read, isRead: boolean, start: number, rows: number): void {
    const { place, kind, source, dictionary, numbers, validity } = column;
    const block = source.subarray(start, start + rows);
    if (validity) known.set(validity.subarray(start / 8, Math.ceil((start + rows) / 8)));
    else known.fill(255);
    seen(); // so that texts are written where the memory is now
    const isTime = kind === 'time';
    if (dictionary || !isTime) integers.set(block);
    else times.set(block);
    const [, least = 0, most = 0] = COLUMNS[place]!;
    const first = isRead && isText(kind) ? before : 0;
    // A loop for each kind of array, which is what makes them quick.
    if (dictionary && isTime) {
      for (let row = 0; row < rows; row++) {
        const time = numbers[integers[row]!]!;
        times[row] = time >= 0 ? time : odd(column, isRead, start, row, block[row]!);
      }
    } else if (dictionary) {
      for (let row = 0; row < rows; row++) {
        const number = numbers[integers[row]!]! - first;
        integers[row] = number >= 0 ? number : odd(column, isRead, start, row, block[row]!);
      }
    } else if (isTime) {
      for (let row = 0; row < rows; row++) {
        const time = times[row]!;
        if (!(time >= least && time <= most && Math.floor(time) === time)) times[row] = odd(column, isRead, start, row, time);
      }
    } else {
      for (let row = 0; row < rows; row++) {
        const number = integers[row]!;
        if (number < least || number > most) integers[row] = odd(column, isRead, start, row, block[row]!);
      }
    }
    if (!isRead) return;
    const at = seen();
    at.validity[place]!.set(known);
    if (isTime) at.times[place]!.set(times);
    else at.numbers[place]!.set(integers);
  }

  /** The number of a row that cannot be taken as it is: met for the first time, not known, or wrong. */
  function odd(column: Read, isRead: boolean, start: number, row: number, index: number): number {
    const { path, place, kind, dictionary, numbers } = column;
    const bit = 1 << (row & 7);
    if (!(known[row >> 3]! & bit)) return 0;
    if (dictionary && !(index >= 0 && index < dictionary.length)) {
      throw wrong('out_of_range', `${path}.indices[${start + row}]`, index, `an index below ${dictionary.length}`);
    }
    const value = dictionary ? dictionary[index] : index;
    if (value === null || value === undefined) {
      known[row >> 3]! &= ~bit;
      return 0;
    }
    try {
      if (!isText(kind)) return (numbers[index] = host.number(nested(path, value), place, kind));
      if (isRead) return append(column, value, index);
      if (!isSound(value) || (kind === 'name' && isBlank(value))) host.read(nested(path, value));
      return (numbers[index] = 0);
    } catch (error) {
      throw inRow(error, path, start + row);
    }
  }

  /** Writes a text after the others of the block; its number among them. */
  function append({ path, kind, numbers }: Read, value: unknown, index: number): number {
    if (bytes + LONGEST > room) {
      room *= 2;
      views = undefined;
    }
    const { texts } = views ?? seen();
    begin(texts, bytes);
    const span = put(value);
    if (span >= 0 && (kind === 'shown' || !isBlank(value as string))) {
      bytes += span % SPAN;
    } else {
      host.read(nested(path, value)); // which may move the memory
      const encoded = new TextEncoder().encode(value as string);
      seen().texts.set(encoded, bytes);
      bytes += encoded.length;
    }
    views!.bounds[count - before + 1] = bytes;
    numbers[index] = count++;
    return numbers[index]! - before;
  }

  /** Sees to it that nothing is asked before it was paid. */
  function agree(now: Read, paid: Read, start: number, rows: number): void {
    const { times, validity } = seen();
    const [asked, since, bits, others] = [times[now.place]!, times[paid.place]!, validity[now.place]!, validity[paid.place]!];
    for (let row = 0; row < rows; row++) {
      if (asked[row]! < since[row]! && bits[row >> 3]! & others[row >> 3]! & (1 << (row & 7))) {
        try {
          host.read({ now: asked[row]!, order: { paidAt: since[row]! } });
        } catch (error) {
          throw inRow(error, now.path, start + row);
        }
      }
    }
  }

  return function checkColumns(question, passed) {
    if (busy) throw new Error('checkColumns was called while it reads columns, by something among them; call it once it has answered.');
    const asked = QUESTIONS.indexOf(question);
    if (asked < 0) host.refuse(question);
    const columns = readColumns(passed, paths, (path) => host.read(nested(path, null)));
    const rows = columns.length > 0 ? columns[0]!.source.length : 0;
    const answers = { verdicts: new Uint8Array(rows), fired: new Uint32Array(rows), missing: new Uint32Array(rows) };
    const given = columns.reduce((bits, { place }) => bits | (1 << place), 0);
    const [now, paid] = ['now', 'order.paidAt'].map((path) => columns.find((column) => column.path === path));
    // Whether they agree is looked at in the engine's memory.
    const reads = host.reads[asked]! | (now && paid ? (1 << now.place) | (1 << paid.place) : 0);
    try {
      busy = true;
      count = 0;
      for (let start = 0; start < rows; start += ROWS) {
        const length = Math.min(ROWS, rows - start);
        before = count;
        bytes = 0;
        for (const column of columns) write(column, ((reads >> column.place) & 1) === 1, start, length);
        if (now && paid) agree(now, paid, start, length);
        if (!inner.checkColumns(asked, given, length, bytes)) throw new Error('the engine could not read its own columns; please report what they were.');
        const { verdicts, fired, missing } = seen();
        answers.verdicts.set(verdicts.subarray(0, length), start);
        answers.fired.set(fired.subarray(0, length), start);
        answers.missing.set(missing.subarray(0, length), start);
      }
    } finally {
      busy = false;
    }
    const known = (row: number) => {
      if (!(row in answers.verdicts)) throw new RangeError(`there is no row ${row} among ${rows}; the first is 0.`);
      return row;
    };
    return {
      rows,
      ...answers,
      names: { verdicts: VERDICTS, codes: host.codes[asked]!, missing: paths },
      answer: (row) => host.answer(asked, answers.verdicts[known(row)]!, answers.fired[row]!, answers.missing[row]!),
      facts: (row) => factsOf(columns, known(row)),
    };
  };
}

function isText(kind: ColumnKind): boolean {
  return kind === 'name' || kind === 'shown';
}
