// How values are shown: the engine's labels, and the few words that the pages add to them.
import type { Fact, FactPath } from './engine';
import { factAt } from './facts';
import { locale, t, type Text } from './i18n';

/** What the empty value of a fact means, where it is an answer of its own. */
const EMPTY: { readonly [fact in FactPath]?: Text } = {
  'opened': 'noneOpened',
  'activation.account': 'shownBlank',
  'activation.notices': 'noNotices',
  'order.phone': 'cannotSay',
};

/** What a field offers for `empty`, if that is an answer. */
export function emptyLabel(fact: Fact): string | undefined {
  const text = EMPTY[fact.path];
  return text && t(text);
}

/** The values that a field offers, with their labels; none where anything can be written. */
export function options(fact: Fact): { name: string; label: string }[] {
  if (fact.type === 'flag') return [{ name: 'true', label: t('yes') }, { name: 'false', label: t('no') }];
  return (fact.values || []).map(({ name, zh, en }) => ({ name, label: locale() === 'en' ? en.charAt(0).toUpperCase() + en.slice(1) : zh }));
}

/** How a value of the fact at `path` is shown: by its label, if it has one, and masked where it names a person. */
export function valueLabel(path: FactPath, value: unknown): string {
  const fact = factAt(path) as Fact;
  const option = options(fact).find(({ name }) => name === String(value));
  return option ? option.label : fact.personal ? masked(String(value)) : String(value);
}

/** An account or phone with so much of it hidden that only its owner knows it. */
function masked(account: string): string {
  return /^\d{11,}$/.test(account) ? account.replace(/^(...).*(....)$/, '$1****$2') : account.replace(/^(.)[^@]*/, '$1***');
}
