// How values and sources are shown: the engine's labels, and the few words that are added to them.
import type { Bilingual, FactEntry, FactPath } from '@ekuaiji/preflight';
import { articles } from '@ekuaiji/preflight/catalogue';
import { factAt } from './facts.js';
import type { Text, Words } from './words.js';

/** A label of the engine where it stands alone: in English it begins with a capital letter there. */
export function capitalized(label: Bilingual, w: Words): string {
  const text = w.of(label);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What a field offers for `empty`, if that is an answer. */
export function emptyLabel(fact: FactEntry, w: Words): string | undefined {
  return fact.blank ? w.t(('empty_' + fact.path) as Text) : undefined;
}

/** The values that a field offers, with their labels; none where anything can be written. */
export function options(fact: FactEntry, w: Words): { name: string; label: string }[] {
  if (fact.type === 'flag') return [{ name: 'true', label: w.t('yes') }, { name: 'false', label: w.t('no') }];
  return (fact.values || []).map(value => ({ name: value.name, label: capitalized(value, w) }));
}

/** How a value of the fact at `path` is shown: by its label, if it has one, and masked where it names a person. */
export function valueLabel(path: FactPath, value: unknown, w: Words): string {
  const fact = factAt(path) as FactEntry;
  const empty = Array.isArray(value) ? value.length === 0 : String(value).trim() === '';
  if (empty && fact.blank) return emptyLabel(fact, w) as string;
  if (Array.isArray(value)) return value.map(item => valueLabel(path, item, w)).join(w.t('listComma'));
  if (fact.type === 'time') return w.moment(value as string | number);
  const option = options(fact, w).find(({ name }) => name === String(value));
  return option ? option.label : fact.personal ? masked(String(value)) : String(value);
}

/** An account or phone as the engine shows it in explanations: with so much of it hidden that only its owner knows it. */
function masked(account: string): string {
  // What the engine takes for a separator: dashes, dots, and all that is invisible. Full width becomes ASCII.
  const plain = account.normalize('NFKC');
  const number = /^[\d\s()+*\p{Pd}−·・•\p{Cc}\p{Cf}\p{M}]+$/u.test(plain) ? plain.replace(/[^\d*]/g, '').replace(/^(?:00)?86(?=\d{11}$|\d*\*)/, '') : '';
  if (number.length >= 11) return number.replace(/^(...).*(....)$/, '$1****$2');
  // A phone number may stand where the host of an e-mail address would.
  const host = /@[a-z\d.-]+$/i.exec(account);
  return account.charAt(0) + '***' + (host && !/\d{7}/.test(host[0]) ? host[0] : '');
}

/** How a fact is called: by its term in Chinese, by its path in English. */
export function factLabel(path: FactPath, w: Words): string {
  const fact = factAt(path);
  return fact && w.locale !== 'en' ? fact.term : path;
}

/** The titles of the article that citations call `name`. */
export function articleOf(name: string): Bilingual {
  return articles.find(article => article.name === name) || { zh: name, en: name };
}

/** Where a clause stands: the article's title, and the section unless it is what the article opens with. */
export function place(article: string, section: string, w: Words): string {
  const title = w.of(articleOf(article));
  if (section === '0') return title;
  return title + ' · ' + (section === 'example' ? w.t('sectionExample') : w.t('section', { number: section }));
}
