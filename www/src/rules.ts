// The catalogue page: every rule with its words, conditions, basis and way out, and examples that the engine answers.
import type { Engine, FactPath, Question, Severity } from '@ekuaiji/preflight';
import { breakable, copy, fill, h, say, type Child } from '../elements/dom.js';
import { capitalized, factLabel, place, valueLabel } from '../elements/labels.js';
import { loadEngine } from '../elements/loading.js';
import * as view from '../elements/view.js';
import { pick } from './handed';
import { addressIn, codeList, locale, questionName, severityName, t, verdictName, w, type Text } from './i18n';
import { passes, pieces, rulebook, type ConditionDoc, type Example, type Filter, type RuleDoc } from './rulebook';
import { announce, setAddress, showPage } from './shell';

const SEVERITIES = ['block', 'refer', 'warn', 'allow'] as const;
const QUESTIONS = Array.from(new Set(([] as Question[]).concat(...rulebook.map(({ questions }) => questions))));
/** What narrows the list, by the parameter that keeps it in the address. */
const PARAMETERS: { readonly [part in keyof Filter]: string } = { text: 'q', question: 'question', severity: 'severity' };

const inLanguage = ({ zh, en }: { zh: string; en: string }) => locale() === 'en' ? en : zh;
const linked = () => location.hash.slice(1);

/** The engine, if it can be had; the page does not wait for it. */
let engine: Promise<Engine | null> = loadEngine(late => { engine = Promise.resolve(late); });

/** Shows what the address says: the list narrowed as it has it, and the rule that it names, opened. */
let follow = () => {};

showPage('rulesTitle', [], content);
follow();
for (const moved of ['popstate', 'hashchange']) addEventListener(moved, () => follow());

function content(): Child[] {
  const cards = rulebook.map(rule => ({ rule, ...createCard(rule) }));
  const search = createSearch(narrow);
  const count = h('p', { id: 'count' });
  const all = h('button', { type: 'button', id: 'all', class: 'small', click: () => {
    const open = shown().some(({ details }) => !details.open);
    for (const { details } of shown()) details.open = open;
  } });
  const none = h('div', { id: 'none', class: 'notice' }, h('p', {}, t('rulesNone')), h('button', { type: 'button', class: 'small', click: () => {
    search.clear();
    narrow();
    search.focus();
  } }, t('rulesClear')));
  const shown = () => cards.filter(({ element }) => !element.hidden);
  const nameAll = () => say(all, t(shown().some(({ details }) => !details.open) ? 'rulesOpenAll' : 'rulesCloseAll'));
  for (const { details } of cards) details.addEventListener('toggle', nameAll);

  function show(): void {
    const filter = search.read();
    for (const { rule, element } of cards) element.hidden = !passes(rule, filter);
    const found = shown().length;
    none.hidden = found > 0;
    all.hidden = found === 0;
    say(count, found === cards.length ? t('rulesCount', { all: found }) : t('rulesFound', { all: cards.length, found }));
    nameAll();
  }

  function narrow(): void {
    show();
    setAddress(addressOf(search.read()));
    announce(count.textContent as string);
  }

  follow = () => {
    search.readAddress();
    show();
    const card = cards.find(({ rule }) => rule.code === linked());
    if (!card) return;
    if (card.element.hidden) {
      search.clear();
      show();
      setAddress(addressOf(search.read()) + location.hash);
    }
    card.details.open = true;
    card.heading.scrollIntoView();
    card.heading.focus({ preventScroll: true });
  };

  search.readAddress();
  show();
  return [
    h('h1', {}, t('rulesTitle')),
    h('p', { class: 'lead' }, t('rulesLead')),
    search.element,
    h('div', { class: 'found' }, count, all),
    none,
    h('div', { id: 'rules' }, ...cards.map(({ element }) => element)),
  ];
}

