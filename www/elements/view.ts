// How an explanation is shown: verdict, reasons, plan, notes, contact and receipt.
import type { Action, Cited, Explanation, FactValues, Plan, Verdict } from '@ekuaiji/preflight';
import { labels } from '@ekuaiji/preflight/catalogue';
import { copy, h, prose, say, type Child } from './dom.js';
import { capitalized, place, valueLabel } from './labels.js';
import type { Text, Words } from './words.js';

/** What is shown: the engine's verdict, or why there is none. */
export type State = Verdict | 'waiting' | 'unavailable';

const ICONS: { [state in State]: string } = {
  allow: 'M6 12.5l4 4 8-9',
  warn: 'M12 6v7M12 16.5v1',
  refer: 'M7 8h10v7h-5l-3 3v-3H7z',
  block: 'M7.5 7.5l9 9M16.5 7.5l-9 9',
  unknown: 'M9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M12 16.5v1',
  waiting: 'M12 7v5l3 2',
  unavailable: 'M7 12h10',
};

function icon(state: State): Element {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', ICONS[state]);
  svg.append(path);
  return svg;
}

/** The verdict at the head of an answer. */
export function banner(state: State, title: string, lead: HTMLElement | string | null, heading: 'h2' | 'h3' = 'h2'): HTMLElement {
  return h('div', { class: 'banner', part: 'verdict', 'data-state': state }, icon(state), h('div', {}, h(heading, { tabindex: '-1' }, title), typeof lead === 'string' && lead ? h('p', {}, ...prose(lead)) : lead));
}

/** What is the matter, in one sentence: the first one of the first reason. */
export function gist({ reasons }: Explanation): string {
  const text = reasons[0] ? reasons[0].text : '';
  return (/^.*?(。|\.(?= |$))/.exec(text) || [text])[0] as string;
}

/** A small mark with the verdict, for lists. */
export function tag(state: State, text: string): HTMLElement {
  return h('span', { class: 'tag', 'data-state': state }, text);
}

export function section(title: string, part: string, ...children: Child[]): HTMLElement {
  return h('section', { class: 'part', part }, h('h3', { tabindex: '-1' }, title), ...children);
}

/** Why: each fired rule's text, its clause, and the conditions that it rests on. */
export function reasons(reasons: Explanation['reasons'], w: Words, title: Text = 'reasons'): HTMLElement | null {
  if (reasons.length === 0) return null;
  return section(w.t(title), title, h('ul', { class: 'reasons' }, ...reasons.map(({ severity, text, clause, because, code }) =>
    h('li', { 'data-state': severity, 'data-code': code },
      tag(severity, capitalized(labels.severity[severity], w)),
      h('p', {}, ...prose(text)),
      h('details', {},
        h('summary', {}, w.t('basis') + ' ' + [clause.id, ...clause.also].filter(Boolean).join(w.t('listComma'))),
        h('p', { class: 'quiet' }, source(clause, w)),
        h('p', { class: 'quiet' }, w.t('because')),
        h('ul', {}, ...because.map(({ text }) => h('li', {}, ...prose(text)))))))));
}

function source({ id, article, section, stated }: Cited, w: Words): string {
  return [article && section && place(article, section, w), (!id || stated !== 'stated') && w.of(id ? labels.stated[stated] : labels.noClause)].filter(Boolean).join(' · ');
}

/** A step of a plan that can be taken on the spot: what its button says, and the new values of facts by path. */
interface Choice { label: string; changes: FactValues }

/** How a purchase can take the step itself; none where only the person can. */
function choices({ action, changes }: Plan['steps'][number], w: Words): Choice[] {
  switch (action.name) {
    case 'select_ledger_year': {
      const { ledger, year } = action;
      const label = ledger === undefined ? w.t('step_select_year', { year: String(year) })
        : year === undefined ? w.t('step_select_ledger', { ledger }) : w.t('step_select_ledger_year', { ledger, year });
      return [{ label, changes }];
    }
    case 'buy': {
      const { product, ledger, year } = action;
      const name = valueLabel('product', product, w);
      const place = [ledger, year !== undefined && w.t('picture_year', { year })].filter(Boolean).join(w.t('picture_space'));
      const label = place ? w.t('step_buy_in', { product: name, place }) : w.t('step_buy', { product: name });
      return [{ label, changes }];
    }
    case 'pay_with':
      // The engine tries one of these payments; the buyer chooses among all that will do.
      return action.payment.map(payment => ({ label: w.t('step_pay_with', { payment: valueLabel('payment', payment, w) }), changes: { ...changes, payment } }));
    case 'order_ledgers':
      return [{ label: w.t('step_order_ledgers', { count: action.count }), changes }];
    default: return [];
  }
}

/** Whether a step is taken inside the accounting software, where no page can take it for the buyer. */
export const isInSoftware = ({ name }: Action): boolean => name === 'select_ledger_year' || name === 'buy';

/** How a step is taken inside the software, in words. */
export function inSoftware(action: Action, w: Words): string {
  if (action.name !== 'select_ledger_year' && action.name !== 'buy') return '';
  const { ledger, year } = action;
  const place = [ledger, year !== undefined && w.t('picture_year', { year })].filter(Boolean).join(w.t('picture_space'));
  if (action.name === 'select_ledger_year') return w.t('software_select', { place });
  const product = valueLabel('product', action.product, w);
  return place ? w.t('software_buy_in', { place, product }) : w.t('software_buy', { product });
}

