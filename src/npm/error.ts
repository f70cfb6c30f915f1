// What is thrown where something cannot be read.

import type { ErrorCode } from './generated.js';

/** 输入错误: facts, terms or columns that cannot be read; the message is one whole sentence. */
export class FactsError extends Error {
  declare readonly name: 'FactsError';
  /** What kind of error it is. */
  declare readonly code: ErrorCode;
  /**
   * Where, as a dotted path: `need.year`, `opened[1]`, `terms.refundWindowDays`, `question`; of columns,
   * `need.year.values`, or `need.year[5]` in the sixth row.
   */
  declare readonly path: string;
  /** What would have been right, in words. */
  declare readonly expected: string;
  /** What came instead, in words; accounts and phones are masked. */
  declare readonly received: string;
  /** What was probably meant, where there is a guess. */
  declare readonly hint: string | undefined;

  /** @internal */
  constructor(detail: Omit<FactsError, 'name'>) {
    const { message, ...rest } = detail;
    super(message);
    // Where a prototype is frozen, or has a property of one of these names, an assignment would fail.
    for (const [name, value] of Object.entries({ name: 'FactsError', ...rest })) {
      Object.defineProperty(this, name, { __proto__: null, value, configurable: true, enumerable: true, writable: true } as PropertyDescriptor);
    }
  }
}
