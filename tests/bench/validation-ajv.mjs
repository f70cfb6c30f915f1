// Ajv in front of an engine: a JSON Schema of the facts, compiled once.

import { Ajv } from 'ajv';
import { EARLIEST, LATEST, LONGEST_LIST, LONGEST_TEXT, NOT_BLANK, Refused, isConsistent, isTime, schemaOf } from './validation.mjs';

const TEXT = { type: 'string', maxLength: LONGEST_TEXT };
const listOf = (items) => ({ type: 'array', maxItems: LONGEST_LIST, items });
const KINDS = {
  time: () => ({ type: ['string', 'integer'], format: 'time-with-offset', minimum: EARLIEST, maximum: LATEST }),
  choice: ({ values }) => ({ type: 'string', enum: values }),
  set: ({ values }) => listOf({ type: 'string', enum: values }),
  text: ({ blank }) => (blank ? TEXT : { ...TEXT, pattern: NOT_BLANK.source }),
  texts: () => listOf(TEXT),
  flag: () => ({ type: 'boolean' }),
  integer: ({ min, max }) => ({ type: 'integer', minimum: min, maximum: max }),
};
const object = (properties) => ({ type: 'object', additionalProperties: false, required: Object.keys(properties), properties });

/** An engine that throws `Refused` for what its schema refuses. */
export function behindAjv({ purchase, refund }) {
  const ajv = new Ajv({ allowUnionTypes: true });
  ajv.addFormat('time-with-offset', { type: 'string', validate: isTime });
  ajv.addKeyword({ keyword: 'consistent', type: 'object', schema: false, validate: isConsistent });
  const validate = ajv.compile({ ...schemaOf(KINDS, object), consistent: true });
  const refused = () => new Refused(ajv.errorsText(validate.errors));
  return {
    purchase(facts) {
      if (!validate(facts)) throw refused();
      return purchase(facts);
    },
    refund(facts) {
      if (!validate(facts)) throw refused();
      return refund(facts);
    },
  };
}
