// The questions to a person: a field for each fact that is asked for, kept where the reader saw it first.
import type { FactEntry, FactPath, FactsError } from '@ekuaiji/preflight';
import { facts as table } from '@ekuaiji/preflight/catalogue';
import { fill, h, say } from './dom.js';
import { factAt, type Asked, type FlatFacts } from './facts.js';
import { createField, type Field } from './fields.js';
import type { Words } from './words.js';

/** Unanswered questions shown at once; the rest follow as answers come in. */
export const AT_ONCE = 4;

type Place = 'asked' | 'optional';

export interface Form {
  /** Where each kind of field is put: asked for, asked for though no verdict hangs on it. */
  readonly parts: { readonly [place in Place]: HTMLElement };
  /** Shows the fields that the answer calls for, and what was wrong with their values. */
  show(asked: Asked): void;
  /** How many questions keep the verdict open. */
  readonly open: number;
  focusFirstOpen(): void;
}

/** A form that holds its answers in `answers`, besides what is `given`; `changed` is called after they took one. */
export function createForm(w: Words, answers: FlatFacts, given: FlatFacts, changed: () => void): Form {
  const fields = new Map<string, Field>();
  const places = new Map<string, Place>();
  for (const path of Object.keys(answers)) places.set(path, 'asked');

  const lists = { asked: h('div', { class: 'fields' }), optional: h('div', { class: 'fields' }) };
  const more = h('p', { class: 'quiet' });
  const parts = {
    asked: h('section', { class: 'card asked', part: 'questions' }, h('h3', {}, w.t('questions')), lists.asked, more),
    optional: h('details', { class: 'card optional', part: 'optional' }, h('summary', {}, w.t('optional')), lists.optional),
  };
  let open: FactPath[] = [];
  /** The field that is being typed in: too early to say that its value is wrong. */
  let typing: string | undefined;

  function fieldOf(path: FactPath): Field {
    let field = fields.get(path);
    if (!field) {
      const made = createField(factAt(path) as FactEntry, w, path in answers ? answers[path] : given[path], false, unfinished => {
        typing = unfinished ? path : undefined;
        answers[path] = made.read();
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
      const root = parts.asked.getRootNode() as Document | ShadowRoot;
      const active = 'activeElement' in root ? root.activeElement : null;
      const inHand = Array.from(fields.keys()).find(path => fieldOf(path as FactPath).element.contains(active));
      open = explanation.missing.filter(({ needed }) => needed).map(({ fact }) => fact);
      const shown = new Set<string>(Object.keys(answers).filter(path => answers[path] !== undefined && places.has(path)));
      for (const { path } of refused) {
        if (!factAt(path)) continue;
        shown.add(path);
        if (!places.has(path)) places.set(path, 'asked');
      }
      for (const path of open.slice(0, AT_ONCE)) {
        shown.add(path);
        if (path !== inHand) places.set(path, 'asked');
      }
      for (const { fact, needed } of explanation.missing) {
        if (needed) continue;
        shown.add(fact);
        if (!places.has(fact)) places.set(fact, 'optional');
      }
      if (inHand !== undefined) shown.add(inHand);
      (['asked', 'optional'] as const).forEach(place => layOut(place, shown));
      say(more, open.length > AT_ONCE ? w.t('moreQuestions') : '');
      for (const [path, field] of fields) {
        const wrong = refused.find(other => other.path === path);
        if (!wrong) field.complain('');
        else if (path !== typing) field.complain(complaint(path, wrong.error, w));
      }
    },
  };
}

/** What a person is told about a value that the engine refused. */
export function complaint(path: string, error: FactsError, w: Words): string {
  const fact = factAt(path);
  const integer = fact && fact.type === 'integer';
  switch (error.code) {
    case 'out_of_range': return fact && integer ? w.t('bad_out_of_range_between', { min: String(fact.min), max: String(fact.max) }) : w.t('bad_out_of_range');
    case 'wrong_type': return integer ? w.t('bad_wrong_type_integer') : w.t('bad_wrong_type');
    case 'unknown_value': return w.t('bad_unknown_value');
    case 'blank': return w.t('bad_blank');
    case 'inconsistent': return w.t(error.path === 'now' ? 'bad_inconsistent_future' : 'bad_inconsistent');
    default: return w.t('bad_wrong_type');
  }
}

/** Puts on the console, in full, what the engine refused. */
export function report(refused: Asked['refused']): void {
  for (const { error: { message, code, path, expected, received, hint } } of refused) console.warn('preflight: ' + message, { code, path, expected, received, hint });
}

/** Tells a person what of the given facts could not be used; nothing when all could. */
export function badFactsNotice(refused: Asked['refused'], w: Words): HTMLElement | null {
  if (refused.length === 0) return null;
  const items = refused.map(({ path, error }) => {
    const fact = factAt(path);
    if (fact) return w.t('badFactsField', { label: w.of(fact.ask), problem: complaint(path, error, w) });
    // A name that resembles no fact is nothing a person could do anything about.
    const hint = (/`(.+)`/.exec(error.hint || '') || [])[1];
    const meant = hint && factAt(hint);
    return hint && w.t('badFactsName', { name: path, hint: meant ? w.of(meant.ask) : hint });
  }).filter((item): item is string => !!item);
  const notice = h('section', { class: 'notice', role: 'alert' });
  if (items.length === 0) fill(notice, h('p', {}, w.t('badFactsOther')));
  else fill(notice, h('p', {}, w.t('badFacts')), h('ul', {}, ...items.map(item => h('li', {}, item))), h('p', {}, w.t('badFactsAfter')));
  return notice;
}
