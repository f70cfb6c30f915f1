// The member center: each order with its refund button, and why it is as it is.
import { orderFacts, type Customer } from './customers';
import { openDialog } from './dialog';
import { fill, h, say } from './dom';
import type { Engine, Explanation, FactPath, Verdict } from './engine';
import { ask, factAt, type Asked, type FlatFacts } from './facts';
import { addressNotice, createForm, report } from './form';
import { endOf, locale, moment, t, type Text } from './i18n';
import { valueLabel } from './labels';
import { openPage } from './shell';
import * as view from './view';

interface ListedOrder { number: string | undefined; facts: FlatFacts }

const verdictTitle = (verdict: Verdict) => t(('refund_' + verdict) as Text);

openPage('memberTitle', ({ engine, customer, handed }) => {
  const orders = ordersOf(customer, handed);
  return () => [
    h('h1', {}, customer ? t('ordersOf', { name: customer.name }) : t('memberTitle')),
    ...(engine ? listed(engine, orders, customer, handed) : [unchecked()]),
  ];
});

/** The customer's orders; without a customer, the one that the address hands over, if it does. */
function ordersOf(customer: Customer | undefined, handed: FlatFacts): ListedOrder[] {
  if (customer) return customer.orders.map(order => ({ number: order.number, facts: { ...orderFacts(customer, order), ...handed } }));
  return Object.keys(handed).some(factAt) ? [{ number: undefined, facts: handed }] : [];
}

/** The facts with the time in them: the customer's own, or the clock's. */
const atNow = (facts: FlatFacts): FlatFacts => ({ now: Date.now(), ...facts });

function unchecked(): HTMLElement {
  document.documentElement.dataset.verdict = 'unavailable';
  return view.banner('unavailable', t('unavailable'), t('unavailableMember'));
}

function listed(engine: Engine, orders: ListedOrder[], customer: Customer | undefined, handed: FlatFacts): (HTMLElement | null)[] {
  if (orders.length === 0) {
    return [h('p', { class: 'notice' }, t(customer ? 'noOrders' : new URLSearchParams(location.search).get('customer') ? 'noSuchCustomer' : 'chooseCustomer'))];
  }
  const cards = orders.map(order => createCard(engine, order, tell));
  function tell(): void {
    document.documentElement.dataset.verdict = cards.map(card => card.element.dataset.verdict).join(' ');
  }
  tell();
  const refused = (cards[0] as Card).refused.filter(({ path }) => path in handed);
  report(refused);
  return [
    customer ? h('p', { class: 'quiet' }, t('asOf', { when: moment(customer.now) })) : null,
    addressNotice(engine, 'refund', refused),
    h('ul', { class: 'orders' }, ...cards.map(({ element }) => element)),
  ];
}

interface Card { element: HTMLElement; refused: Asked['refused'] }

/** An order in the list; `changed` is called when its answer is another one. */
function createCard(engine: Engine, order: ListedOrder, changed: () => void): Card {
  const { facts } = order;
  const element = h('li', { class: 'card order' });
  let asked = ask(engine, 'refund', atNow(facts), locale());

  const name = facts['product'] === undefined ? t('thisOrder') : valueLabel('product', facts['product']);

  function draw(): void {
    const { explanation } = asked;
    const { verdict, reasons: [reason] } = explanation;
    const button = h('button', {
      type: 'button',
      class: verdict === 'allow' || verdict === 'warn' ? 'primary' : false,
      'aria-label': t('refundOf', { button: t(('refundButton_' + verdict) as Text), order: name }),
      'aria-haspopup': 'dialog',
      click: openRoute,
    }, t(('refundButton_' + verdict) as Text));
    element.dataset.verdict = verdict;
    fill(element,
      h('div', { class: 'about' },
        h('h2', {}, name),
        h('p', { class: 'quiet' }, about(order)),
        h('p', { class: 'why' }, view.tag(verdict, verdictTitle(verdict)), reason ? reason.text : t('refund_unknown_lead')),
        deadline(explanation)),
      h('div', { class: 'act' }, button));
  }

  function openRoute(): void {
    openDialog(t('refundOf', { button: t(('refundButton_' + asked.explanation.verdict) as Text), order: name }), () => {
      const form = createForm(engine, 'refund', facts, facts, again);
      const head = h('div');
      const body = h('div', { id: 'route' });
      function again(): void {
        asked = ask(engine, 'refund', atNow(facts), locale());
        form.show(asked);
        fill(head, ...outcome(asked.explanation));
        fill(body, ...route(asked.explanation, order));
        view.announce(verdictTitle(asked.explanation.verdict));
      }
      again();
      return [head, form.parts.asked, body, form.parts.optional];
    }, () => {
      draw();
      changed();
      (element.querySelector('button') as HTMLElement).focus();
    });
  }

  draw();
  return { element, refused: asked.refused };
}

/** What is known of an order, in one line. */
function about({ number, facts }: ListedOrder): string {
  const value = (fact: FactPath) => facts[fact] === undefined ? '' : valueLabel(fact, facts[fact]);
  return [
    number ? t('orderNumber') + number : '',
    value('edition'),
    [value('selected.ledger'), value('selected.year')].filter(Boolean).join(' '),
    value('order.status'),
    facts['order.paidAt'] === undefined ? '' : t('paidAt') + moment(facts['order.paidAt'] as string | number),
    facts['order.invoice'] === undefined ? '' : t('invoice') + value('order.invoice'),
    facts['order.reason'] === undefined ? '' : t('reason') + value('order.reason'),
  ].filter(Boolean).join(' · ');
}

function deadline({ verdict, stableUntil }: Explanation): HTMLElement | null {
  const selfService = verdict === 'allow' || verdict === 'warn';
  return selfService && stableUntil ? h('p', { class: 'deadline' }, t('selfServiceUntil', { when: endOf(stableUntil) })) : null;
}

function outcome(explanation: Explanation): (HTMLElement | null)[] {
  const { verdict } = explanation;
  return [view.banner(verdict, verdictTitle(verdict), verdict === 'unknown' ? t('purchase_unknown_lead') : '', 'h3'), deadline(explanation)];
}

/** How the refund is had: reasons, steps, what to have at hand, dates and contact. */
function route(explanation: Explanation, order: ListedOrder): (HTMLElement | null)[] {
  const { verdict } = explanation;
  const selfService = verdict === 'allow' || verdict === 'warn';
  const done = h('p', { role: 'status' });
  return [
    view.reasons(explanation),
    view.plan(explanation, verdictTitle),
    verdict === 'refer' ? haveReady(explanation, order) : null,
    selfService ? h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'primary', click: () => say(done, t('submitted')) }, t('submitRefund'))) : null,
    selfService ? done : null,
    view.notes(explanation),
    view.contact(explanation),
    view.receipt(explanation),
  ];
}

function haveReady({ contact }: Explanation, { number, facts }: ListedOrder): HTMLElement {
  const phone = facts['order.phone'];
  const items = [
    number && t('haveOrder', { number }),
    typeof phone === 'string' && phone.trim() !== '' ? t('havePhone', { phone: valueLabel('order.phone', phone) }) : t('havePhoneUnknown'),
    facts['order.invoice'] !== 'none' && facts['edition'] === 'cloud' && t('haveInvoice'),
    contact.joinNote && t('haveNote', { note: contact.joinNote }),
  ];
  return h('section', { class: 'part ready' }, h('h3', {}, t('haveReady')), h('ul', {}, ...items.filter((item): item is string => !!item).map(item => h('li', {}, item))));
}
