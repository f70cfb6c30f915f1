// custom-elements.json and web-types.json: they name what the elements have in a browser, and the README what they name.

import { readFileSync } from 'node:fs';

import { serve, visit } from '../lib.mjs';

export default async function (project) {
  const folder = `${project.folder}/node_modules/@ekuaiji/preflight`;
  const read = (name) => JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'));
  const { declarations } = read('custom-elements.json').modules[0];
  const names = (list) => list.map(({ name }) => name).sort();

  project.write('index.html', '<!doctype html><meta charset="utf-8"><title>elements</title><script type="module" src="node_modules/@ekuaiji/preflight/elements.js"></script>\n');
  const found = await serve(project.folder, (address) => visit(address + 'index.html', (page) => page.evaluate(async (tags) => {
    const found = {};
    for (const tag of tags) {
      const { observedAttributes, prototype } = await customElements.whenDefined(tag);
      found[tag] = { attributes: [...observedAttributes], has: [] };
      for (let at = prototype; at !== HTMLElement.prototype; at = Object.getPrototypeOf(at)) found[tag].has.push(...Object.getOwnPropertyNames(at));
    }
    return found;
  }, declarations.map(({ tagName }) => tagName))));

  const source = readFileSync(`${folder}/elements.js`, 'utf8');
  for (const { tagName, description, attributes, members, events, cssParts, cssProperties } of declarations) {
    const { attributes: observed, has } = found[tagName];
    same(names(attributes), observed.filter((name) => name !== 'lang').sort(), `the attributes of <${tagName}>`);
    for (const { name, description } of [...attributes, ...members, ...events, ...cssParts]) {
      if (!description) throw new Error(`${name} of <${tagName}> has no description`);
    }
    if (!description) throw new Error(`<${tagName}> has no description`);
    for (const name of names(members)) if (!has.includes(name)) throw new Error(`<${tagName}> has no ${name}`);
    for (const name of [...[...names(events), ...names(cssParts)].map((name) => `"${name}"`), ...names(cssProperties)]) {
      if (!source.includes(name)) throw new Error(`elements.js has no ${name}`);
    }
    const told = read('web-types.json').contributions.html.elements.find(({ name }) => name === tagName);
    same(names(told.attributes), names(attributes), `the attributes of <${tagName}> in web-types.json`);
    same(names(told.css.parts), names(cssParts), `the parts of <${tagName}> in web-types.json`);
    same(names(told.js.events), names(events), `the events of <${tagName}> in web-types.json`);
  }
  const readme = readFileSync(`${folder}/README.md`, 'utf8');
  const told = [...readme.match(/Parts:([^.]*)\./)[1].matchAll(/`([\w-]+)`/g)].map(([, name]) => name);
  same(told.sort(), [...new Set(declarations.flatMap(({ cssParts }) => names(cssParts)))].sort(), 'the parts in README.md');
  for (const name of names(declarations[0].cssProperties)) {
    if (!readme.includes(name.replace('--preflight', '').replace('-soft', ''))) throw new Error(`README.md has no ${name}`);
  }
}

function same(actual, expected, what) {
  const [told, wanted] = [actual, expected].map((value) => JSON.stringify(value));
  if (told !== wanted) throw new Error(`${what}: expected ${wanted}, got ${told}`);
}
