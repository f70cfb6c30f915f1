// Every page in every state: what tests and screenshots walk through.
import { readdirSync, readFileSync } from 'node:fs';

const www = new URL('../../www/', import.meta.url);

/** A shop's own page, old-fashioned on purpose, in which only the two elements are ours. */
export const HOST = 'shop.html';

/** The invented customers of the demo. */
export const CUSTOMERS = JSON.parse(readFileSync(new URL('public/sample/customers.json', www), 'utf8')).map(({ id }) => id);

/** Pages that are about a customer, and answer: `data-verdict` of the root element says what. */
const ANSWERING = ['order.html', 'member.html'];

/** What the playground is opened with: a picture each, an answer with a plan, and facts that are refused. */
const CASES = [
  'question=refund&edition=cloud&order.status=paid&order.invoice=none&order.reason=wrong_quantity&order.paidAt=2026-11-20T10:00:00%2B08:00&now=2026-11-24T10:00:00%2B08:00&cloud.used=5&cloud.bought=4',
  'question=purchase&edition=free_lifetime&product=voucher_pack&selected.ledger=B&need.ledger=A&selected.year=2020&need.year=2020&vouchers.saved=120&vouchers.bought=0',
  'question=purchase&edition=clod',
].map(facts => 'try.html?' + facts);

/** Addresses of every page, those that answer for each customer and for none. */
export const PLACES = readdirSync(www).filter(name => name.endsWith('.html')).sort().flatMap(name =>
  [name, ...ANSWERING.includes(name) ? CUSTOMERS.map(id => `${name}?customer=${id}`) : [], ...name === 'try.html' ? CASES : []]);

/** An address in a language; without one, in that of the browser. */
export const inLanguage = (place, locale) => locale ? place + (place.includes('?') ? '&' : '?') + 'lang=' + locale : place;

/** What shows that a place is there. */
export const readyAt = place => place === HOST ? 'preflight-purchase[verdict]' : /customer=|order|^try/.test(place) ? '[data-verdict]' : 'h1';

/** What the engine is loaded from: the module, or its translation. */
export const ENGINE = /\/(preflight[^/]*\.wasm|translated[^/]*\.js)$/;
