// One form field for one fact, chosen by the fact's type; what it reads is what the engine is given.
import type { FactEntry, FactPath } from '@ekuaiji/preflight';
import { h, say } from './dom.js';
import { wholeNumber } from './facts.js';
import { emptyLabel, options } from './labels.js';
import { wallClock, type Words } from './words.js';

export interface Field {
  readonly path: FactPath;
  readonly element: HTMLElement;
  /** The fact's value; `undefined` while it isn't known. */
  read(): unknown;
  /** Whether the person says that the value can't be given now. */
  isUnsure(): boolean;
  /** Shows what is wrong with the value, or that nothing is. */
  complain(text: string): void;
  focus(): void;
}

/** The parts of a field that depend on its type: controls that take the error's id, and their value. */
interface Control { element: HTMLElement; inputs: HTMLElement[]; grouped: boolean; read(): unknown; isUnsure?(): boolean }

/**
 * A field for `fact` that holds `value`; a `compact` one takes a single line where it can.
 * `changed` is told whether the change may be half of one. With `unsure`, whether the person is so now, every kind
 * of field has a box to say it; without, only those with a choice.
 */
export function createField(fact: FactEntry, w: Words, value: unknown, compact: boolean, changed: (typing: boolean) => void, unsure?: boolean): Field {
  const id = 'fact-' + fact.path.replace('.', '-');
  const plain = createControl(fact, w, id, value, compact, unsure);
  const control = unsure === undefined || plain.isUnsure ? plain : orUnsure(w, id, plain, unsure);
  const label = h(control.grouped ? 'legend' : 'label', control.grouped ? {} : { for: id }, w.of(fact.ask));
  const problem = h('p', { class: 'problem', id: id + '-problem' });
  const element = h(control.grouped ? 'fieldset' : 'div', { class: 'field', 'data-fact': fact.path }, label, control.element, problem);
  for (const type of ['input', 'change']) element.addEventListener(type, () => changed(type === 'input'));
  for (const input of control.inputs) input.setAttribute('aria-describedby', problem.id);
  return {
    path: fact.path,
    element,
    read: control.read,
    isUnsure: () => !!control.isUnsure && control.isUnsure(),
    complain(text) {
      say(problem, text);
      element.classList.toggle('wrong', text !== '');
      for (const input of control.inputs) input.setAttribute('aria-invalid', String(text !== ''));
    },
    focus() {
      const chosen = control.inputs.find(input => (input as HTMLInputElement).checked);
      (chosen || control.inputs[0] as HTMLElement).focus();
    },
  };
}

function createControl(fact: FactEntry, w: Words, id: string, value: unknown, compact: boolean, unsure: boolean | undefined): Control {
  switch (fact.type) {
    case 'set': return checkboxes(fact, w, id, value);
    case 'choice':
    case 'flag': return compact || options(fact, w).length > 4 ? select(fact, w, id, value) : radios(fact, w, id, value, !!unsure);
    case 'texts': return orEmpty(fact, w, id, lines(w, id, value), [], value);
    default: {
      const input = text(fact, id, value);
      return emptyLabel(fact, w) === undefined ? input : orEmpty(fact, w, id, input, '', value);
    }
  }
}

function choice(type: 'radio' | 'checkbox', id: string, value: string, label: string, checked: boolean): { row: HTMLElement; input: HTMLInputElement } {
  const input = h('input', { type, name: id, id: id + '-' + value, value });
  input.checked = checked;
  return { input, row: h('label', { class: 'choice' }, input, h('span', {}, label)) };
}

/** The value that an option's name stands for. */
function named(fact: FactEntry, name: string): unknown {
  return fact.type === 'flag' && name !== '' ? name === 'true' : name || undefined;
}

function radios(fact: FactEntry, w: Words, id: string, value: unknown, unsure: boolean): Control {
  const choices = options(fact, w).map(({ name, label }) => choice('radio', id, name, label, String(value) === name));
  const notSure = choice('radio', id, '', w.t('notSure'), unsure);
  return {
    element: h('div', { class: 'choices' }, ...choices.map(({ row }) => row), notSure.row),
    inputs: [...choices, notSure].map(({ input }) => input),
    grouped: true,
    read() {
      const chosen = choices.find(({ input }) => input.checked);
      return chosen && named(fact, chosen.input.value);
    },
    isUnsure: () => notSure.input.checked,
  };
}

