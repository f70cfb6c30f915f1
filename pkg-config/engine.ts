// The engine as callers see it: a thin front over the wasm module, the same in every host.

import { Engine as Inner } from './bindings.js';
import type {
  Answer, ErrorCode, Explanation, Facts, Locale, Question, Terms, TermsInForce, Trace,
} from './generated.js';
import { wire } from './wire.js';

/** 输入错误: facts or terms that cannot be read; the message is one whole sentence. */
export class FactsError extends Error {
  readonly name = 'FactsError';
  /** The kind of mistake. */
  readonly code: ErrorCode;
  /** Where, as a dotted path: `need.year`, `opened[1]`, `terms.refundWindowDays`, `question`. */
  readonly path: string;
  /** What would have been right, in words. */
  readonly expected: string;
  /** What came instead, in words; accounts and phones are masked. */
  readonly received: string;
  /** What was probably meant, where that can be told. */
  readonly hint: string | undefined;

  /** @internal */
  constructor(thrown: FactsError) {
    super(thrown.message);
    this.code = thrown.code;
    this.path = thrown.path;
    this.expected = thrown.expected;
    this.received = thrown.received;
    this.hint = thrown.hint;
  }
}

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
  /** The terms in force. */
  readonly terms: TermsInForce;
}

/** An engine of the module that was loaded, with its terms. */
export function engine(given: Terms | undefined): Engine {
  const inner = new Inner(wire(given));

  /** Puts a question to the engine, and throws what it refuses. */
  function ask<Answer>(what: string, question?: unknown, facts?: unknown, locale?: unknown): Answer {
    const reply = JSON.parse(inner.ask(wire([what, question, facts, locale]))) as
      { answer: Answer } | { refused: FactsError };
    if ('refused' in reply) throw new FactsError(reply.refused);
    return reply.answer;
  }

  const terms = ask<TermsInForce>('terms');
  return {
    check: (question, facts) => ask('check', question, facts),
    explain: (question, facts, options) => ask('explain', question, facts, options?.locale),
    trace: (question, facts) => ask('trace', question, facts),
    terms,
  };
}
