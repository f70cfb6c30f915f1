// The engine as callers see it: a thin front over the wasm module, the same in every host.

import { Engine as Inner, isStale } from './bindings.js';
import { FIRED, MISSING, VERSION, WORDS } from './bounds.js';
import { columnar } from './blocks.js';
import type { ColumnAnswers, Columns } from './columns.js';
import { FactsError } from './error.js';
import type {
  Answer, Code, Explanation, FactPath, Facts, Locale, Question, RunsOn, TermsInForce, Trace,
} from './generated.js';
import { LOCALES, QUESTIONS, VERDICTS, encode } from './encoder.js';
import { calling, failed, generation, isSpent } from './instance.js';
import { frozen, isPlain } from './values.js';

export { FactsError };

/** 引擎: answers questions under one set of terms. */
export interface Engine {
  /**
   * Verdict, codes of the rules that fired, and missing facts.
   * @throws {FactsError} where the question or the facts cannot be read
   */
  check(question: Question, facts: Facts): Answer;
  /**
   * Everything `check` says, in words, with reasons, notes and a plan.
   * @throws {FactsError} where the question, the facts or the options cannot be read
   */
  explain(question: Question, facts: Facts, options?: { locale?: Locale }): Explanation;
  /**
   * What became of every rule and condition; for those who test scenarios.
   * @throws {FactsError} where the question or the facts cannot be read
   */
  trace(question: Question, facts: Facts): Trace;
  /**
   * Checks many orders at once, column by column.
   * @throws {FactsError} where the question or a column cannot be read, of whatever row
   */
  checkColumns(question: Question, columns: Columns): ColumnAnswers;
  /** The terms in force. */
  readonly terms: TermsInForce;
  /** What it runs on. */
  readonly runsOn: RunsOn;
}

/** What the engine says of itself; the fields of `About` in src/wasm/mod.rs. */
interface About {
  version: string;
  terms: TermsInForce;
  warning: string | null;
  codes: Code[];
  listed: Code[];
  offsets: number[];
  paths: FactPath[];
}

/** The flat record: numbers, instants and units. */
type RecordViews = [Uint32Array, Float64Array, Uint16Array];

/**
 * The record of the engine that was asked last, and that engine. There is one for all, since in the translation a view
 * keeps a memory that has grown since.
 */
let record: RecordViews | undefined;
let owner: Inner | undefined;
/** Whether a record is being written. */
let isWriting = false;

/**
 * Throws where the instance is of another version than the front, whose record may be another.
 * @internal
 */
export function compareVersions(): void {
  const { version } = calling(() => new Inner(undefined, false).about()) as About;
  if (version !== VERSION) throw new Error(`preflight.wasm is of version ${version}, and the script that loads it of ${VERSION}, where both have to be from one package`);
}

/**
 * An engine of the module that was loaded, with the terms among the options of `load`, or of `loadSync`.
 * @internal
 */
export function engine(runsOn: RunsOn, options: unknown, isSync: boolean): Engine {
  let inner!: Inner, made = 0;
  const { terms, warning, ...about } = calling(() => {
    inner = new Inner(options, isSync);
    made = generation;
    return frozen(inner.about() as About);
  });
  if (warning) console.warn('preflight: ' + warning);
  const listed = about.listed.map((code) => about.codes.indexOf(code));
  /** The codes and the paths of answers, made once for each set of them and shared. */
  const codes = about.offsets.map((offset) =>
    shared((fired) => listed.filter((rule) => isIn(fired, rule - offset)).map((rule) => about.codes[rule]!)));
  const paths = shared((missing) => about.paths.filter((_, fact) => isIn(missing, fact)));

  /** The engine, on the instance that runs. */
  function current(): Inner {
    if (made !== generation) {
      inner = new Inner({ terms }, false);
      made = generation;
    }
    return inner;
  }

  /** Writes the facts into the record and returns it; nothing where they have to cross as the caller's own value. */
  function write(facts: Facts): RecordViews | undefined {
    // It is being written where a getter among the facts calls.
    if (isWriting || isSpent || made !== generation) return;
    if (!record || owner !== inner || isStale(record[0])) {
      record = calling(() => inner.recordViews() as RecordViews);
      owner = inner;
    }
    const views = record;
    isWriting = true;
    try {
      // A getter among the facts may have had the memory grow, or the instance fail.
      if (encode(facts, views[0], views[1], views[2]) && !isSpent && made === generation && !isStale(views[0])) return views;
    } catch {
      // A getter or a proxy of the caller's threw.
    } finally {
      isWriting = false;
    }
    return undefined;
  }

  function check(question: Question, facts: Facts): Answer {
    const asked = QUESTIONS.indexOf(question);
    const views = write(facts);
    if (views) {
      let verdict;
      try {
        verdict = inner.check(asked);
      } catch (error) {
        throw failed(error);
      }
      if (verdict >= 0) return answer(asked, verdict, views[0][FIRED]!, numberOf(views[0], MISSING));
    }
    return calling(() => current().checkValue(question, facts) as Answer);
  }

  function answer(asked: number, verdict: number, fired: number, missing: number): Answer {
    return { verdict: VERDICTS[verdict]!, codes: codes[asked]!(fired), missing: paths(missing) };
  }

  function explain(question: Question, facts: Facts, options?: { locale?: Locale }): Explanation {
    const locale = localeOf(options);
    const isWritten = write(facts);
    return calling(() => {
      const explained = isWritten && inner.explain(QUESTIONS.indexOf(question), locale);
      return (explained ?? current().explainValue(question, facts, options)) as Explanation;
    });
  }

  const checkColumns = columnar({
    inner: current,
    paths: about.paths,
    codes: frozen(about.offsets.map((offset) => about.codes.slice(offset, offset + 32))),
    answer,
  });

  return {
    check,
    checkColumns,
    explain,
    trace: (question, facts) => calling(() => current().trace(question, facts) as Trace),
    terms,
    runsOn,
  };
}

/** The index of the language; -1 where the options have to cross as the caller's own value. */
function localeOf(options: { locale?: Locale } | null | undefined): number {
  if (options === undefined || options === null) return LOCALES.indexOf('zh-CN');
  try {
    if (isPlain(options) && Object.keys(options).join() === 'locale') return LOCALES.indexOf(options.locale!);
  } catch {
    // A getter or a proxy of the caller's threw.
  }
  return -1;
}

/** The set of facts whose words begin at the index, as one number. */
function numberOf(numbers: Uint32Array, first: number): number {
  let bits = 0;
  for (let word = WORDS - 1; word >= 0; word--) bits = bits * 2 ** 32 + numbers[first + word]!;
  return bits;
}

/** Whether the bit is set in a number of up to 53 bits. */
function isIn(bits: number, bit: number): boolean {
  return bit >= 0 && Math.floor(bits / 2 ** bit) % 2 === 1;
}

/** More sets than any page meets; those who try all there are should not run out of memory. */
const MOST_SHARED = 10_000;

function shared<Item>(make: (bits: number) => Item[]): (bits: number) => readonly Item[] {
  const made = new Map<number, readonly Item[]>();
  return (bits) => {
    let items = made.get(bits);
    if (!items) {
      if (made.size === MOST_SHARED) made.clear();
      made.set(bits, (items = Object.freeze(make(bits))));
    }
    return items;
  };
}
