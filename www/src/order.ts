// The order page: decides before paying whether the purchase will work.
import { purchaseFacts } from './customers';
import { fill, h, say } from './dom';
import type { Engine, Explanation, FactPath, Verdict } from './engine';
import { ask, type Asked, type FlatFacts } from './facts';
import { addressNotice, AT_ONCE, createForm, report } from './form';
import { locale, t, type Text } from './i18n';
import { valueLabel } from './labels';
import { openPage } from './shell';
import * as view from './view';

/** What the till is given. */
const TILL: readonly (readonly [FactPath, Text])[] = [
  ['edition', 'tillEdition'], ['product', 'tillProduct'], ['selected.ledger', 'tillLedger'], ['selected.year', 'tillYear'],
  ['cloud.ordered', 'tillQuantity'], ['member.account', 'tillAccount'], ['payment', 'tillPayment'],
];

const verdictTitle = (verdict: Verdict) => t(('purchase_' + verdict) as Text);

/** The button that leads to the till, and the panel that says what the till is given. */
function createPayment() {
  const why = h('p', { id: 'pay-why' });
  const button = h('button', { id: 'pay', type: 'button', class: 'primary', 'aria-describedby': 'pay-why' });
  const panel = h('section', { id: 'confirm', class: 'card', hidden: true, 'aria-labelledby': 'confirm-title' });
  const element = h('div', { class: 'pay' }, button, why, panel);
  let open = false;
  let facts: FlatFacts = {};
  let refusedTo = () => {};

  button.addEventListener('click', () => {
    if (!open) return refusedTo();
    const rows = TILL.filter(([fact]) => facts[fact] !== undefined);
    const done = h('p', { role: 'status' });
    const close = () => {
      panel.hidden = true;
      button.focus();
    };
    fill(panel,
      h('h2', { id: 'confirm-title', tabindex: '-1' }, t('confirmTitle')),
      h('p', { class: 'quiet' }, t(rows.length > 0 ? 'confirmLead' : 'confirmNothing')),
      h('dl', {}, ...rows.map(([fact, name]) => h('div', {}, h('dt', {}, t(name)), h('dd', {}, valueLabel(fact, facts[fact]))))),
      h('div', { class: 'buttons' },
        h('button', { type: 'button', class: 'primary', click: () => say(done, t('confirmDone')) }, t('confirmGo')),
        h('button', { type: 'button', click: close }, t('confirmBack'))),
      done);
    panel.onkeydown = event => { if (event.key === 'Escape') close(); };
    panel.hidden = false;
    (panel.firstElementChild as HTMLElement).focus();
  });

  return {
    element,
    /** Opens the way to the till with `paid`, or closes it; a click then does `elsewhere`. */
    set(state: view.State, text: string, paid: FlatFacts, elsewhere: () => void) {
      open = state === 'allow' || state === 'warn' || state === 'unavailable';
      facts = paid;
      refusedTo = elsewhere;
      panel.hidden = true;
      say(button, t(state === 'warn' ? 'payWarn' : 'pay'));
      button.setAttribute('aria-disabled', String(!open));
      say(why, text);
    },
  };
}

/** One line on whether this free edition may buy at all. */
function activationLine({ explanation: { verdict, codes }, accepted }: Asked): HTMLElement | null {
  if (accepted['edition'] !== 'free_lifetime' || verdict === 'unknown') return null;
  return h('p', { class: 'activation', 'data-state': verdict, 'data-codes': codes.join(' ') }, view.tag(verdict, t(('severity_' + verdict) as Text)), t(('activation_' + verdict) as Text));
}

/** What is bought, and where. */
function subject(facts: FlatFacts): string {
  const parts: FactPath[] = ['product', 'selected.ledger', 'selected.year'];
  return parts.filter(fact => facts[fact] !== undefined).map(fact => valueLabel(fact, facts[fact])).join(' · ');
}

const firstSentence = (text: string) => (/^.*?(。|\.(?= |$))/.exec(text) || [text])[0] as string;

function payWhy({ verdict, reasons }: Explanation, openQuestions: number): string {
  const reason = reasons[0];
  if (openQuestions > AT_ONCE) return t('payWhy_unknown_many');
  return t(('payWhy_' + verdict) as Text, { count: openQuestions, reason: reason ? firstSentence(reason.text) : '' });
}

openPage('orderTitle', ({ engine, customer, handed }) => {
  const given: FlatFacts = { ...(customer && purchaseFacts(customer)), ...handed };
  const facts: FlatFacts = { now: Date.now(), ...given };
  return () => engine ? checked(engine, facts, given) : unchecked(facts);
});

function title(): HTMLElement {
  return h('h1', {}, t('orderTitle'));
}

function unchecked(facts: FlatFacts): HTMLElement[] {
  document.documentElement.dataset.verdict = 'unavailable';
  const payment = createPayment();
  payment.set('unavailable', t('payWhy_unavailable'), facts, () => {});
  return [title(), view.banner('unavailable', t('unavailable'), t('unavailableOrder')), payment.element];
}

function checked(engine: Engine, facts: FlatFacts, given: FlatFacts): (HTMLElement | null)[] {
  const form = createForm(engine, 'purchase', facts, given, answer);
  const lead = h('p', { class: 'lead' });
  const head = h('div');
  const notice = h('div');
  const grounds = h('div', { id: 'answer' });
  const rest = h('div', { class: 'after' });
  const aside = h('div');
  const payment = createPayment();
  let shown = '';
  let unusable = -1;

  function answer(): Asked {
    const asked = ask(engine, 'purchase', facts, locale());
    const activation = ask(engine, 'activation', facts, locale());
    const { explanation, accepted } = asked;
    const { verdict } = explanation;
    form.show(asked);
    payment.set(verdict, payWhy(explanation, form.open), accepted, () => {
      const target = verdict === 'unknown' ? null : grounds.querySelector<HTMLElement>('h3');
      if (!target) return form.focusFirstOpen();
      target.tabIndex = -1;
      target.focus();
    });
    const left = asked.refused.filter(({ path }) => path in given && facts[path] === given[path]);
    if (left.length !== unusable) {
      unusable = left.length;
      fill(notice, addressNotice(engine, 'purchase', left));
    }
    const content = JSON.stringify([explanation, activation]);
    if (content !== shown) {
      shown = content;
      say(lead, subject(accepted));
      fill(head, view.banner(verdict, verdictTitle(verdict), t(('purchase_' + verdict + '_lead') as Text)), activationLine(activation));
      const bySupport = explanation.plan.steps.some(({ actor }) => actor === 'support');
      fill(grounds, view.reasons(explanation), view.plan(explanation, verdictTitle), bySupport && view.contact(explanation));
      fill(rest, view.notes(explanation));
      fill(aside, !bySupport && view.contact(explanation), view.receipt(explanation));
    }
    document.documentElement.dataset.verdict = verdict;
    view.announce(verdictTitle(verdict));
    return asked;
  }

  report(answer().refused);
  return [
    title(),
    lead,
    h('div', { class: 'columns' },
      h('div', { class: 'main' }, head, notice, form.parts.asked, grounds, payment.element, form.parts.optional, rest),
      h('div', { class: 'side' }, form.parts.known, aside)),
  ];
}
