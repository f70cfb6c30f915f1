// The files that the package's GUIDE.md shows, as they stand there.

import { readFileSync } from 'node:fs';

/** A name of a file on a line of its own, and a block of code after it. */
const FILE = /^`([^`\n]+)`:\n\n```\w+\n(.*?)^```$/gms;
const MOST_LINES = 20;

/** The files of one section, each with its name and its code. */
export function filesOf(project, section) {
  const guide = readFileSync(`${project.folder}/node_modules/@ekuaiji/preflight/GUIDE.md`, 'utf8');
  const text = guide.split(/^##+ /m).find((part) => part.startsWith(`${section}\n`));
  if (!text) throw new Error(`GUIDE.md has no section "${section}"`);
  const files = [...text.matchAll(FILE)].map(([, name, code]) => ({ name, code }));
  if (files.length === 0) throw new Error(`the section "${section}" of GUIDE.md has no file`);
  return files;
}

/** Writes the files of one quickstart into the project; their names. */
export function writeFiles(project, section) {
  const files = filesOf(project, section);
  for (const { name, code } of files) {
    const lines = code.trimEnd().split('\n').length;
    if (lines >= MOST_LINES) throw new Error(`${name} in "${section}" of GUIDE.md has ${lines} lines; a quickstart has fewer than ${MOST_LINES}`);
    project.write(name, code);
  }
  return files.map(({ name }) => name);
}