/** The address of this page with the list narrowed to `filter`. */
function addressOf(filter: Filter): string {
  const parameters = new URLSearchParams(location.search);
  for (const part of Object.keys(PARAMETERS) as (keyof Filter)[]) {
    if (filter[part]) parameters.set(PARAMETERS[part], filter[part]);
    else parameters.delete(PARAMETERS[part]);
  }
  return addressIn(locale(), location.pathname, parameters.toString());
}

/** What narrows the list; `changed` is called when the reader changes it. */
function createSearch(changed: () => void) {
  const text = h('input', { type: 'search', id: 'search', autocomplete: 'off', placeholder: t('rulesSearchHint') });
  const select = (id: string, names: readonly string[], label: (name: string) => string) => h('select', { id },
    h('option', { value: '' }, t('rulesAny')), ...names.map(name => h('option', { value: name }, label(name))));
  const question = select('question', QUESTIONS, questionName);
  const severity = select('severity', SEVERITIES, name => severityName(name as Severity));
  const field = (label: Text, control: HTMLElement) => h('div', { class: 'field' }, h('label', { for: control.id }, t(label)), control);
  const element = h('form', { class: 'card search', role: 'search', submit: (event: Event) => event.preventDefault() },
    field('rulesSearch', text), field('rulesQuestion', question), field('rulesSeverity', severity));
  const controls = { text, question, severity };
  const parts = Object.keys(controls) as (keyof Filter)[];
  for (const part of parts) controls[part].addEventListener('input', changed);
  return {
    element,
    read: (): Filter => ({ text: text.value.trim(), question: question.value, severity: severity.value }),
    readAddress() {
      const address = new URLSearchParams(location.search);
      for (const part of parts) {
        controls[part].value = address.get(PARAMETERS[part]) || '';
        // A name that is not offered leaves nothing chosen.
        if (!controls[part].value) controls[part].value = '';
      }
    },
    clear() { for (const part of parts) controls[part].value = ''; },
    focus() { text.focus(); },
  };
}

interface Card { element: HTMLElement; heading: HTMLElement; details: HTMLDetailsElement }

function createCard(rule: RuleDoc): Card {
  const { code, severity, questions, doc } = rule;
  const [about, why] = doc.split('\n\n');
  const heading = h('h2', { id: code, tabindex: '-1' }, view.tag(severity, severityName(severity)), linkTo(code));
  const details = h('details', { open: code === linked() },
    h('summary', {}, t('rulesMore')),
    part('ruleSays', words(rule)),
    part('ruleFires', h('ul', {}, ...rule.conditions.map(condition))),
    section(w().t('basis'), ...basis(rule)),
    part('ruleLifts', rule.steps.length > 0 ? h('ul', {}, ...rule.steps.map(step => h('li', {}, inLanguage(step)))) : h('p', {}, t('ruleLiftsNothing'))),
    part('ruleExamples', ...([] as Child[]).concat(...rule.examples.map(example => exampleOf(rule, example)))));
  const element = h('article', { class: 'card rule', 'data-rule': code, 'data-state': severity, 'aria-labelledby': code },
    h('div', { class: 'head' }, heading, h('span', { class: 'quiet' }, questions.map(questionName).join(' · ')), copyButton(code)),
    h('p', {}, locale() === 'en' ? why : about),
    details);
  return { element, heading, details };
}

function part(title: Text, ...children: Child[]): HTMLElement {
  return section(t(title), ...children);
}

function section(title: string, ...children: Child[]): HTMLElement {
  return h('section', { class: 'part' }, h('h3', {}, title), ...children);
}

/** The address that opens `code` and narrows nothing. */
function addressOfRule(code: string): string {
  return addressIn(locale(), location.pathname, '') + '#' + code;
}

function linkTo(code: string): HTMLElement {
  return h('a', {
    class: 'code', href: addressOfRule(code),
    click(event: MouseEvent) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (linked() === code) follow();
      else location.hash = code;
    },
  }, breakable(code));
}

