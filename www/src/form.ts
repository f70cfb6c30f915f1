// The form: a field for each fact that is known or asked for, kept where the reader saw it first.
import type { FactsError } from '@ekuaiji/preflight';
import { facts as table } from '@ekuaiji/preflight/catalogue';
import { h, say } from './dom';
import type { Engine, Fact, FactPath, Question } from './engine';
import { factAt, type Asked, type FlatFacts } from './facts';
import { createField, type Field } from './fields';
import { locale, t } from './i18n';

/** Unanswered questions shown at once; the rest follow as answers come in. */
export const AT_ONCE = 4;

type Place = 'known' | 'asked' | 'optional';

export interface Form {
  /** Where each kind of field is put: known from the start, asked for, asked for though no verdict hangs on it. */
  readonly parts: { readonly [place in Place]: HTMLElement };
  /** Shows the fields that the answer calls for, and what was wrong with their values. */
  show(asked: Asked): void;
  /** How many questions keep the verdict open. */
  readonly open: number;
  focusFirstOpen(): void;
}

/** A form for the facts that `question` hangs on, `given` or not; `changed` is called after `facts` took an answer. */
export function createForm(engine: Engine, question: Question, facts: FlatFacts, given: FlatFacts, changed: () => void): Form {
  const questions = questionTexts(engine, question);
  const fields = new Map<string, Field>();
  const places = new Map<string, Place>();
  questions.delete('now');
  for (const path of Object.keys(facts)) if (questions.has(path)) places.set(path, path in given ? 'known' : 'asked');

  const lists = { known: h('div', { class: 'fields' }), asked: h('div', { class: 'fields' }), optional: h('div', { class: 'fields' }) };
  const more = h('p', { class: 'quiet' });
  const parts = {
    known: h('section', { class: 'card known' }, h('h2', {}, t('known')), h('p', { class: 'quiet' }, t('knownLead')), lists.known),
    asked: h('section', { class: 'card asked' }, h('h2', {}, t('questions')), lists.asked, more),
    optional: h('details', { class: 'card optional' }, h('summary', {}, t('optional')), lists.optional),
  };
  let open: FactPath[] = [];
  /** The field that is being typed in: too early to say that its value is wrong. */
  let typing: string | undefined;

  function fieldOf(path: FactPath): Field {
    let field = fields.get(path);
    if (!field) {
      const made = createField(factAt(path) as Fact, questions.get(path) || path, facts[path], places.get(path) === 'known', unfinished => {
        typing = unfinished ? path : undefined;
        const value = made.read();
        if (value === undefined) delete facts[path];
        else facts[path] = value;
        changed();
      });
      fields.set(path, field = made);
    }
    return field;
  }

  /** Lays the fields of one place out in table order, without touching those that already stand right. */
  function layOut(place: Place, shown: ReadonlySet<string>): void {
    const wanted = table.map(({ path }) => path).filter(path => shown.has(path) && places.get(path) === place).map(fieldOf);
    for (const field of fields.values()) {
      if (field.element.parentNode === lists[place] && !wanted.includes(field)) lists[place].removeChild(field.element);
    }
    wanted.forEach((field, position) => {
      const standing = lists[place].children[position] || null;
      if (standing !== field.element) lists[place].insertBefore(field.element, standing);
    });
    parts[place].hidden = wanted.length === 0;
  }

  return {
    parts,
    get open() { return open.length; },
    focusFirstOpen() {
      const path = open.find(path => places.get(path) === 'asked') || open[0];
      if (path) fieldOf(path).focus();
    },
    show({ explanation, refused }) {
      if (fields.size === 0) for (const { path } of refused) places.set(path, 'asked');
      const inHand = Array.from(fields.keys()).find(path => fieldOf(path as FactPath).element.contains(document.activeElement));
      open = explanation.missing.filter(({ needed }) => needed).map(({ fact }) => fact);
      const shown = new Set<string>(Object.keys(facts).filter(path => questions.has(path)));
      for (const path of open.slice(0, AT_ONCE)) {
        shown.add(path);
        if (places.get(path) !== 'known' && path !== inHand) places.set(path, 'asked');
      }
      for (const { fact, needed } of explanation.missing) {
        if (needed) continue;
        shown.add(fact);
        if (!places.has(fact)) places.set(fact, 'optional');
      }
      if (inHand !== undefined) shown.add(inHand);
      (['known', 'asked', 'optional'] as const).forEach(place => layOut(place, shown));
      say(more, open.length > AT_ONCE ? t('moreQuestions') : '');
      for (const [path, field] of fields) {
        const wrong = refused.find(other => other.path === path);
        if (!wrong) field.complain('');
        else if (path !== typing) field.complain(complaint(path, wrong.error));
      }
    },
  };
}

/** The question that asks for each fact that `question` hangs on: with nothing known, all of them are missing. */
function questionTexts(engine: Engine, question: Question): Map<string, string> {
  const { missing } = engine.explain(question, {}, { locale: locale() });
  return new Map(missing.map(({ fact, question }) => [fact, question] as [string, string]));
}

/** What a buyer is told about a value that the engine refused. */
export function complaint(path: string, error: FactsError): string {
  const fact = factAt(path);
  const integer = fact && fact.type === 'integer';
  switch (error.code) {
    case 'out_of_range': return fact && integer ? t('bad_out_of_range_between', { min: String(fact.min), max: String(fact.max) }) : t('bad_out_of_range');
    case 'wrong_type': return integer ? t('bad_wrong_type_integer') : t('bad_wrong_type');
    case 'unknown_value': return t('bad_unknown_value');
    case 'blank': return t('bad_blank');
    case 'inconsistent': return t('bad_inconsistent');
    default: return t('bad_wrong_type');
  }
}

/** Puts on the console, in full, what the engine refused. */
export function report(refused: Asked['refused']): void {
  for (const { error: { message, code, path, expected, received, hint } } of refused) console.warn('preflight: ' + message, { code, path, expected, received, hint });
}

/** Tells a buyer what of the address could not be used; nothing when all could. */
export function addressNotice(engine: Engine, question: Question, refused: Asked['refused']): HTMLElement | null {
  const questions = questionTexts(engine, question);
  const items = refused.map(({ path, error }) => {
    const label = questions.get(path);
    if (label) return t('badAddressField', { label, problem: complaint(path, error) });
    // A name that resembles no fact is somebody else's, like a campaign's: nothing a buyer could do about it.
    const meant = (/`(.+)`/.exec(error.hint || '') || [])[1];
    return meant && t('badAddressName', { name: path, hint: questions.get(meant) || meant });
  }).filter((item): item is string => !!item);
  if (items.length === 0) return null;
  return h('section', { class: 'notice', role: 'alert' }, h('p', {}, t('badAddress')), h('ul', {}, ...items.map(item => h('li', {}, item))), h('p', {}, t('badAddressAfter')));
}
