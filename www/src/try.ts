// The playground: any facts, the answer to them at once, the scenarios of the tests, and what can be passed on.
import type { Engine, Explanation, FactEntry, FactPath, Facts, FactsError, Question, Terms, Trace } from '@ekuaiji/preflight';
import { facts as table, rules } from '@ekuaiji/preflight/catalogue';
import { copy, fill, h, prose, say, type Child } from '../elements/dom.js';
import { factAt, factPath, flatten, fromText, nest, wholeNumber, type FlatFacts } from '../elements/facts.js';
import { createField, type Field } from '../elements/fields.js';
import { complaint } from '../elements/form.js';
import { loadEngine } from '../elements/loading.js';
import { pictures } from '../elements/pictures.js';
import * as view from '../elements/view.js';
import { wallClock } from '../elements/words.js';
import { pick } from './handed';
import { addressIn, codeList, locale, questionName, t, verdictName, w, type Text } from './i18n';
import { agrees, loadScenarios, search, type Expected, type Found } from './scenarios';
import { anonymous, toAddress, type Case } from '../elements/sharing.js';
import { fromShared } from './sharing';
import { announce, setAddress, showPage } from './shell';
import { createWhatIf } from './whatif';

const QUESTIONS: readonly string[] = Array.from(new Set(([] as string[]).concat(...rules.map(({ questions }) => questions))));
const TERMS = ['voucherQuota.assured', 'voucherQuota.claimed', 'refundWindowDays', 'refundReviewWorkdays'] as const;

const beijingTime = () => wallClock(Date.now()) + ':00+08:00';
const json = (value: unknown) => JSON.stringify(value, null, 2);
const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** What is worked on, kept through a change of language; and the scenario that it was, if it was one. */
const work: Case = fromShared(new URLSearchParams(location.search)) || { question: 'purchase', facts: { now: beijingTime() }, terms: {} };
let loaded: Found | undefined;

/** The engine with the terms of its own, and the one under the terms in work, or why they were refused. */
let compiled: Engine | null | undefined;
let engine: Engine | null = null;
let refusedTerms: FactsError | undefined;

let place = h('div');
let all: Promise<Found[]> | undefined;

showPage('tryTitle', [], () => {
  place = h('div');
  if (compiled !== undefined) draw();
  return [h('h1', {}, t('tryTitle')), h('p', { class: 'lead' }, t('tryLead')), place];
});

function start(loadedEngine: Engine | null): void {
  compiled = loadedEngine;
  useTerms(draw);
}
loadEngine(start).then(start);

function draw(): void {
  if (!compiled) document.documentElement.dataset.verdict = 'unavailable';
  fill(place, ...compiled ? playground(compiled) : [view.banner('unavailable', w().t('unavailable'), t('unavailableTry'))]);
}

/** Makes the engine that goes by the terms in work: at once where they are the ones compiled in. */
function useTerms(then: () => void): void {
  const given = { ...work.terms };
  const use = (made: Engine | null, refused?: FactsError) => {
    if (!same(given, work.terms)) return; // changed meanwhile
    engine = made;
    refusedTerms = refused;
    then();
  };
  if (!compiled || Object.keys(given).length === 0) return use(compiled || null);
  // Not yet known to be terms: the engine says what is wrong with them.
  import('@ekuaiji/preflight').then(({ load }) => load({ terms: nest(given) as object as Terms })).then(use, error => use(null, asRefusal(error)));
}

function asRefusal(error: unknown): FactsError {
  if ((error as FactsError).name !== 'FactsError') throw error;
  return error as FactsError;
}

/** What comes of a case: an answer, or a refusal to give one. */
type Outcome = { explanation: Explanation; trace: Trace; refused?: undefined } | { refused: FactsError };

function ask(engine: Engine, question: string, facts: unknown): Outcome {
  // Neither is known to be what it should be: the engine says what is wrong with it.
  const [asked, given] = [question as Question, facts as Facts];
  try {
    return { explanation: engine.explain(asked, given, { locale: locale() }), trace: engine.trace(asked, given) };
  } catch (error) {
    return { refused: asRefusal(error) };
  }
}

/** What of an outcome a scenario can expect. */
function expectation(outcome: Outcome): Expected {
  if (outcome.refused) return { error: { code: outcome.refused.code, path: outcome.refused.path } };
  const { verdict, codes, missing, plan, stableUntil } = outcome.explanation;
  return { verdict, codes, missing: missing.map(({ fact }) => fact), plan: plan.steps.map(({ action }) => action), stableUntil };
}

