// Gets the engine once for all elements of a page, frozen as they share it, and waits for it no longer than a buyer should.
import type { Engine } from '@ekuaiji/preflight';

const PATIENCE_MS = 3000;

let attempt: Promise<Engine> | undefined;

/**
 * When the page is loaded and its scripts are at rest, or after three seconds: a framework has then taken over what the
 * server wrote, which has to be as it was written until then, and has added its listeners.
 */
export function whenPageStands(): Promise<void> {
  return new Promise(resolve => {
    const done = () => resolve();
    const rest = () => { 'requestIdleCallback' in window ? window.requestIdleCallback(done) : setTimeout(done); };
    setTimeout(done, PATIENCE_MS);
    if (document.readyState === 'complete') rest();
    else addEventListener('load', rest, { once: true });
  });
}

/**
 * The engine, or `null` when it can't be had: a page then steps aside instead of stopping a sale.
 * When it comes after all, but late, `late` is given it.
 */
export function loadEngine(late: (engine: Engine) => void): Promise<Engine | null> {
  const engine = attempt || (attempt = import('@ekuaiji/preflight').then(({ load }) => load()).then(engine => Object.freeze(engine)));
  return new Promise(resolve => {
    let waiting = true;
    const settle = (engine: Engine | null) => {
      if (waiting) resolve(engine);
      else if (engine) late(engine);
      waiting = false;
    };
    setTimeout(() => settle(null), PATIENCE_MS);
    engine.then(settle, (error: unknown) => {
      console.warn('preflight: the engine did not load', error);
      attempt = undefined;
      settle(null);
    });
  });
}
