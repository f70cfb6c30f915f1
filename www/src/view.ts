// How an explanation is shown: verdict, reasons, plan, notes, contact and receipt.
import { h, say, type Child } from './dom';
import type { Explanation, Plan, Verdict } from './engine';
import { t, type Text } from './i18n';
import { place } from './labels';

/** What a page shows: the engine's verdict, or why there is none. */
export type State = Verdict | 'unavailable';

const ICONS: { [state in State]: string } = {
  allow: 'M6 12.5l4 4 8-9',
  warn: 'M12 6v7M12 16.5v1',
  refer: 'M7 8h10v7h-5l-3 3v-3H7z',
  block: 'M7.5 7.5l9 9M16.5 7.5l-9 9',
  unknown: 'M9.5 9.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M12 16.5v1',
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
export function banner(state: State, title: string, lead: string, heading: 'h2' | 'h3' = 'h2'): HTMLElement {
  return h('div', { class: 'banner', 'data-state': state }, icon(state), h('div', {}, h(heading, {}, title), lead && h('p', {}, lead)));
}

/** A small mark with the verdict, for lists. */
export function tag(state: State, text: string): HTMLElement {
  return h('span', { class: 'tag', 'data-state': state }, text);
}

function section(title: string, ...children: Child[]): HTMLElement {
  return h('section', { class: 'part' }, h('h3', {}, title), ...children);
}

/** Why: each fired rule's text, its clause, and the conditions that it rests on. */
export function reasons({ reasons }: Explanation): HTMLElement | null {
  if (reasons.length === 0) return null;
  return section(t('reasons'), h('ul', { class: 'reasons' }, ...reasons.map(({ severity, text, clause, because, code }) =>
    h('li', { 'data-state': severity, 'data-code': code },
      tag(severity, t(('severity_' + severity) as Text)),
      h('p', {}, text),
      h('details', {},
        h('summary', {}, [t('basis'), clause.id, ...clause.also].filter(Boolean).join(' ')),
        h('p', { class: 'quiet' }, source(clause)),
        h('p', { class: 'quiet' }, t('because')),
        h('ul', {}, ...because.map(({ text }) => h('li', {}, text))))))));
}

function source({ article, section, stated }: Explanation['reasons'][number]['clause']): string {
  return [article && section && place(article, section), stated !== 'stated' && t(('stated_' + stated) as Text)].filter(Boolean).join(' · ');
}

/** What to do, step by step, and what the engine will answer then; other ways of the same length after it. */
export function plan({ verdict, plan, alternatives }: Explanation, verdictTitle: (verdict: Verdict) => string): HTMLElement | null {
  if (plan.steps.length === 0) return null;
  const way = ({ steps, leadsTo }: Plan): Child[] => [
    h('ol', { class: 'steps' }, ...steps.map(({ actor, action, text }) =>
      h('li', { 'data-action': action.name, 'data-actor': actor }, text))),
    leadsTo && leadsTo.verdict !== verdict && h('p', { class: 'quiet' }, t('leadsTo', { verdict: verdictTitle(leadsTo.verdict) })),
  ];
  const others = alternatives.map(other => [h('p', { class: 'or' }, t('orElse')), ...way(other)]);
  return section(t('plan'), ...way(plan), ...([] as Child[]).concat(...others));
}

export function notes({ notes }: Explanation): HTMLElement | null {
  return notes.length > 0 ? section(t('notes'), h('ul', { class: 'notes' }, ...notes.map(({ code, text }) => h('li', { 'data-code': code }, text)))) : null;
}

export function contact({ contact }: Explanation): HTMLElement {
  return h('p', { class: 'part contact' }, contact.text);
}

/** What support needs to repeat the check. */
export function receipt({ receipt }: Explanation): HTMLElement {
  const lines = Object.entries(receipt).map(([name, value]) => `${name}: ${value}`);
  return h('details', { class: 'receipt' }, h('summary', {}, t('receipt')), h('p', { class: 'quiet' }, t('receiptLead')), h('pre', {}, lines.join('\n')));
}

const SETTLED_MS = 500;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Tells a screen reader the verdict, once, when it has changed and stayed so for a moment. */
export function announce(text: string): void {
  if (timer !== undefined) clearTimeout(timer);
  timer = setTimeout(() => {
    const region = document.getElementById('announcement');
    if (region) say(region, text);
  }, SETTLED_MS);
}