/** The facts with another value at `path`; what else they hold stays, be it facts or not. */
function withFact(facts: unknown, path: string, value: unknown): unknown {
  const isObject = (value: unknown): value is FlatFacts => typeof value === 'object' && value !== null && !Array.isArray(value);
  const [group, name] = path.split('.') as [string, string | undefined];
  const changed: FlatFacts = isObject(facts) ? { ...facts } : {};
  if (name === undefined) changed[group] = value;
  else {
    const within = changed[group];
    changed[group] = { ...isObject(within) ? within : {}, [name]: value };
    if (Object.values(changed[group] as object).every(value => value === undefined)) delete changed[group];
  }
  return JSON.parse(JSON.stringify(changed)); // without what is undefined
}

function playground(compiled: Engine): Child[] {
  const fields = new Map<string, Field>();
  const form = h('div');
  const answer = h('div', { id: 'answer', tabindex: '-1' });
  const glance = h('div', { class: 'glance' });
  const scenario = h('div');
  const notSame = h('p', { class: 'notice', hidden: true });
  const told = h('p', { class: 'quiet', role: 'status' });
  const area = h('textarea', { id: 'json', rows: '14', spellcheck: 'false', autocapitalize: 'off', 'aria-describedby': 'json-problem', input: () => {
    try {
      const facts: unknown = JSON.parse(area.value);
      say(areaProblem, '');
      work.facts = facts;
    } catch (error) {
      return say(areaProblem, t('tryJsonBad', { problem: (error as Error).message }));
    }
    drawForm();
    show();
  } });
  const areaProblem = h('p', { class: 'problem', id: 'json-problem' });
  const trace = h('div');
  const whatIf = createWhatIf();
  const traceCard = h('details', { class: 'card optional', id: 'trace' }, h('summary', {}, t('tryTrace')), trace);
  let outcome: Outcome;
  let announced = '';
  let pending: ReturnType<typeof setTimeout> | undefined;

  function show(): void {
    const now = outcome = refusedTerms || !engine ? { refused: refusedTerms as FactsError } : ask(engine, work.question, work.facts);
    const verdict = now.refused ? 'refused' : now.explanation.verdict;
    const title = now.refused ? t('tryRefused') : t('ruleAnswer', { verdict: verdictName(now.explanation.verdict) });
    const codes = now.refused ? now.refused.code : now.explanation.codes.join(w().t('listComma'));
    document.documentElement.dataset.verdict = verdict;
    document.documentElement.dataset.codes = codes;
    fill(answer, ...now.refused ? refusal(now.refused) : explained(now.explanation, engine as Engine, path => {
      const field = fields.get(path);
      if (field) field.focus();
    }));
    fill(trace, ...now.refused ? [] : traced(now.trace));
    traceCard.hidden = !!now.refused;
    whatIf.show(now.refused ? undefined : now.trace, now.refused ? undefined : now.explanation.verdict);
    fill(glance, view.tag(now.refused ? 'block' : now.explanation.verdict, now.refused ? t('tryRefused') : verdictName(now.explanation.verdict)), h('a', { href: '#answer', click: (event: Event) => { event.preventDefault(); answer.scrollIntoView(); answer.focus(); } }, t('tryAnswer')));
    const path = now.refused ? factPath(now.refused.path) : '';
    for (const [name, field] of fields) field.complain(now.refused && name === path ? complaint(path, now.refused, w()) : '');
    for (const term of TERMS) termFields[term].complain(now.refused && path === 'terms.' + term ? now.refused.message : '');
    fill(scenario, ...loaded ? compared(loaded, now) : []);
    if (document.activeElement !== area) {
      area.value = json(work.facts);
      say(areaProblem, '');
    }
    fill(notSame, t(leavesOut() ? 'tryLeftOut' : 'tryNotSame'));
    notSame.hidden = isSameShared(now);
    if (title + codes !== announced && announced !== '') announce(title);
    announced = title + codes;
    if (pending !== undefined) clearTimeout(pending);
    pending = setTimeout(() => setAddress(address()), 200);
  }

  /** Whether those who follow the link are given the same answer. */
  function isSameShared(now: Outcome): boolean {
    const shared = fromShared(toAddress(work));
    if (refusedTerms || !engine || !shared) return true;
    const [one, other] = [expectation(now), expectation(ask(engine, shared.question, shared.facts))];
    return same([one.verdict, one.codes, one.error], [other.verdict, other.codes, other.error]);
  }

  /** Whether the link can't hold some of the facts at all, whatever stands in for names. */
  function leavesOut(): boolean {
    const { facts } = work;
    const shared = fromShared(toAddress(work));
    if (typeof facts !== 'object' || facts === null || Array.isArray(facts) || !shared) return true;
    const held = flatten(shared.facts as object);
    return Object.keys(flatten(facts)).some(path => !(path in held));
  }

  const address = () => addressIn(locale(), location.pathname, toAddress(work).toString());

  /** Lays out a field for every fact, those that the question reads first. */
  function drawForm(): void {
    const known = pick(typeof work.facts === 'object' && work.facts || {});
    const empty = ask(compiled, work.question, {});
    const read = empty.refused ? [] : empty.explanation.missing.map(({ fact }) => fact);
    fields.clear();
    const laidOut = (wanted: readonly FactEntry[]): Child[] => [
      wanted.some(({ type }) => type === 'time') && h('p', { class: 'quiet' }, ...prose(t('tryTimeHint'))),
      h('div', { class: 'fields' }, ...wanted.map(fact => fieldOf(fact, known[fact.path]))),
    ];
    const others = table.filter(({ path }) => !read.includes(path));
    const opened = form.querySelector<HTMLDetailsElement>('#others');
    fill(form,
      h('section', { class: 'card' }, h('h2', {}, t('tryFacts')), ...laidOut(table.filter(({ path }) => read.includes(path)))),
      h('details', { class: 'card optional', id: 'others', open: opened ? opened.open : others.some(({ path }) => path !== 'now' && path in known) }, h('summary', {}, t('tryOther')), ...laidOut(others)));
  }

  function fieldOf(fact: FactEntry, value: unknown): HTMLElement {
    const { path, type } = fact;
    // A time is written out: its seconds and its offset count.
    const field = createField(type === 'time' ? { ...fact, type: 'text' } : fact, w(), value, true, () => {
      const value = field.read();
      work.facts = withFact(work.facts, path, type === 'time' && typeof value === 'string' ? fromText(fact, value) : value);
      show();
    });
    const label = field.element.firstElementChild as HTMLElement;
    label.append(' ', h('code', {}, path));
    if (path === 'now') {
      field.element.append(h('button', { type: 'button', class: 'small', click: () => {
        work.facts = withFact(work.facts, path, beijingTime());
        drawForm();
        show();
        (fields.get('now') as Field).focus();
      } }, t('tryNow')));
    }
    fields.set(path, field);
    return field.element;
  }

  const question = h('select', { id: 'question', change: () => {
    work.question = question.value;
    drawForm();
    show();
  } });
  const drawQuestion = () => fill(question, ...Array.from(new Set(QUESTIONS.concat(work.question))).map(name => h('option', { value: name, selected: name === work.question }, questionName(name))));

  const termFields = TERMS.reduce((fields, name) => ({ ...fields, [name]: termField(name, text => {
    if (text === '') delete work.terms[name];
    else work.terms[name] = wholeNumber(text);
    useTerms(show);
  }) }), {} as { [name in typeof TERMS[number]]: ReturnType<typeof termField> });

  function take(found: Found): void {
    loaded = found;
    work.question = found.file.question;
    work.facts = found.scenario.facts;
    work.terms = flatten(found.scenario.terms || {});
    redraw();
  }

  function redraw(): void {
    drawQuestion();
    for (const term of TERMS) termFields[term].write(work.terms[term]);
    drawForm();
    useTerms(show);
  }

  const clear = h('button', { type: 'button', id: 'clear', click: () => {
    loaded = undefined;
    work.facts = {};
    work.terms = {};
    redraw();
    announce(t('tryCleared'));
  } }, t('tryClear'));

  const copies: [Text, () => string][] = [
    ['tryCopyLink', () => new URL(address(), location.href).href],
    ['tryCopyFacts', () => json(work.facts)],
    ['tryCopyExplanation', () => json(outcome.refused ? { ...outcome.refused, message: outcome.refused.message } : outcome.explanation)],
    ['tryCopyScenario', () => json(asScenario(work, engine || compiled))],
  ];

  drawQuestion();
  drawForm();
  show();
  return [h('div', { class: 'try' },
    h('div', { class: 'givens' },
      h('div', { class: 'card ask' }, h('div', { class: 'field' }, h('label', { for: 'question' }, t('tryQuestion')), question), clear),
      chooser(take),
      form,
      h('details', { class: 'card optional', id: 'terms', open: Object.keys(work.terms).length > 0 }, h('summary', {}, t('tryTerms')), whatIf.element, h('p', { class: 'quiet' }, t('tryTermsLead')), h('div', { class: 'fields' }, ...TERMS.map(term => termFields[term].element))),
      h('details', { class: 'card optional', id: 'raw' }, h('summary', {}, t('tryJson')), h('div', { class: 'field' }, h('label', { class: 'unseen', for: 'json' }, t('tryJson')), area, areaProblem))),
    h('div', { class: 'outcome' },
      scenario,
      answer,
      traceCard,
      h('section', { class: 'card' }, h('h2', {}, t('tryCopy')),
        h('div', { class: 'buttons' }, ...copies.map(([name, text]) => h('button', { type: 'button', 'data-copy': name, click: () => {
          fill(told); // so that a second copy is told as well
          say(told, t(copy(text()) ? 'tryCopied' : 'tryNotCopied'));
        } }, t(name)))),
        told, notSame, h('p', { class: 'quiet' }, t('tryPrivacy'))))),
  glance];
}