function copyButton(code: string): HTMLElement {
  const button = h('button', {
    type: 'button', class: 'small', 'aria-label': t('copyLinkOf', { code }),
    click() {
      const said = t(copy(new URL(addressOfRule(code), location.href).href) ? 'copied' : 'copyFailed');
      if (said === t('copyFailed')) location.hash = code;
      say(button, said);
      announce(said);
      setTimeout(() => say(button, t('copyLink')), 2000);
    },
  }, t('copyLink'));
  return button;
}

/** What the rule says; where a case fills in a value, the value's name. */
function words(rule: RuleDoc): HTMLElement {
  return h('p', {}, ...pieces(inLanguage(rule)).map(({ text, isName }) => isName
    ? h('span', { class: 'slot', title: text }, text === 'refund.lastDay' ? t('slot_refund.lastDay') : factLabel(text as FactPath, w()))
    : text));
}

function condition(doc: ConditionDoc): HTMLElement {
  const { name, expected, onlyFor, anyOf = [] } = doc;
  return h('li', {}, inLanguage(doc), onlyFor && t('ruleOnlyFor', { question: questionName(onlyFor) }),
    ' ', h('code', {}, (expected ? '' : 'not ') + name),
    anyOf.length > 0 && h('p', { class: 'quiet' }, t('ruleAnyOf')),
    anyOf.length > 0 && h('ul', {}, ...anyOf.map(all => h('li', {}, all.map(inLanguage).join(t('ruleAnd'))))));
}

function basis({ clauses, stated, basis, differs = [] }: RuleDoc): Child[] {
  return [
    clauses.length > 0 && h('ul', {}, ...clauses.map(({ id, article, section, gist }) =>
      h('li', {}, h('strong', {}, id), ' ', inLanguage(gist), h('span', { class: 'quiet source' }, place(article, section, w()))))),
    ...differs.map(difference => h('p', {}, inLanguage(difference))),
    h('p', { 'data-stated': stated }, view.tag('unknown', capitalized(basis, w()))),
  ];
}

/** A button that puts a scenario to the engine, and where its answer goes. */
function exampleOf(rule: RuleDoc, example: Example): Child[] {
  const question = questionName(example.question);
  const result = h('div', { class: 'result', hidden: true });
  return [
    h('p', { class: 'run' },
      h('button', {
        type: 'button', 'data-run': example.question, 'aria-label': t('ruleRunOf', { code: rule.code, question }),
        click: async () => run(await engine, example, result),
      }, t('ruleRun', { question })),
      h('span', { class: 'quiet', lang: 'en', title: example.file }, example.title)),
    result,
  ];
}

function run(engine: Engine | null, { question, facts }: Example, result: HTMLElement): void {
  result.hidden = false;
  if (!engine) {
    fill(result, view.banner('unavailable', w().t('unavailable'), t('unavailableRules'), 'h3'));
    return announce(w().t('unavailable'));
  }
  const explanation = engine.explain(question, facts, { locale: locale() });
  const { verdict, codes, reasons, plan } = explanation;
  const given = pick(facts);
  const read = new Set(([] as string[]).concat(...reasons.map(({ because }) => ([] as string[]).concat(...because.map(({ values }) => Object.keys(values))))));
  result.dataset.verdict = verdict;
  result.dataset.codes = codes.join(' ');
  fill(result,
    part('ruleGiven', h('p', { class: 'quiet' }, t('ruleRead')), h('dl', { class: 'facts' }, ...Object.keys(given).map(path => h('div', { class: read.has(path) && 'read' },
      h('dt', {}, factLabel(path as FactPath, w()), locale() !== 'en' && ' ', locale() !== 'en' && h('code', {}, path)), h('dd', {}, valueLabel(path as FactPath, given[path], w())))))),
    view.banner(verdict, t('ruleAnswer', { verdict: verdictName(verdict) }), codeList(codes), 'h3'),
    view.reasons(reasons, w()),
    view.plan(explanation, w(), verdictName),
    plan.steps.some(({ actor }) => actor === 'support') && view.contact(explanation));
  announce(t('ruleAnswer', { verdict: verdictName(verdict) }));
}
