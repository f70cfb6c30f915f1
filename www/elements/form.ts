// The questions to a person: a field for each fact that is asked for, kept where the reader saw it first.
import type { FactEntry, FactPath, FactsError } from '@ekuaiji/preflight';
import { facts as table } from '@ekuaiji/preflight/catalogue';
import { fill, h, say } from './dom.js';
import { factAt, type Asked, type FlatFacts } from './facts.js';
import { createField, type Field } from './fields.js';
import type { Words } from './words.js';

/** Unanswered questions shown at once; the rest follow as answers come in. */
const AT_ONCE = 4;

type Place = 'asked' | 'optional';

/** Whether a fact settles which other questions are put at all: it is asked first, and nothing else with it. */
export const isDecisive = (path: FactPath): boolean => path === 'edition' || path === 'product';

/** What a form keeps besides the answers, through a change of language. */
export interface Doubts {
  /** What the person can't say now. */
  unsure: Set<FactPath>;
  /** What the person said to the ledger and year where the purchase was started, and to which. */
  needed?: { at: string; answer: Needed };
}

/** Whether the purchase is needed in the ledger and year where it was started. */
type Needed = 'yes' | 'no' | 'unsure';

export interface Form {
  /** Where each kind of field is put: asked for, asked for though no verdict hangs on it. */
  readonly parts: { readonly [place in Place]: HTMLElement };
  /** Shows the fields that the answer calls for, and what was wrong with their values. */
  show(asked: Asked): void;
  /** How many questions keep the verdict open, and can still be answered. */
  readonly open: number;
  /** Whether more of them may follow than can be seen now. */
  readonly mayAskMore: boolean;
  /** What keeps the verdict open because the person can't say it now. */
  readonly unchecked: readonly FactPath[];
  focusFirstOpen(): void;
}

/**
 * A form that holds its answers in `answers`, besides what is `given`; `changed` is called after they took one.
 * With `doubts`, a person can say of each question to be unsure of it, and where the purchase is needed is asked
 * by naming the place where it was started.
 */
