// The invented customers of the demo, as a shop's backend would answer for them.
import { h } from '../elements/dom.js';
import type { FlatFacts } from '../elements/facts.js';
import { pick } from './handed';
import { locale, named, t } from './i18n';

export interface CustomerEntry { id: string; name: string; about: { zh: string; en: string } }

/** One ledger and year in the software. */
interface LedgerYear { ledger: string; year: number; opened: string[]; vouchers: { saved: number; bought: number } }

export interface Order { number: string; order: object; [fact: string]: unknown }

/** A backend's answer: what isn't named here are facts, under the names that facts have. */
export interface Customer {
  id: string;
  name: string;
  now: string;
  ledgers: LedgerYear[];
  wants: object;
  orders: Order[];
}

const sample = (name: string) => 'sample/' + encodeURIComponent(name) + '.json';

async function fetchJson<T>(address: string): Promise<T> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status + ' for ' + address);
  return answer.json() as Promise<T>;
}

/** The index of customers; empty when it can't be read. */
export async function loadCustomers(): Promise<CustomerEntry[]> {
  try {
    return await fetchJson<CustomerEntry[]>(sample('customers'));
  } catch (error) {
    console.warn('preflight: no sample data', error);
    return [];
  }
}

/** The customer that the address names; `undefined` when it names none, or none there is. */
export async function loadCustomer(entries: CustomerEntry[]): Promise<Customer | undefined> {
  const id = new URLSearchParams(location.search).get('customer');
  if (!entries.some(entry => entry.id === id)) return undefined;
  try {
    return await fetchJson<Customer>(sample(id as string));
  } catch (error) {
    console.warn('preflight: no sample data', error);
    return undefined;
  }
}

/** The facts of the purchase that a customer wants to make. */
export function purchaseFacts(customer: Customer): FlatFacts {
  const facts = pick({ ...customer, ...customer.wants });
  const state = customer.ledgers.find(({ ledger, year }) => ledger === facts['need.ledger'] && year === facts['need.year']);
  return state ? { ...facts, ...pick(state) } : facts;
}

/** The facts of one order of a customer. */
export function orderFacts(customer: Customer, order: Order): FlatFacts {
  return pick({ ...customer, ...order });
}

/** The picker: a plain form that opens the same page for another customer. */
export function picker(entries: CustomerEntry[]): HTMLElement {
  const chosen = new URLSearchParams(location.search).get('customer');
  const language = named(locale());
  return h('form', { class: 'demo', method: 'get', 'aria-label': t('demo') },
    h('span', { class: 'tag' }, t('demo')),
    h('label', { for: 'customer' }, t('demoCustomer')),
    h('select', { id: 'customer', name: 'customer' },
      h('option', { value: '' }, t('demoNobody')),
      ...entries.map(({ id, name, about }) => h('option', { value: id, selected: id === chosen }, name + ' · ' + (locale() === 'en' ? about.en : about.zh)))),
    language && h('input', { type: 'hidden', name: 'lang', value: language }),
    h('button', { type: 'submit' }, t('demoOpen')));
}
