// What every page has around its content: demo bar, header, language switch, live region.
import type { Locale } from '@ekuaiji/preflight';
import { fill, h, liveRegion, type Child } from '../elements/dom.js';
import type { FlatFacts } from '../elements/facts.js';
import { loadEngine } from '../elements/loading.js';
import { loadCustomer, loadCustomers, picker, type Customer, type CustomerEntry } from './customers';
import { fromAddress } from './handed';
import { addressIn, locale, t, useAddressLocale, type Text } from './i18n';

const PAGES: { name: Text; file: string }[] = [{ name: 'orderPage', file: 'order.html' }, { name: 'memberPage', file: 'member.html' }, { name: 'rulesPage', file: 'rules.html' }, { name: 'tryPage', file: 'try.html' }];

/** What a page has to go by. */
export interface Context {
  /** The customer chosen in the demo. */
  customer: Customer | undefined;
  /** What the address hands over. */
  handed: FlatFacts;
}

/** Shows a page once it is known whose; `prepare` answers with what draws the content. */
export async function openPage(title: Text, prepare: (context: Context) => () => Child[]): Promise<void> {
  const engine = loadEngine(() => {}); // the page will need it: under way while the customer is fetched
  const address = new URLSearchParams(location.search);
  const handed = fromAddress(address);
  const customers = Object.keys(handed).length > 0 && !address.has('customer') ? [] : await loadCustomers();
  const customer = await loadCustomer(customers);
  // An engine that is all but there is waited for: the page is then laid out once, with its answer.
  await Promise.race([engine, new Promise(resolve => setTimeout(resolve, 50))]);
  showPage(title, customers, prepare({ customer, handed }));
}

const live = liveRegion();
live.element.id = 'announcement';
/** Tells a screen reader a text, once it has stayed the same for a moment. */
export const announce = live.announce;

/** Shows a page, and shows it again in the other language when asked; `content` is called each time. */
export function showPage(title: Text, customers: CustomerEntry[], content: () => Child[]): void {
  const draw = () => {
    useAddressLocale();
    document.title = t(title);
    fill(document.body,
      h('a', { class: 'skip', href: '#main' }, t('skip')),
      customers.length > 0 && picker(customers),
      h('header', {},
        h('a', { class: 'brand', href: addressIn(locale(), 'index.html', '') }, t('brand')),
        h('nav', { 'aria-label': t('navigation') }, ...PAGES.map(link)),
        languageSwitch(draw)),
      h('main', { id: 'main', tabindex: '-1' }, ...content()),
      live.element);
  };
  draw();
}

/** A link to a page that keeps the customer, and nothing else of the address. */
function link({ name, file }: { name: Text; file: string }): HTMLElement {
  const customer = new URLSearchParams(location.search).get('customer');
  const here = location.pathname.endsWith('/' + file);
  return h('a', { href: addressIn(locale(), file, customer ? 'customer=' + encodeURIComponent(customer) : ''), 'aria-current': here && 'page' }, t(name));
}

/** Puts another address of this page in the bar, and makes the language switch follow. */
export function setAddress(address: string): void {
  history.replaceState(null, '', address);
  const other = document.getElementById('language') as HTMLAnchorElement;
  other.href = addressIn(other.lang as Locale) + location.hash;
}

function languageSwitch(draw: () => void): HTMLElement {
  const other = locale() === 'en' ? 'zh-CN' : 'en';
  return h('a', {
    id: 'language', lang: other, hreflang: other, href: addressIn(other) + location.hash,
    click(event: MouseEvent) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      history.replaceState(null, '', addressIn(other) + location.hash);
      draw();
      (document.getElementById('language') as HTMLElement).focus();
    },
  }, t('otherLanguage'));
}
