// The rules as the catalogue page has them, made from the engine's own tables, and how they are searched.
import type { Code, Facts, Question, Severity, Stated } from '@ekuaiji/preflight';
import data from 'preflight-rules.json';
import { factAt } from '../elements/facts.js';
import { articleOf } from '../elements/labels.js';

interface Both { zh: string; en: string }

export interface ConditionDoc extends Both { name: string; expected: boolean; onlyFor?: Question; anyOf?: ConditionDoc[][] }

export interface ClauseDoc { id: string; article: string; section: string; gist: Both }

/** A scenario in which the rule fires. */
export interface Example { question: Question; file: string; title: string; facts: Facts }

export interface RuleDoc extends Both {
  code: Code;
  severity: Severity;
  questions: Question[];
  /** What it is about, in Chinese; a blank line; why it is as it is, in English. */
  doc: string;
  conditions: ConditionDoc[];
  clauses: ClauseDoc[];
  stated: Stated;
  /** How far the text supports it, or that it is common sense. */
  basis: Both;
  /** Where numbers are published otherwise: sentences with both numbers. */
  differs?: Both[];
  steps: (Both & { name: string })[];
  examples: Example[];
}

/** Every rule, in the order of the catalogue. */
export const rulebook = data.rules as unknown as readonly RuleDoc[];

/** What the list is narrowed to; what is blank narrows nothing. */
export interface Filter { text: string; question: string; severity: string }

/** The words of a rule with the terms filled in, piece by piece: plain text, and the names of the values that a case fills in. */
export function pieces(template: string): { text: string; isName: boolean }[] {
  const filled = template.replace(/\{(terms\.[^}]*)\}/g, (_, path: string) => String(path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], data)));
  return filled.split(/\{([^}]*)\}/).map((text, position) => ({ text, isName: position % 2 === 1 }));
}

const normal = (text: string) => text.normalize('NFKC').toLowerCase();
const both = ({ zh, en }: Both) => [zh, en];

function conditionWords(condition: ConditionDoc): string[] {
  const parts = ([] as ConditionDoc[]).concat(...condition.anyOf || []);
  return ([condition.name, ...both(condition)]).concat(...parts.map(conditionWords));
}

/** Everything that a rule can be found by, in both languages, whichever is shown. */
function searchable(rule: RuleDoc): string {
  const named = pieces(rule.zh).map(({ text }) => (factAt(text) || { term: '' }).term);
  return normal(([rule.code, rule.doc, ...both(rule), ...named] as string[]).concat(
    ...rule.conditions.map(conditionWords),
    ...rule.clauses.map(({ id, article, gist }) => [id, article, ...both(articleOf(article)), ...both(gist)]),
    ...rule.steps.map(both)).join('\n'));
}

const texts = new Map(rulebook.map(rule => [rule, searchable(rule)] as [RuleDoc, string]));

/** Whether the rule is among those that the filter leaves: every word of its text stands in the rule. */
export function passes(rule: RuleDoc, { text, question, severity }: Filter): boolean {
  const found = texts.get(rule) as string;
  return (!question || (rule.questions as string[]).includes(question)) && (!severity || rule.severity === severity)
    && normal(text).split(/\s+/).every(word => found.includes(word));
}
