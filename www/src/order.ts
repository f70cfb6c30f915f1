// The order page: what is bought, whether that will work, and the way to the till.
import type { FactEntry, FactPath } from '@ekuaiji/preflight';
import type { AnswerDetail, ProceedDetail, StepDetail } from '@ekuaiji/preflight/elements';
import '@ekuaiji/preflight/elements';
import { facts as table } from '@ekuaiji/preflight/catalogue';
import { openDialog } from '../elements/dialog.js';
import { fill, h, say, type Child } from '../elements/dom.js';
import { factAt, flatten, nest, type FlatFacts } from '../elements/facts.js';
import { createField } from '../elements/fields.js';
import { valueLabel } from '../elements/labels.js';
import { createAdvice } from './advice';
import { purchaseFacts } from './customers';
import { locale, placeLabel, t, w, type Text } from './i18n';
import { openPage } from './shell';

openPage('orderTitle', ({ customer, handed }) => {
  const facts: FlatFacts = { ...(customer && purchaseFacts(customer)), ...handed };
  const check = h('preflight-purchase', { playground: 'try.html' });
  const pay = h('button', { id: 'pay', type: 'button', class: 'primary' });
  const till = h('div', { class: 'till' }, pay);
  const bought = h('div');
  const changes = h('div');
  const advice = createAdvice();
  check.facts = nest(facts);
  check.setAttribute('can-switch', 'pay_with order_ledgers'); // ledger, year and product are the software's
  check.attach(pay);
  followVerdict(check, till);

  const showPay = (verdict?: string) => {
    say(pay, w().t(verdict === 'warn' ? 'payWarn' : 'pay'));
    while (till.lastChild !== pay) till.removeChild(till.lastChild as Node); // drawn anew, it moves nothing
    if (verdict) till.append(h('p', { id: 'pay-why' }, check.why));
  };
  check.addEventListener('preflight-answer', event => {
    const { verdict } = (event as CustomEvent<AnswerDetail>).detail;
    document.documentElement.dataset.verdict = verdict;
    fill(bought, ...summaryList(flatten(check.facts)));
    showPay(verdict);
  });
  // The page's own facts take the step, so that they and the check say the same.
  check.addEventListener('preflight-step', event => {
    Object.assign(facts, (event as CustomEvent<StepDetail>).detail.changes);
    check.facts = nest(facts);
    const isEditing = !!changes.querySelector('details[open]');
    fill(changes, ...fields(facts, check));
    if (isEditing) (changes.firstChild as HTMLDetailsElement).open = true;
  });
  check.addEventListener('preflight-proceed', event => confirm(flatten(check.facts), (event as CustomEvent<ProceedDetail>).detail.unchecked));

  return () => {
    check.locale = locale();
    fill(bought, ...summaryList(flatten(check.facts)));
    fill(changes, ...fields(facts, check));
    showPay(document.documentElement.dataset.verdict);
    return [
      h('h1', {}, t('orderTitle')),
      h('div', { class: 'checkout' }, h('section', { class: 'card what' }, h('h2', {}, t('what')), bought, changes, advice.draw()), h('div', { class: 'check' }, check), till),
    ];
  };
});

/** On a phone the bar with the pay button says why only while the verdict itself is out of sight: the class is `away`. */
function followVerdict(check: HTMLElement, till: HTMLElement): void {
  const title = () => (check.shadowRoot as ShadowRoot).querySelector('[part=verdict] h2');
  const observer = new IntersectionObserver(entries => {
    for (const { target, isIntersecting } of entries) {
      if (target.isConnected) till.classList.toggle('away', !isIntersecting);
      else { // it was drawn anew
        observer.unobserve(target);
        observe();
      }
    }
  }, { rootMargin: '0px 0px -72px 0px' });
  const observe = () => {
    const target = title();
    if (target) observer.observe(target);
  };
  check.addEventListener('preflight-answer', observe);
}

/** While what was handed over is edited, its card scrolls by itself, so that verdict and pay button stay in sight. */
function showEditing(event: Event): void {
  const details = event.target as HTMLDetailsElement;
  (details.closest('.what') as HTMLElement).classList.toggle('editing', details.open);
}

/** What the software settles when it opens this page; a change here would move nothing there. */
const OF_SOFTWARE: readonly FactPath[] = ['product', 'entry', 'selected.ledger', 'selected.year'];

/** The fields that change the page's own facts. */
function fields(own: FlatFacts, check: HTMLElementTagNameMap['preflight-purchase']): Child[] {
  const settled = own['entry'] === 'website' ? [] : OF_SOFTWARE;
  const known = table.filter(({ path }) => own[path] !== undefined && path !== 'now' && !settled.includes(path));
  return [known.length > 0 && h('details', { id: 'change', toggle: showEditing }, h('summary', {}, t('whatChange')), h('p', { class: 'quiet' }, t('whatLead')), ...known.map(fact => {
    const field = createField(fact, w(), own[fact.path], true, typing => {
      if (typing) return;
      own[fact.path] = field.read();
      check.facts = nest(own);
    });
    return field.element;
  }))];
}

/** What the till is given. */
function summary(facts: FlatFacts): [Text, string][] {
  // An object is no value of any of these; the check refuses it and says so.
  const value = (path: FactPath) => facts[path] === undefined || typeof facts[path] === 'object' ? '' : valueLabel(path, facts[path], w());
  const place = (group: 'selected' | 'need') => {
    return placeLabel(value(`${group}.ledger` as FactPath), value(`${group}.year` as FactPath));
  };
  const rows: [Text, string][] = [
    ['tillEdition', value('edition') === value('product') ? '' : value('edition')], ['tillProduct', value('product')], ['tillPlace', place('selected')], ['whatNeeded', place('need')],
    ['tillQuantity', value('cloud.ordered')], ['tillAccount', value('member.account')], ['tillPayment', value('payment')],
  ];
  return rows.filter(([, value]) => value !== '');
}

function summaryList(facts: FlatFacts): Child[] {
  const rows = summary(facts);
  return [rows.length > 0 ? h('dl', {}, ...rows.map(([name, value]) => h('div', { class: name }, h('dt', {}, t(name)), h('dd', {}, value)))) : h('p', { class: 'quiet' }, t('whatNothing'))];
}

/** Shows what the till is given before it is, and what of it was not checked. */
function confirm(facts: FlatFacts, unchecked: readonly FactPath[]): void {
  const rows = summary(facts);
  const done = h('p', { role: 'status' });
  openDialog(document.body, [t('confirmTitle')], w(), () => [
    h('div', { id: 'confirm' },
      h('p', { class: 'quiet' }, t(rows.length > 0 ? 'confirmLead' : 'confirmNothing')),
      rows.length > 0 && summaryList(facts)[0],
      unchecked.length > 0 && h('div', { class: 'notice' }, h('p', {}, w().t('unchecked_facts')), h('ul', {}, ...unchecked.map(path => h('li', {}, w().of((factAt(path) as FactEntry).ask))))),
      h('div', { class: 'buttons' }, h('button', { type: 'button', class: 'primary', click: () => say(done, t('confirmDone')) }, t('confirmGo'))),
      done),
  ]);
}
