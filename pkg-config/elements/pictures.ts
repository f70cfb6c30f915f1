import type { Explanation, Facts, Locale, Question } from '@ekuaiji/preflight';

export function pictures(_question: Question, _facts: Facts, _explanation: Explanation, _locale: Locale): SVGElement[] {
  return [];
}
