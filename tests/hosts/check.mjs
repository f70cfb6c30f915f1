// What every host must do with the package, whatever it is: a few questions, and one module however often it is loaded.

const FACTS = {
  edition: 'free_lifetime', product: 'voucher_pack', entry: 'in_app', payment: 'wechat',
  need: { ledger: 'A账套', year: 2020 }, selected: { ledger: 'B账套', year: 2020 },
};
const PAID_TEN_DAYS_AGO = {
  now: '2021-03-11T09:00:00+08:00', edition: 'cloud',
  order: { status: 'paid', paidAt: '2021-03-01T09:00:00+08:00', invoice: 'none' },
};

/** The ways to load that a host with `loadSync` has; the others have the first. */
export const WAYS = ['load', 'loadSync', 'overtaken'];

/** Checks the package and its catalogue, first loaded in the way named, on what it has to run on. */
export async function check({ load, loadSync, FactsError }, { rules }, way = 'load', runsOn = 'wasm') {
  const count = counted();
  const engines = [];
  if (way === 'load') engines.push(...await Promise.all([load(), load()]));
  if (way === 'loadSync') engines.push(loadSync());
  if (way === 'overtaken') {
    const under_way = load();
    engines.push(loadSync(), await under_way);
  }
  const longer = await load({ terms: { refundWindowDays: 30 } });
  engines.push(longer, ...loadSync ? [loadSync({ terms: { refundWindowDays: 14 } })] : []);
  same(count.compiled <= (way === 'overtaken' ? 2 : 1), true, `not compiled again (${count.compiled} times)`);
  same(count.started <= (way === 'overtaken' ? 2 : 1), true, `not started again (${count.started} times)`);

  for (const engine of engines) {
    same(engine.runsOn, runsOn, 'what it runs on');
    const { verdict, codes } = engine.check('purchase', FACTS);
    same(verdict, 'block', 'the verdict');
    same(codes, ['WRONG_LEDGER'], 'the codes');
  }
  const [engine] = engines;
  const [reason] = engine.explain('purchase', FACTS).reasons;
  same(/^您.*B账套.*A账套/.test(reason.text), true, `the reason names both ledgers: ${reason.text}`);
  const { plan } = engine.explain('purchase', FACTS, { locale: 'en' });
  same(plan.steps[0].action, { name: 'select_ledger_year', ledger: 'A账套', year: 2020 }, 'the first step');

  same(engine.check('refund', PAID_TEN_DAYS_AGO).codes, ['REFUND_WINDOW_PASSED'], 'ten days after paying');
  same(longer.check('refund', PAID_TEN_DAYS_AGO).codes, ['REFUND_WITHIN_WINDOW'], 'the same under other terms');
  same(engine.terms.refundWindowDays, 7, 'the terms of the first engine');

  const refused = await failure(() => engine.check('purchase', { need: { legder: 'A' } }));
  same(refused instanceof FactsError, true, `a FactsError: ${refused}`);
  same([refused.name, refused.code, refused.path], ['FactsError', 'unknown_field', 'need.legder'], 'what was refused');
  const badTerms = await failure(() => load({ terms: { refundWindowDays: -1 } }));
  same(badTerms instanceof FactsError, true, `a FactsError: ${badTerms}`);

  same(rules.some(({ code }) => code === 'WRONG_LEDGER'), true, 'the catalogue has the rule');
}

/** Checks the custom elements, in a page that has loaded them: they answer, and take the engine that is there already. */
export async function checkElements() {
  const count = counted();
  const answers = { 'preflight-purchase': [FACTS, 'block'], 'preflight-refund': [PAID_TEN_DAYS_AGO, 'refer'] };
  for (const [name, [facts, verdict]] of Object.entries(answers)) {
    const element = document.createElement(name);
    element.facts = facts;
    const answered = new Promise((resolve) => element.addEventListener('preflight-answer', ({ detail }) => resolve(detail)));
    document.body.append(element);
    same((await answered).verdict, verdict, `the verdict of <${name}>`);
    same(element.shadowRoot.querySelectorAll('button').length > 0, true, `<${name}> has a button`);
  }
  same(count, { compiled: 0, started: 0 }, 'nothing is loaded again for them');
}

/** Counts from now on how often a module is compiled, and how often one is started. */
function counted() {
  const count = { compiled: 0, started: 0 };
  const watch = (name, what) => {
    const note = (call) => (...all) => { count[what]++; return call(...all); };
    WebAssembly[name] = new Proxy(WebAssembly[name], { apply: note(Reflect.apply), construct: note(Reflect.construct) });
  };
  for (const name of ['compile', 'compileStreaming', 'Module']) if (WebAssembly[name]) watch(name, 'compiled');
  for (const name of ['instantiate', 'Instance']) watch(name, 'started');
  return count;
}

async function failure(call) {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error('what should have been refused was taken');
}

function same(actual, expected, what) {
  const [told, wanted] = [actual, expected].map((value) => JSON.stringify(value));
  if (told !== wanted) throw new Error(`${what}: expected ${wanted}, got ${told}`);
}
