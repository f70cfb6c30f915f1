// The way in: leads to the pages.
import { h } from '../elements/dom.js';
import { addressIn, locale, t } from './i18n';
import { showPage } from './shell';

showPage('indexTitle', [], () => [
  h('h1', {}, t('indexTitle')),
  h('p', { class: 'lead' }, t('indexLead')),
  h('ul', { class: 'ways' },
    h('li', {}, h('a', { class: 'card', href: addressIn(locale(), 'order.html', '') }, t('indexOrder'))),
    h('li', {}, h('a', { class: 'card', href: addressIn(locale(), 'member.html', '') }, t('indexMember'))),
    h('li', {}, h('a', { class: 'card', href: addressIn(locale(), 'rules.html', '') }, t('indexRules'))),
    h('li', {}, h('a', { class: 'card', href: addressIn(locale(), 'try.html', '') }, t('indexTry')))),
]);