/** The case as a scenario of the tests, with nobody's name in it. */
function asScenario({ question, facts, terms }: Case, engine: Engine): object {
  const given = anonymous(facts);
  const outcome = ask(engine, question, given);
  const clause = outcome.refused || outcome.explanation.reasons.map(({ clause }) => clause.id).filter(Boolean).join(', ') || 'inferred';
  return {
    title: outcome.refused ? outcome.refused.message : `${outcome.explanation.verdict}: ${outcome.explanation.codes.join(', ') || 'no rule fires'}`,
    ...!outcome.refused && { clause },
    ...Object.keys(terms).length > 0 && { terms: nest(terms) },
    facts: given,
    expect: expectation(outcome),
  };
}

/** Why there is no answer, as programs are told. */
function refusal(error: FactsError): Child[] {
  const { message, code, path, expected, received, hint } = error;
  const fact = factAt(factPath(path));
  return [
    view.banner('block', t('tryRefused'), fact ? w().t('badFactsField', { label: w().of(fact.ask), problem: complaint(fact.path, error, w()) }) : null),
    h('section', { class: 'card', id: 'refused' }, h('p', { class: 'quiet' }, t('tryRefusedLead')), h('p', { lang: 'en' }, message),
      h('dl', {}, ...Object.entries({ code, path, expected, received, hint }).map(([name, value]) => value !== undefined && h('div', {}, h('dt', {}, name), h('dd', {}, value))))),
  ];
}

