// What the person at the terminal reads.

import { uncovered } from './coverage.mjs';

const coloured = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code) => (text) => (coloured ? `\x1b[${code}m${text}\x1b[0m` : text);
export const red = paint(31);
export const green = paint(32);
export const dim = paint(2);
export const bold = paint(1);

const indent = (text) => text.replace(/^/gm, '    ');

/** Facts as JSON, with white space that can't be seen (U+3000 and the like) as escapes. */
function pretty(facts) {
  return JSON.stringify(facts, null, 2).replace(/[^\S \n]|[\u200b-\u200f\u2060]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function differenceText({ subject, lines }) {
  const width = Math.max(...Object.keys(lines).map((label) => label.length));
  return [subject, ...Object.entries(lines).map(([label, text]) => `  ${label.padEnd(width)}  ${text}`)].join('\n');
}

/** Place, facts and differences of a failed scenario, without colour. */
export function failureText({ scenario, differences }) {
  const { file, line, index, clause } = scenario;
  return [
    `${file.path}:${line} [${index}]${clause ? `, clause ${clause}` : ''}`,
    ...(scenario.terms === undefined ? [] : [`terms\n${pretty(scenario.terms)}`]),
    `facts\n${pretty(scenario.facts)}`,
    ...differences.map(differenceText),
  ].join('\n');
}

/** The line of a scenario and, where it failed or `verbose` asks, what stands behind it. */
export function scenarioText(result, verbose) {
  const { scenario, differences, checked } = result;
  const passed = differences.length === 0;
  const name = `${scenario.file.question}/${scenario.file.name}: ${scenario.title}`;
  const text = [passed ? `${green('✓')} ${name}` : red(`✗ ${name}`)];
  if (!passed || verbose) text.push(indent(failureText(result)));
  if (verbose) {
    const { value, error } = checked;
    text.push(indent(dim(value === undefined ? `check threw ${error?.stack ?? error}` : `check gave ${JSON.stringify(value)}`)));
  }
  return text.join('\n');
}

/** The coverage table. */
export function coverageText(rows) {
  const table = [
    ['question', 'rule', 'fired', 'out', 'open', 'conditions (✓ alone kept the rule from firing)'],
    ...rows.map((row) => [
      row.question,
      row.code,
      ...[row.fired, row.out, row.open].map(String),
      row.conditions.map(({ name, alone }) => (alone > 0 ? `✓ ${name}` : red(`✗ ${name}`))).join(' · '),
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...table.map((cells) => cells[column].length)));
  return table
    .map((cells, line) => {
      const text = cells.map((cell, i) => (i < 2 ? cell.padEnd(widths[i]) : i < 5 ? cell.padStart(widths[i]) : cell)).join('  ');
      if (line === 0) return bold(text);
      return `${text}${uncovered(rows[line - 1]) ? red('  ← not covered') : ''}`;
    })
    .join('\n');
}
