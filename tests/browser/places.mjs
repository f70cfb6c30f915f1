// Every page in every state: what tests and screenshots walk through.
import { readdirSync, readFileSync } from 'node:fs';

const www = new URL('../../www/', import.meta.url);

/** A shop's own page, old-fashioned on purpose, in which only the two elements are ours. */
export const HOST = 'shop.html';

/** The invented customers of the demo. */
export const CUSTOMERS = JSON.parse(readFileSync(new URL('public/sample/customers.json', www), 'utf8')).map(({ id }) => id);

/** Pages that are about a customer, and answer: `data-verdict` of the root element says what. */
const ANSWERING = ['order.html', 'member.html'];

/** Addresses of every page, those that answer for each customer and for none. */
export const PLACES = readdirSync(www).filter(name => name.endsWith('.html')).sort().flatMap(name =>
  [name, ...ANSWERING.includes(name) ? CUSTOMERS.map(id => `${name}?customer=${id}`) : []]);

/** An address in a language. */
export const inLanguage = (place, locale) => locale === 'en' ? place + (place.includes('?') ? '&' : '?') + 'lang=en' : place;

/** What shows that a place is there. */
export const readyAt = place => place === HOST ? 'preflight-purchase[verdict]' : /customer=|order/.test(place) ? '[data-verdict]' : 'h1';

/** What the engine is loaded from: the module, or its translation. */
export const ENGINE = /\/(preflight[^/]*\.wasm|translated[^/]*\.js)$/;