function select(fact: FactEntry, w: Words, id: string, value: unknown): Control {
  const element = h('select', { id }, h('option', { value: '' }, w.t('choose')),
    ...options(fact, w).map(({ name, label }) => h('option', { value: name, selected: name === String(value) }, label)));
  return { element, inputs: [element], grouped: false, read: () => named(fact, element.value) };
}

function checkboxes(fact: FactEntry, w: Words, id: string, value: unknown): Control {
  const given = Array.isArray(value) ? value : undefined;
  const choices = options(fact, w).map(({ name, label }) => choice('checkbox', id, name, label, !!given && given.includes(name)));
  const none = choice('checkbox', id, 'none', emptyLabel(fact, w) || '', !!given && given.length === 0);
  const chosen = () => choices.filter(({ input }) => input.checked).map(({ input }) => input.value);
  none.input.addEventListener('change', () => { if (none.input.checked) for (const { input } of choices) input.checked = false; });
  for (const { input } of choices) input.addEventListener('change', () => { none.input.checked = false; });
  return {
    element: h('div', { class: 'choices' }, ...choices.map(({ row }) => row), none.row),
    inputs: [...choices, none].map(({ input }) => input),
    grouped: true,
    read: () => none.input.checked ? [] : chosen().length > 0 ? chosen() : undefined,
  };
}

function text(fact: FactEntry, id: string, value: unknown): Control {
  const time = fact.type === 'time';
  const input = h('input', {
    id,
    type: time ? 'datetime-local' : 'text',
    autocomplete: 'off',
    inputmode: fact.type === 'integer' ? 'numeric' : undefined,
  });
  if (value !== undefined) input.value = time ? wallClock(value as string | number) : String(value);
  return {
    element: input,
    inputs: [input],
    grouped: false,
    read() {
      if (input.value === '') return undefined;
      if (time) return input.value + ':00+08:00';
      return fact.type === 'integer' ? wholeNumber(input.value) : input.value;
    },
  };
}

function lines(w: Words, id: string, value: unknown): Control {
  const area = h('textarea', { id, rows: '2', placeholder: w.t('onePerLine') });
  if (Array.isArray(value)) area.value = value.join('\n');
  return {
    element: area,
    inputs: [area],
    grouped: false,
    read() {
      const given = area.value.split('\n').filter(line => line.trim() !== '');
      return given.length > 0 ? given : undefined;
    },
  };
}

/** `control` with a box below it that says: known to be `empty`. */
function orEmpty(fact: FactEntry, w: Words, id: string, control: Control, empty: unknown, value: unknown): Control {
  const none = choice('checkbox', id, 'none', emptyLabel(fact, w) || '', JSON.stringify(value) === JSON.stringify(empty));
  const input = control.inputs[0] as HTMLInputElement;
  none.input.addEventListener('change', () => { if (none.input.checked) input.value = ''; });
  input.addEventListener('input', () => { none.input.checked = false; });
  return {
    ...control,
    element: h('div', {}, control.element, none.row),
    inputs: [...control.inputs, none.input],
    read: () => none.input.checked ? empty : control.read(),
  };
}

/** `control` with a box after it that says: not known now. Either is emptied when the other is used. */
function orUnsure(w: Words, id: string, control: Control, unsure: boolean): Control {
  const { input, row } = choice('checkbox', id, 'unsure', w.t('notSure'), unsure);
  row.classList.add('unsure');
  const inputs = control.inputs as HTMLInputElement[];
  const element = control.element.localName === 'div' ? control.element : h('div', {}, control.element);
  element.append(row);
  for (const type of ['input', 'change']) element.addEventListener(type, event => { if (event.target !== input) input.checked = false; });
  input.addEventListener('change', () => {
    if (!input.checked) return;
    for (const other of inputs) {
      if (/^(radio|checkbox)$/.test(other.type)) other.checked = false;
      else other.value = '';
    }
  });
  return { ...control, element, inputs: [...inputs, input], isUnsure: () => input.checked };
}
