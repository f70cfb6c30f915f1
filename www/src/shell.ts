// What every page has around its content: demo bar, header, language switch, live region.
import { loadCustomer, loadCustomers, picker, type Customer, type CustomerEntry } from './customers';
import { fill, h, type Child } from './dom';
import { loadEngine, type Engine, type Locale } from './engine';
import { fromAddress, type FlatFacts } from './facts';
import { addressIn, locale, t, useAddressLocale, type Text } from './i18n';

const PAGES: { name: Text; file: string }[] = [{ name: 'orderPage', file: 'order.html' }, { name: 'memberPage', file: 'member.html' }, { name: 'rulesPage', file: 'rules.html' }];

/** What a page has to go by. */
export interface Context {
  engine: Engine | null;
  /** The customer chosen in the demo. */
  customer: Customer | undefined;
  /** What the address hands over. */
  handed: FlatFacts;
}

/** Shows a page once the engine is there, or known not to be; `prepare` answers with what draws the content. */
export async function openPage(title: Text, prepare: (context: Context) => () => Child[]): Promise<void> {
  const address = new URLSearchParams(location.search);
  const handed = fromAddress(address);
  const show = (engine: Engine | null) => showPage(title, customers, prepare({ engine, customer, handed }));
  const loading = loadEngine(engine => show(engine));
  const customers = Object.keys(handed).length > 0 && !address.has('customer') ? [] : await loadCustomers();
  const customer = await loadCustomer(customers);
  show(await loading);
}

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
      h('div', { id: 'announcement', class: 'unseen', role: 'status', 'aria-live': 'polite' }));
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
