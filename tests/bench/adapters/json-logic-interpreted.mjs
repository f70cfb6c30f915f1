// json-logic-engine, its rules interpreted.

import { LogicEngine } from 'json-logic-engine';
import { logicOf, withMethods } from '../json-logic.mjs';
import { answer } from '../rules.mjs';

export const name = 'json-logic-engine, interpreted';
export function load() {
  const engine = withMethods(new LogicEngine());
  const [forPurchase, forRefund] = [logicOf('purchase'), logicOf('refund')];
  return {
    purchase: (facts) => answer(engine.run(forPurchase, facts)),
    refund: (facts) => answer(engine.run(forRefund, facts)),
  };
}
export const download = {};
