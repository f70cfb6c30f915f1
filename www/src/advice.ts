// What to do when the payment page does not open: asked of the engine, question by question.
import type { Engine } from '@ekuaiji/preflight';
import { CHECKS } from '../elements/checks.js';
import { fill, h, prose } from '../elements/dom.js';
import { ask, type FlatFacts } from '../elements/facts.js';
import { createForm } from '../elements/form.js';
import { loadEngine } from '../elements/loading.js';
import * as view from '../elements/view.js';
import { t, w } from './i18n';

/** The advice, kept through a change of language; `draw` gives it in the one shown. */
export function createAdvice(): { draw(): HTMLElement } {
  const answers: FlatFacts = {};
  return {
    draw() {
      const body = h('div');
      const show = (engine: Engine | null) => fill(body, ...engine ? asked(engine, answers) : [h('ol', { class: 'checks' }, ...CHECKS.page.map(check => h('li', {}, ...prose(w().of(check)))))]);
      const advice: HTMLDetailsElement = h('details', { id: 'advice', toggle: () => { if (advice.open && !body.firstChild) loadEngine(show).then(show); } },
        h('summary', {}, t('adviceTitle')), body);
      return advice;
    },
  };
}

function asked(engine: Engine, answers: FlatFacts): HTMLElement[] {
  const words = w();
  const advice = h('div', { role: 'status' });
  const form = createForm(words, answers, {}, answer);
  function answer(): void {
    const result = ask(engine, 'page', answers, words.locale);
    form.show(result);
    const { reasons, verdict, contact } = result.explanation;
    fill(advice, ...reasons.map(({ code, text }) => h('p', { 'data-code': code }, ...prose(text))), verdict === 'refer' && view.contacts(contact, words));
  }
  answer();
  form.parts.asked.className = 'asked';
  return [form.parts.asked, advice];
}