/** Steps with buttons: which of them get one, and what is done when it is pressed. */
export interface Taking {
  can(action: Action, changes: FactValues): boolean;
  take(action: Action, changes: FactValues): void;
}

/**
 * What to do, step by step, and what the engine will answer then; other ways of the same length after it.
 * With `taking`, steps that can be taken on the spot have buttons, and for those inside the software it says where they are taken.
 */
export function plan({ verdict, plan, alternatives }: Explanation, w: Words, verdictTitle: (verdict: Verdict) => string, taking?: Taking): HTMLElement | null {
  if (plan.steps.length === 0) return null;
  const offered = (step: Plan['steps'][number]): Choice[] => taking && taking.can(step.action, step.changes) ? choices(step, w) : [];
  const way = ({ steps, leadsTo }: Plan): HTMLElement => h('div', { class: 'way' },
    h('ol', { class: 'steps' }, ...steps.map(step => {
      const { actor, action, text } = step;
      const buttons = offered(step);
      return h('li', { 'data-action': action.name, 'data-actor': actor },
        h('span', {}, ...prose(text)),
        taking && isInSoftware(action) && buttons.length === 0 && h('p', { class: 'quiet' }, w.t('software_only')),
        buttons.length > 0 && h('div', { class: 'buttons' }, ...buttons.map(({ label, changes }, place) =>
          h('button', { type: 'button', part: 'step', class: place === 0 && 'primary', click: () => (taking as Taking).take(action, changes) }, label))));
    })),
    leadsTo && leadsTo.verdict !== verdict && h('p', { class: 'quiet' }, w.t('leadsTo', { verdict: verdictTitle(leadsTo.verdict) })));
  // The way that can be taken on the spot comes first; as far as steps go they are equal.
  const ways = [plan, ...alternatives];
  const hasButtons = ({ steps }: Plan) => Number(steps.some(step => offered(step).length > 0));
  ways.sort((one, other) => hasButtons(other) - hasButtons(one));
  return section(w.t('plan'), 'plan', ...([] as Child[]).concat(...ways.map((one, place) => [place > 0 && h('p', { class: 'or' }, w.t('orElse')), way(one)])));
}

export function notes({ notes }: Explanation, title: string): HTMLElement | null {
  return notes.length > 0 ? section(title, 'notes', h('ul', { class: 'notes' }, ...notes.map(({ code, text }) => h('li', { 'data-code': code }, ...prose(text))))) : null;
}

/** The contact in one line. */
export function contact({ contact }: Explanation): HTMLElement {
  return h('p', { class: 'part contact', part: 'contact' }, ...prose(contact.text));
}

/** A button that copies `text`, called `name`, and where it says so. */
function copier(text: string, name: string, w: Words, told: HTMLElement): HTMLElement {
  return h('button', {
    type: 'button', class: 'small', 'aria-label': w.t('copyOf', { text: name }),
    click: () => say(told, w.t(copy(text) ? 'copiedText' : 'notCopiedText', { text: name })),
  }, w.t('copy'));
}

/** The ways to reach support, each to copy or to follow. */
export function contacts({ text, qqGroup, qqGroupName, joinNote, phone, email, address }: Explanation['contact'], w: Words): HTMLElement {
  const told = h('p', { class: 'quiet', role: 'status' });
  const copyable = (text: string): Child => h('span', { class: 'whole' }, text, ' ', copier(text, text, w, told));
  const row = (name: Text, ...value: Child[]) => h('div', {}, h('dt', {}, w.t(name)), h('dd', {}, ...value));
  return h('div', { class: 'part contacts', part: 'contact' }, h('dl', {},
    (qqGroup || qqGroupName) && row('group', copyable((qqGroup || qqGroupName) as string), qqGroup && qqGroupName && h('span', { class: 'quiet' }, qqGroupName)),
    joinNote && text.includes(joinNote) && row('joinNote', copyable(joinNote)),
    phone && row('phone', h('a', { class: 'whole', href: 'tel:' + phone.replace(/[^\d+]/g, '') }, phone)),
    email && row('email', h('a', { class: 'whole', href: 'mailto:' + email }, email)),
    address && row('address', copyable(address))), told);
}

/** What the check rests on and, where there is a playground, the address at which support can repeat it. */
export function receipt({ receipt }: Explanation, w: Words, playground?: string): HTMLElement {
  const lines = Object.entries(receipt).filter(([, value]) => value !== null).map(([name, value]) => w.t('receipt_line', { name: w.t(('receipt_' + name) as Text), value: String(value) })).join('\n');
  const copied = playground ? lines + '\n' + playground : lines;
  const told = h('p', { class: 'quiet', role: 'status' });
  return h('details', { class: 'receipt', part: 'receipt' }, h('summary', {}, w.t('receipt')), h('p', { class: 'quiet' }, w.t(playground ? 'receiptLead' : 'receiptLead_bare')), h('pre', {}, lines),
    playground && h('p', {}, h('a', { href: playground, target: '_blank', rel: 'noopener' }, w.t('receipt_playground'))), copier(copied, w.t('receipt'), w, told), told);
}

/** Until when one can apply for the refund oneself or, once it is `applied` for, until when it is due; nothing where there is no such time. */
export function deadline({ verdict, stableUntil }: Explanation, applied: boolean, w: Words): HTMLElement | null {
  const selfService = verdict === 'allow' || verdict === 'warn';
  return selfService && stableUntil ? h('p', { class: 'deadline', part: 'until' }, ...prose(w.t(applied ? 'untilReviewed' : 'until', { when: w.endOf(stableUntil) }))) : null;
}
