// Loads the engine, and names the types the pages use from it.
import type { Engine } from '@ekuaiji/preflight';

export type { Explanation, FactPath, Facts, FactEntry as Fact, Locale, Plan, Question, Verdict } from '@ekuaiji/preflight';
export type { Engine };

const PATIENCE_MS = 5000;

/**
 * The engine, or `null` when it can't be had: the pages then step aside instead of stopping a sale.
 * When it comes after all, but later than a buyer should wait, `late` is given it.
 */
export function loadEngine(late: (engine: Engine) => void): Promise<Engine | null> {
  return new Promise(resolve => {
    let waiting = true;
    const settle = (engine: Engine | null) => {
      if (waiting) resolve(engine);
      else if (engine) late(engine);
      waiting = false;
    };
    setTimeout(() => settle(null), PATIENCE_MS);
    import('@ekuaiji/preflight').then(preflight => preflight.load()).then(settle, (error: unknown) => {
      console.warn('preflight: the engine did not load', error);
      settle(null);
    });
  });
}