function explained(explanation: Explanation, { terms }: Engine, fillIn: (path: FactPath) => void): Child[] {
  const { verdict, codes, missing, stableUntil } = explanation;
  const reasons = view.reasons(explanation.reasons, w());
  if (reasons) for (const details of Array.from(reasons.querySelectorAll('details'))) details.open = true;
  const receipt = view.receipt(explanation, w(), new URL(addressIn(locale(), location.pathname, toAddress(work).toString()), location.href).href);
  (receipt as HTMLDetailsElement).open = true;
  return [
    view.banner(verdict, t('ruleAnswer', { verdict: verdictName(verdict) }), codeList(codes)),
    ...pictures(work.question as Question, work.facts as Facts, explanation, terms, locale()),
    view.plan(explanation, w(), verdictName),
    reasons,
    missing.length > 0 && view.section(t('tryMissing'), 'missing', h('ul', {}, ...missing.map(({ fact, question, needed }) => h('li', { 'data-missing': fact },
      ...prose(question), ' ', h('code', {}, fact), ' ',
      h('span', { class: 'whole' }, view.tag(needed ? 'warn' : 'unknown', t(needed ? 'tryNeeded' : 'tryNotNeeded')), ' ',
        h('button', { type: 'button', class: 'small', 'aria-label': t('tryFillInOf', { path: fact }), click: () => fillIn(fact) }, t('tryFillIn'))))))),
    view.notes(explanation, w().t('notes_refund')),
    view.contact(explanation),
    h('p', { class: 'part quiet' }, stableUntil ? t('tryStable', { when: w().endOf(stableUntil) }) : t('tryStableAlways')),
    receipt,
  ];
}

const MARKS = { true: '✓', false: '✗', null: '？' };

function traced({ rules }: Trace): Child[] {
  return [
    h('p', { class: 'quiet' }, t('tryTraceLead')),
    h('ul', { class: 'trace' }, ...rules.map(({ code, severity, state, conditions }) => h('li', { 'data-state': state },
      view.tag(state === 'fired' ? severity : 'unknown', t(('trace_' + state) as Text)), ' ', h('a', { href: addressIn(locale(), 'rules.html', '') + '#' + code }, code),
      h('ul', {}, ...conditions.map(({ condition, expected, value }) => h('li', {}, MARKS[String(value === null ? null : value === expected) as keyof typeof MARKS], ' ', h('code', {}, (expected ? '' : 'not ') + condition))))))),
  ];
}

