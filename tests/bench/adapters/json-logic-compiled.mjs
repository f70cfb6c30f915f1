// json-logic-engine, its rules compiled to JavaScript; a page's Content-Security-Policy must allow eval.

import { LogicEngine } from 'json-logic-engine';
import { logicOf, withMethods } from '../json-logic.mjs';
import { answer } from '../rules.mjs';

export const name = 'json-logic-engine, compiled';
export function load() {
  const engine = withMethods(new LogicEngine());
  const purchase = engine.build(logicOf('purchase'));
  const refund = engine.build(logicOf('refund'));
  return {
    purchase: (facts) => answer(purchase(facts)),
    refund: (facts) => answer(refund(facts)),
  };
}
export const download = {};
