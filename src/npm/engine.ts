// The engine as callers see it: a thin front over the wasm module, the same in every host.

import { Engine as Inner } from './bindings.js';
import { columnar, type Places } from './blocks.js';
import type { ColumnAnswers, Columns } from './columns.js';
import { FactsError } from './error.js';
import type {
  Answer, Code, Explanation, FactPath, Facts, Locale, Question, Terms, TermsInForce, Trace,
} from './generated.js';
import { SPAN } from './bounds.js';
import { LOCALES, QUESTIONS, VERDICTS, encode } from './encoder.js';
import type { Running } from './load.js';
import { reader } from './reply.js';
import { wire } from './wire.js';

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
   * Everything `check` says, in words, with reasons, notes and a way on.
   * @throws {FactsError} where the question, the facts or the locale cannot be read
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

/** What the engine says of itself. */
interface About {
  /** Where the parts of the record stand. */
  numbers: number;
  times: number;
  texts: number;
  terms: TermsInForce;
  /** The codes of the rules, by the place of their bits, and in the order in which they are told. */
  codes: Code[];
  told: Code[];
  /** The place of the first rule that each question asks. */
  first: number[];
  /** The facts that each question reads, by the place of their bits. */
  reads: number[];
  /** The paths of the facts, by the place of their bits. */
  paths: FactPath[];
}

/** Whether the flat record is being written. */
let encoding = false;
/** How often an engine was asked for more than a check, which alone makes the memory grow, and so move. */
let asks = 0;

/**
 * An engine of the module that was loaded, with its terms.
 * @internal
 */
export function engine({ runsOn, memory }: Running, given: Terms | undefined): Engine {
  const inner = new Inner(wire(given)); // which allocates too
  asks++;
  let numbers = new Int32Array(0);
  let times = new Float64Array(0);
  let texts = new Uint8Array(0);
  let seen = 0;
  const read = reader(memory);

  /** Puts a question to the engine, and throws what it refuses. */
  function ask<Answer>(what: string, question?: unknown, facts?: unknown, locale?: unknown): Answer {
    asks++;
    const reply = read(inner.ask(wire([what, question, facts, locale])));
    const refused = (reply as { refused?: FactsError } | null)?.refused;
    if (refused) throw new FactsError(refused);
    return reply as Answer;
  }

  const { terms, ...about } = ask<About>('about');
  const told = about.told.map((code) => about.codes.indexOf(code));
  /** The codes and the paths of answers, made once for each set of them and shared. */
  const codes = about.first.map((first) =>
    shared((fired) => told.filter((place) => isIn(fired, place - first)).map((place) => about.codes[place])));
  const paths = shared((missing) => about.paths.filter((_, place) => isIn(missing, place)));

  /** Sees to it that the record is looked at where it is. */
  function look(): void {
    if (seen === asks) return;
    seen = asks;
    numbers = new Int32Array(memory.buffer, about.numbers, about.paths.length);
    times = new Float64Array(memory.buffer, about.times, about.paths.length);
    texts = new Uint8Array(memory.buffer, about.texts, SPAN);
  }

  /** Writes the flat record: the set of the facts known, or -1 where something is odd, and `ask` must say what. */
  function record(facts: Facts, reads = -1): number {
    if (encoding) return -1; // asked by a getter among the facts that are being written
    look();
    try {
      encoding = true;
      const known = encode(facts, numbers, times, texts, reads);
      return seen === asks ? known : -1;
    } catch {
      return -1; // a getter or a proxy of the caller's threw
    } finally {
      encoding = false;
    }
  }

  function check(question: Question, facts: Facts): Answer {
    const asked = QUESTIONS.indexOf(question);
    const known = record(facts, about.reads[asked]);
    const verdict = known < 0 ? -1 : inner.check(asked, known);
    if (verdict < 0) return ask('check', question, facts);
    return answer(asked, verdict, numbers[0], numbers[1]);
  }

  function answer(asked: number, verdict: number, fired: number, missing: number): Answer {
    return { verdict: VERDICTS[verdict], codes: codes[asked](fired), missing: paths(missing) };
  }

  function explain(question: Question, facts: Facts, options?: { locale?: Locale }): Explanation {
    const locale = options?.locale;
    const known = record(facts);
    asks++;
    const answer = known < 0 ? 0 : inner.explain(QUESTIONS.indexOf(question), known, LOCALES.indexOf(locale ?? 'zh-CN'));
    return answer ? read(answer) as Explanation : ask('explain', question, facts, locale);
  }

  const checkColumns = columnar({
    inner,
    memory,
    paths: about.paths,
    reads: about.reads,
    codes: about.first.map((first) => about.codes.slice(first, first + 31)),
    answer,
    refuse: (question) => ask('check', question, {}),
    read: (facts) => ask('read', QUESTIONS[0], facts),
    number(facts, place, kind) {
      if (record(facts) < 0) ask('read', QUESTIONS[0], facts);
      else if (kind === 'texts') return inner.told(place);
      look();
      return (kind === 'time' ? times : numbers)[place];
    },
    places() {
      asks++;
      return read(inner.columns()) as Places;
    },
    texts(room) {
      asks++;
      return inner.columnTexts(room);
    },
  });

  return {
    check,
    checkColumns,
    explain,
    trace: (question, facts) => ask('trace', question, facts),
    terms,
    runsOn,
  };
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

/** Whether the bit is set. */
function isIn(bits: number, place: number): boolean {
  return place >= 0 && place < 32 && (bits & (1 << place)) !== 0;
}