export function createForm(w: Words, answers: FlatFacts, given: FlatFacts, changed: () => void, doubts?: Doubts): Form {
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
  let unchecked: FactPath[] = [];
  let mayAskMore = false;
  let needed: NeededQuestion | undefined;
  /** The field that is being typed in: too early to say that its value is wrong. */
  let typing: string | undefined;

  function fieldOf(path: FactPath): Field {
    let field = fields.get(path);
    if (!field) {
      const made = createField(factAt(path) as FactEntry, w, path in answers ? answers[path] : given[path], false, unfinished => {
        typing = unfinished ? path : undefined;
        answers[path] = Object.freeze(made.read()); // `facts` hands it out
        if (doubts) {
          if (made.isUnsure()) doubts.unsure.add(path);
          else doubts.unsure.delete(path);
        }
        changed();
      }, doubts && doubts.unsure.has(path));
      fields.set(path, field = made);
    }
    return field;
  }

  /** Asks whether the purchase is needed where it was started, as far as the host says where that was and not where it is needed. */
  function askNeeded(accepted: FlatFacts, missing: readonly string[]): NeededQuestion | undefined {
    if (!doubts) return undefined;
    const parts = (['ledger', 'year'] as const).filter(part => accepted['selected.' + part] !== undefined && !(('selected.' + part) in answers) && !(('need.' + part) in given));
    const paths = parts.map(part => ('need.' + part) as FactPath);
    const values: FlatFacts = {};
    for (const part of parts) values[part] = accepted['selected.' + part];
    const at = JSON.stringify(values);
    const said = doubts.needed && doubts.needed.at === at ? doubts.needed.answer : undefined;
    const typed = !said && paths.some(path => answers[path] !== undefined);
    if (typed || !paths.some(path => missing.includes(path)) && !said) return undefined;
    if (needed && needed.at === at) return { ...needed, said };
    const { ledger, year } = values as { ledger?: string; year?: number };
    const place = ledger !== undefined && year !== undefined ? w.t('place', { ledger, year }) : ledger !== undefined ? ledger : w.t('placeYear', { year: String(year) });
    const field = createNeeded(place, w, said, answer => {
      doubts.needed = { at, answer };
      for (const part of parts) {
        const path = ('need.' + part) as FactPath;
        fields.delete(path); // made anew with the value that it has then
        answers[path] = answer === 'yes' ? values[part] : undefined;
        if (answer === 'unsure') doubts.unsure.add(path);
        else doubts.unsure.delete(path);
      }
      changed();
    });
    return { at, paths, field, said };
  }

  /** Lays the fields of one place out in table order, without touching those that already stand right. */
  function layOut(place: Place, shown: ReadonlySet<string>): void {
    const wanted: HTMLElement[] = [];
    for (const { path } of table) {
      if (!shown.has(path) || places.get(path) !== place) continue;
      if (needed && needed.paths.includes(path)) {
        if (!wanted.includes(needed.field.element)) wanted.push(needed.field.element);
        if (needed.said !== 'no') continue;
      }
      wanted.push(fieldOf(path).element);
    }
    for (const element of Array.from(lists[place].children) as HTMLElement[]) if (!wanted.includes(element)) lists[place].removeChild(element);
    wanted.forEach((element, position) => {
      const standing = lists[place].children[position] || null;
      if (standing !== element) lists[place].insertBefore(element, standing);
    });
    parts[place].hidden = wanted.length === 0;
  }

  /** How many questions ask for `paths`: where the purchase is needed is one, as long as nothing else was said to it. */
  function turnsOf(paths: readonly FactPath[]): number {
    return new Set(paths.map(path => needed && needed.said !== 'no' && needed.paths.includes(path) ? 'needed' : path)).size;
  }

  return {
    parts,
    get open() { return turnsOf(open); },
    get mayAskMore() { return mayAskMore; },
    get unchecked() { return unchecked; },
    focusFirstOpen() {
      const path = open.find(path => places.get(path) === 'asked') || open[0];
      if (!path) return;
      if (needed && needed.said !== 'no' && needed.paths.includes(path)) needed.field.focus();
      else fieldOf(path).focus();
    },
    show({ explanation, accepted, refused }) {
      const root = parts.asked.getRootNode() as Document | ShadowRoot;
      const active = 'activeElement' in root ? root.activeElement : null;
      const inHand = Array.from(fields.keys()).find(path => fieldOf(path as FactPath).element.contains(active));
      needed = askNeeded(accepted, explanation.missing.map(({ fact }) => fact));
      const keepOpen = explanation.missing.filter(({ needed }) => needed).map(({ fact }) => fact);
      unchecked = keepOpen.filter(path => doubts && doubts.unsure.has(path));
      open = keepOpen.filter(path => !unchecked.includes(path));
      const decisive = open.filter(isDecisive);
      const asking = decisive.length > 0 ? decisive : open;
      const now = asking.filter((_, position) => turnsOf(asking.slice(0, position + 1)) <= AT_ONCE);
      mayAskMore = now.length < open.length;
      const shown = new Set<string>(Object.keys(answers).filter(path => answers[path] !== undefined && places.has(path)));
      for (const path of unchecked) shown.add(path);
      for (const { path } of refused) {
        if (!factAt(path)) continue;
        shown.add(path);
        if (!places.has(path)) places.set(path, 'asked');
      }
      for (const path of now) {
        shown.add(path);
        if (path !== inHand) places.set(path, 'asked');
      }
      for (const { fact, needed } of explanation.missing) {
        if (needed || decisive.length > 0) continue;
        shown.add(fact);
        if (!places.has(fact)) places.set(fact, 'optional');
      }
      if (inHand !== undefined) shown.add(inHand);
      (['asked', 'optional'] as const).forEach(place => layOut(place, shown));
      say(more, mayAskMore ? w.t('moreQuestions') : '');
      for (const [path, field] of fields) {
        const wrong = refused.find(other => other.path === path);
        if (!wrong) field.complain('');
        else if (path !== typing) field.complain(complaint(path, wrong.error, w));
      }
    },
  };
}

/** The question whether the purchase is needed where it was started: the place, the facts it answers, and what was said. */
interface NeededQuestion { at: string; paths: readonly FactPath[]; field: { element: HTMLElement; focus(): void }; said: Needed | undefined }

function createNeeded(place: string, w: Words, said: Needed | undefined, answered: (answer: Needed) => void): NeededQuestion['field'] {
  const texts: [Needed, string][] = [['yes', w.t('placeYes')], ['no', w.t('placeNo')], ['unsure', w.t('notSure')]];
  const inputs = texts.map(([answer]) => {
    const input = h('input', { type: 'radio', name: 'fact-need', id: 'fact-need-' + answer, value: answer, change: () => answered(answer) });
    input.checked = answer === said;
    return input;
  });
  return {
    element: h('fieldset', { class: 'field', 'data-fact': 'need' }, h('legend', {}, w.t('placeQuestion', { place })),
      h('div', { class: 'choices' }, ...inputs.map((input, position) => h('label', { class: 'choice' }, input, h('span', {}, (texts[position] as [Needed, string])[1]))))),
    focus() { (inputs.find(({ checked }) => checked) || inputs[0] as HTMLElement).focus(); },
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