/** What the scenario expected, and whether it came so. */
function compared({ file, scenario: { title, clause, facts, expect } }: Found, outcome: Outcome): Child[] {
  const changed = work.question !== file.question || !same(work.facts, facts) || Object.keys(work.terms).length > 0;
  const met = agrees(expect, expectation(outcome));
  return [h('section', { class: 'card', id: 'scenario' },
    h('h2', {}, t('tryScenario', { file: `${file.question}/${file.name}` })),
    h('p', { lang: 'en' }, title, clause && ` (${clause})`), h('p', {},
      changed ? view.tag('unknown', t('tryChanged')) : met ? view.tag('allow', t('tryAsExpected')) : view.tag('block', t('tryNotExpected'))),
    h('details', { open: !changed && !met }, h('summary', {}, t('tryExpected')), h('pre', {}, json(expect))))];
}

/** A field for one of the terms. */
function termField(name: typeof TERMS[number], changed: (text: string) => void) {
  const id = 'term-' + name.replace('.', '-');
  const problem = h('p', { class: 'problem', id: id + '-problem' });
  const input = h('input', { id, type: 'text', inputmode: 'numeric', autocomplete: 'off', 'aria-describedby': problem.id, input: () => changed(input.value.trim()) });
  const inForce = name.split('.').reduce<unknown>((at, key) => (at as FlatFacts)[key], (compiled as Engine).terms);
  input.placeholder = String(inForce);
  const write = (value: unknown) => { input.value = value === undefined ? '' : String(value); };
  write(work.terms[name]);
  return {
    element: h('div', { class: 'field' }, h('label', { for: id }, t(('term_' + name) as Text)), input, problem),
    write,
    complain(text: string): void {
      say(problem, text);
      input.setAttribute('aria-invalid', String(text !== ''));
    },
  };
}

/** Where scenarios are searched and chosen; they are fetched when it is opened. */
function chooser(take: (found: Found) => void): HTMLElement {
  const text = h('input', { type: 'search', id: 'scenario-search', autocomplete: 'off', placeholder: t('tryScenarioSearchHint'), input: narrow });
  const question = h('select', { id: 'scenario-question', change: narrow });
  const list = h('select', { id: 'scenario-list', size: '10', lang: 'en', change: () => { const found = shown[Number(list.value)]; if (found) take(found); } });
  const count = h('p', { class: 'quiet', role: 'status' });
  const field = (label: Text, control: HTMLElement) => h('div', { class: 'field' }, h('label', { for: control.id }, t(label)), control);
  let found: Found[] = [];
  let shown: Found[] = [];

  function narrow(): void {
    shown = search(found, question.value, text.value.trim());
    const groups = new Map<string, HTMLElement[]>();
    shown.forEach(({ file, scenario }, place) => {
      const group = `${file.question} / ${file.name}`;
      if (!groups.has(group)) groups.set(group, []);
      (groups.get(group) as HTMLElement[]).push(h('option', { value: String(place), selected: loaded !== undefined && loaded.scenario === scenario }, scenario.title));
    });
    fill(list, ...Array.from(groups, ([label, options]) => h('optgroup', { label }, ...options)));
    say(count, t('tryScenariosFound', { all: found.length, found: shown.length }));
  }

  return h('details', { class: 'card optional', id: 'scenarios', open: loaded !== undefined, toggle: async () => {
    if (found.length > 0) return;
    try {
      found = await (all || (all = loadScenarios()));
    } catch (error) {
      all = undefined;
      console.warn('preflight: the scenarios did not load', error);
      return say(count, t('tryScenariosFailed'));
    }
    // A folder of scenarios may be named after what is no question, to show that it is refused.
    const questions = Array.from(new Set(found.map(({ file }) => file.question))).filter(name => QUESTIONS.includes(name));
    fill(question, h('option', { value: '' }, t('rulesAny')), ...questions.map(name => h('option', { value: name }, questionName(name))));
    narrow();
  } },
  h('summary', {}, t('tryScenarios')), h('p', { class: 'quiet' }, t('tryScenariosLead')),
  field('rulesSearch', text), field('rulesQuestion', question), field('tryScenarioList', list), count);
}
