// zod in front of an engine, which is given what zod has copied.

import * as z from 'zod';
import { EARLIEST, LATEST, LONGEST_LIST, LONGEST_TEXT, NOT_BLANK, Refused, isConsistent, isTime, schemaOf } from './validation.mjs';

// zod's own `max` counts UTF-16 units, of which a character can have two.
const TEXT = z.string().refine((text) => text.length <= LONGEST_TEXT || [...text].length <= LONGEST_TEXT, 'too long');
const KINDS = {
  time: () => z.union([z.string().refine(isTime, 'not a time'), z.int().min(EARLIEST).max(LATEST)]),
  choice: ({ values }) => z.enum(values),
  set: ({ values }) => z.array(z.enum(values)).max(LONGEST_LIST),
  text: ({ blank }) => (blank ? TEXT : TEXT.regex(NOT_BLANK)),
  texts: () => z.array(TEXT).max(LONGEST_LIST),
  flag: () => z.boolean(),
  integer: ({ min, max }) => z.int().min(min).max(max),
};

/** An engine that throws `Refused` for what its schema refuses. */
export function behindZod({ purchase, refund }) {
  const schema = schemaOf(KINDS, z.strictObject).refine(isConsistent, 'paid, applied for and asked about in another order');
  const validated = (facts) => {
    const { success, data, error } = schema.safeParse(facts);
    if (!success) throw new Refused(z.prettifyError(error));
    return data;
  };
  return {
    purchase: (facts) => purchase(validated(facts)),
    refund: (facts) => refund(validated(facts)),
  };
}
