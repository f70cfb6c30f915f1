// The run as JUnit XML, for a build server.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { failureText } from './report.mjs';

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;', '\t': '&#9;', '\r': '&#13;' };

/** Text with what XML 1.0 can't hold (control characters, halves of surrogate pairs, U+FFFE, U+FFFF) replaced. */
const clean = (text) => text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
const attribute = (text) => clean(text).replace(/[&<>"\n\t\r]/g, (c) => ENTITIES[c]);
const content = (text) => clean(text).replace(/[&<>\r]/g, (c) => ENTITIES[c]);

const element = (name, attributes, children) => {
  const open = `<${name}${Object.entries(attributes).map(([key, value]) => ` ${key}="${attribute(String(value))}"`).join('')}`;
  return children === undefined ? `${open}/>` : `${open}>${children}</${name}>`;
};

const totals = (results) => ({
  tests: results.length,
  failures: results.filter(({ differences }) => differences.length > 0).length,
  errors: 0,
  skipped: 0,
  time: results.reduce((sum, { seconds }) => sum + seconds, 0).toFixed(6),
});

function testcase(result, suite) {
  const { scenario, differences, seconds } = result;
  const attributes = { name: scenario.title, classname: suite, file: scenario.file.path, line: scenario.line, time: seconds.toFixed(6) };
  if (differences.length === 0) return element('testcase', attributes);
  const message = `differs in ${differences.map(({ subject }) => subject).join(', ')}`;
  return element('testcase', attributes, `\n${element('failure', { message, type: 'difference' }, content(failureText(result)))}\n`);
}

/** Writes the results, a suite per scenario file, and the folders above `path` where they lack. */
export function writeJunit(path, results, startedAt) {
  const byFile = new Map();
  for (const result of results) {
    const { file } = result.scenario;
    byFile.set(file, [...(byFile.get(file) ?? []), result]);
  }
  const suites = [...byFile].map(([file, own]) => {
    const name = `${file.question}/${file.name}`;
    const attributes = { name, file: file.path, ...totals(own), timestamp: startedAt.toISOString().slice(0, 19) };
    return element('testsuite', attributes, `\n${own.map((result) => testcase(result, name)).join('\n')}\n`);
  });
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', { name: 'preflight scenarios', ...totals(results) }, `\n${suites.join('\n')}\n`)}\n`;
  mkdirSync(dirname(resolve(path)), { recursive: true });
  writeFileSync(path, xml);
}
