// The member center: each order, whether, how and until when it can be refunded, and the way there.
import type { FactPath } from '@ekuaiji/preflight';
import type { AnswerDetail } from '@ekuaiji/preflight/elements';
import '@ekuaiji/preflight/elements';
import { h, say, type Child } from '../elements/dom.js';
import { factAt, nest, type FlatFacts } from '../elements/facts.js';
import { valueLabel } from '../elements/labels.js';
import { orderFacts, type Customer } from './customers';
import { locale, placeLabel, t, w } from './i18n';
import { openPage } from './shell';

interface ListedOrder { number: string | undefined; facts: FlatFacts; refund: HTMLElementTagNameMap['preflight-refund']; verdict?: string }

openPage('memberTitle', ({ customer, handed }) => {
  const orders = ordersOf(customer, handed);
  for (const order of orders) {
    order.refund.addEventListener('preflight-answer', event => {
      order.verdict = (event as CustomEvent<AnswerDetail>).detail.verdict;
      const verdicts = orders.map(({ verdict }) => verdict);
      if (verdicts.every(Boolean)) document.documentElement.dataset.verdict = verdicts.join(' ');
    });
  }
  return () => [
    h('h1', {}, customer ? t('ordersOf', { name: customer.name }) : t('memberTitle')),
    customer && orders.length > 0 && h('p', { class: 'quiet' }, t('asOf', { when: w().moment(customer.now) })),
    orders.length > 0 ? h('ul', { class: 'orders' }, ...orders.map(row)) : nothing(customer),
  ];
});

/** The customer's orders; without a customer, the one that the address hands over, if it does. */
function ordersOf(customer: Customer | undefined, handed: FlatFacts): ListedOrder[] {
  const list = (number: string | undefined, facts: FlatFacts): ListedOrder => {
    const refund = h('preflight-refund', { playground: 'try.html' });
    if (number) refund.number = number;
    refund.facts = nest(facts);
    return { number, facts, refund };
  };
  if (customer) return customer.orders.map(order => list(order.number, { ...orderFacts(customer, order), ...handed }));
  return Object.keys(handed).some(factAt) ? [list(undefined, handed)] : [];
}

function nothing(customer: Customer | undefined): HTMLElement {
  return h('p', { class: 'notice' }, t(customer ? 'noOrders' : new URLSearchParams(location.search).get('customer') ? 'noSuchCustomer' : 'chooseCustomer'));
}

function row({ number, facts, refund }: ListedOrder): HTMLElement {
  const done = h('p', { class: 'done', role: 'status' });
  refund.locale = locale();
  // The demo has no till to give anything back: it says so where a shop would open its form.
  refund.addEventListener('preflight-apply', () => say(done, t('submitted')));
  const name = facts['product'] === undefined ? w().t('thisOrder') : valueLabel('product', facts['product'], w());
  return h('li', { class: 'card order' },
    h('div', { class: 'about' }, h('h2', {}, name), h('p', { class: 'quiet' }, ...([] as Child[]).concat(...about(number, facts).map(item => [h('span', {}, item), ' '])))),
    refund, done);
}

/** Whether the date that follows says the order's status as well. */
const dated = (facts: FlatFacts) => facts['order.status'] === 'paid' && facts['order.paidAt'] !== undefined || facts['order.status'] === 'applied' && facts['order.appliedAt'] !== undefined;

/** What is known of an order, item by item. */
function about(number: string | undefined, facts: FlatFacts): string[] {
  const value = (fact: FactPath) => facts[fact] === undefined ? '' : valueLabel(fact, facts[fact], w());
  return [
    number ? t('orderNumber') + number : '',
    value('edition') === value('product') ? '' : value('edition'),
    placeLabel(value('selected.ledger'), value('selected.year')),
    dated(facts) ? '' : value('order.status'),
    facts['order.paidAt'] === undefined ? '' : t('paidAt') + value('order.paidAt'),
    facts['order.appliedAt'] === undefined ? '' : t('appliedAt') + value('order.appliedAt'),
    facts['order.invoice'] === undefined ? '' : t('invoice') + value('order.invoice'),
    facts['order.reason'] === undefined ? '' : t('reason') + value('order.reason'),
  ].filter(Boolean);
}
