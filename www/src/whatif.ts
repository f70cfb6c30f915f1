// What if a rule only warned: worked out on the page from the engine's own trace, and only where that can be trusted.
import type { Code, Severity, Trace, Verdict } from '@ekuaiji/preflight';
import { fill, h, say } from '../elements/dom.js';
import { t, verdictName, w } from './i18n';

type Rule = Pick<Trace['rules'][number], 'code' | 'severity' | 'state'>;

const RISING: readonly Severity[] = ['allow', 'warn', 'refer', 'block'];
const rank = (severity: Severity) => RISING.indexOf(severity);
const highest = (rules: readonly Rule[]) => Math.max(-1, ...rules.map(({ severity }) => rank(severity)));

/** The verdict where some rule fires: the highest severity, unless a rule that is open and more than a warning outranks it. */
function verdictOf(rules: readonly Rule[]): Verdict {
  const fired = highest(rules.filter(({ state }) => state === 'fired'));
  const open = highest(rules.filter(({ state }) => state === 'open'));
  return open > Math.max(fired, rank('warn')) ? 'unknown' : RISING[fired] as Verdict;
}

const isMore = ({ severity }: Rule) => rank(severity) > rank('warn');

/** A choice among the rules that keep the buyer from paying, and what the verdict would be if that one only warned. */
export function createWhatIf(): { element: HTMLElement; show(trace: Trace | undefined, verdict: Verdict | undefined): void } {
  const choice = h('select', { id: 'what-if', change: tell });
  const result = h('p', { id: 'what-if-result', class: 'quiet', role: 'status' });
  const element = h('div', { class: 'field' }, h('label', { for: choice.id }, t('whatIf')), choice, result);
  let rules: readonly Rule[] = [];

  function tell(): void {
    if (rules.length === 0) return say(result, t('whatIfNone'));
    const code = choice.value as Code | '';
    if (code === '') return say(result, t('whatIfLead'));
    const instead = rules.map(rule => rule.code === code ? { ...rule, severity: 'warn' as const } : rule);
    const others = instead.filter(rule => rule.state === 'fired' && rule.code !== code).map(({ code }) => code);
    say(result, t('whatIfThen', { code, verdict: verdictName(verdictOf(instead)) }) + (others.length > 0 ? t('whatIfOthers', { codes: others.join(w().t('listComma')) }) : '') + t('whatIfOnly'));
  }

  return {
    element,
    show(trace, verdict) {
      // The engine owns how severities become a verdict; where this reading of its trace differs, nothing is offered.
      rules = trace && trace.rules.some(({ state }) => state === 'fired') && verdictOf(trace.rules) === verdict ? trace.rules : [];
      const offered = rules.filter(rule => rule.state === 'fired' && isMore(rule)).map(({ code }) => code as string);
      if (offered.length === 0) rules = [];
      const chosen = choice.value;
      fill(choice, h('option', { value: '' }, w().t('choose')), ...offered.map(code => h('option', { value: code, selected: code === chosen }, code)));
      choice.disabled = offered.length === 0;
      tell();
    },
  };
}
