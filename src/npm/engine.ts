// The engine as callers see it: a thin front over the wasm module, the same in every host.

import { Engine as Inner, isStale } from './bindings.js';
import { FIRED, MISSING, WORDS } from './bounds.js';
import { columnar } from './blocks.js';
import type { ColumnAnswers, Columns } from './columns.js';
import { FactsError, refusing } from './error.js';
import type {
  Answer, Code, Explanation, FactPath, Facts, Locale, Question, Terms, TermsInForce, Trace,
} from './generated.js';
import { LOCALES, QUESTIONS, VERDICTS, encode } from './encoder.js';

export { FactsError };

/** What the engine runs on: WebAssembly, or its translation to JavaScript. */
export type RunsOn = 'wasm' | 'js';

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
  terms: TermsInForce;
  warning: string | null;
  codes: Code[];
  listed: Code[];
  offsets: number[];
  paths: FactPath[];
}

/** The flat record: numbers, instants and units. */
type RecordViews = [Uint32Array, Float64Array, Uint16Array];

/** Whether a record is being written. */
let isWriting = false;

/**
 * An engine of the module that was loaded, with its terms.
 * @internal
 */
export function engine(runsOn: RunsOn, given: Terms | undefined): Engine {
  const inner = refusing(() => new Inner(given));
  const { terms, ...about } = inner.about() as About;
  if (about.warning) console.warn('preflight: ' + about.warning);
  const listed = about.listed.map((code) => about.codes.indexOf(code));
  /** The codes and the paths of answers, made once for each set of them and shared. */
  const codes = about.offsets.map((offset) =>
    shared((fired) => listed.filter((rule) => isIn(fired, rule - offset)).map((rule) => about.codes[rule]!)));
  const paths = shared((missing) => about.paths.filter((_, fact) => isIn(missing, fact)));
  let record = inner.recordViews() as RecordViews;

  /** Writes the facts into the record; false where they have to cross as the caller's own value. */
  function write(facts: Facts): boolean {
    if (isWriting) return false; // called by a getter among the facts that are being written
    if (isStale(record[0])) record = inner.recordViews() as RecordViews;
    const numbers = record[0];
    isWriting = true;
    try {
      // A getter among the facts may have had the memory grow meanwhile.
      return encode(facts, numbers, record[1], record[2]) && !isStale(numbers);
    } catch {
      return false; // a getter or a proxy of the caller's threw
    } finally {
      isWriting = false;
    }
  }

  function check(question: Question, facts: Facts): Answer {
    const asked = QUESTIONS.indexOf(question);
    if (write(facts)) {
      const verdict = inner.check(asked);
      const numbers = record[0];
      if (verdict >= 0) return answer(asked, verdict, numbers[FIRED]!, numberOf(numbers, MISSING));
    }
    return refusing(() => inner.checkValue(question, facts) as Answer);
  }

  function answer(asked: number, verdict: number, fired: number, missing: number): Answer {
    return { verdict: VERDICTS[verdict]!, codes: codes[asked]!(fired), missing: paths(missing) };
  }

  function explain(question: Question, facts: Facts, options?: { locale?: Locale }): Explanation {
    // Options without a locale may be something else that was meant, which is refused below.
    const locale = options == null ? 'zh-CN' : options.locale!;
    const explained = write(facts) ? inner.explain(QUESTIONS.indexOf(question), LOCALES.indexOf(locale)) : undefined;
    if (explained !== undefined) return explained as Explanation;
    return refusing(() => inner.explainValue(question, facts, options) as Explanation);
  }

  const checkColumns = columnar({
    inner,
    paths: about.paths,
    codes: about.offsets.map((offset) => about.codes.slice(offset, offset + 32)),
    answer,
  });

  return {
    check,
    checkColumns,
    explain,
    trace: (question, facts) => refusing(() => inner.trace(question, facts) as Trace),
    terms,
    runsOn,
  };
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
