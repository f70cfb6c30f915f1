// What is quicker seen than read: the refund window, ledgers and vouchers against their limits, two places side by side.
// Widths are percentages and texts are pixels, so that a picture is as legible at 280 px as on a large screen.
import type { Explanation, Facts, Locale, Question, TermsInForce } from '@ekuaiji/preflight';
import { factAt } from './facts.js';
import { wallClock, words, writeDay, type Text, type Words } from './words.js';

/** The pictures that belong to an answer: of what its facts settle, where the question hangs on it. */
export function pictures(question: Question, facts: Facts, explanation: Explanation, terms: TermsInForce, locale: Locale): SVGElement[] {
  const w = words(locale);
  return [
    places(question, facts, explanation, w),
    refundWindow(facts, explanation, terms, w),
    cloudLedgers(question, facts, explanation, w),
    vouchers(question, facts, terms, w),
  ].filter((picture): picture is SVGElement => picture !== null);
}

function s(tag: string, attributes: { [name: string]: string | number }, ...children: (Node | string)[]): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
  for (const name of Object.keys(attributes)) element.setAttribute(name, String(attributes[name]));
  element.append(...children);
  return element;
}

/** A picture, and the sentence that says what is on it. */
function picture(kind: string, height: number, says: string, ...children: Node[]): SVGElement {
  return s('svg', { class: 'picture', part: 'picture', 'data-picture': kind, role: 'img', width: '100%', height }, s('title', {}, says), ...children);
}

const percent = (share: number) => share.toFixed(3) + '%';

type Anchor = 'start' | 'middle' | 'end';

function text(x: number, y: number, anchor: Anchor, content: string, kind = ''): SVGElement {
  return s('text', { x: percent(x), y, 'text-anchor': anchor, class: kind }, content);
}

function box(kind: string, from: number, to: number, y: number, height: number): SVGElement {
  return s('rect', { class: kind, x: percent(from), width: percent(to - from), y, height });
}

function upright(kind: string, x: number, from: number, to: number): SVGElement {
  return s('line', { class: kind, x1: percent(x), x2: percent(x), y1: from, y2: to });
}

/** So that the hatching of each picture has an id of its own in the document. */
let count = 0;

/** Hatching, which tells areas apart without colour; `hatched` puts it over a box. */
function hatching(): { pattern: SVGElement; hatched(kind: string, from: number, to: number, y: number, height: number): SVGElement[] } {
  const id = 'preflight-hatching-' + ++count;
  return {
    pattern: s('pattern', { id, patternUnits: 'userSpaceOnUse', width: 6, height: 6, patternTransform: 'rotate(45)' }, s('line', { class: 'hatch', x1: 1, x2: 1, y1: 0, y2: 6 })),
    hatched(kind, from, to, y, height) {
      const over = box('over', from, to, y, height);
      over.setAttribute('fill', `url(#${id})`);
      return [box(kind, from, to, y, height), over];
    },
  };
}

/** The day of a moment in Beijing, counted from 1970. */
const dayOf = (time: string | number) => Date.parse(wallClock(time).slice(0, 10)) / 86400_000;

/** How far the window reaches across the picture; to the right of it is too late. */
const WINDOW = 84;
/** Windows of more days show no number for each, and those of more still no cell. */
const NUMBERED = 10;
const TOLD_APART = 31;

/** 退款期限: the days of the refund window, with the day of payment, today and the last day. */
function refundWindow({ now, order }: Facts, { codes }: Explanation, { refundWindowDays: days }: TermsInForce, w: Words): SVGElement | null {
  const within = codes.includes('REFUND_WITHIN_WINDOW');
  const paidAt = order && order.paidAt;
  if (!within && !codes.includes('REFUND_WINDOW_PASSED') || !now || !paidAt) return null;
  const [paid, today] = [dayOf(paidAt), dayOf(now)];
  const at = today - paid;
  const state = !within ? 'passed' : at === days ? 'last' : 'open';
  const years = [paid, today, paid + days].map(day => new Date(day * 86400_000).getUTCFullYear());
  const withYear = w.locale === 'en' || years.some(year => year !== years[0]);
  const date = (day: number) => {
    const written = writeDay(new Date(day * 86400_000).toISOString(), w.locale);
    return withYear ? written : written.slice('2026年'.length);
  };
  const values = { paid: date(paid), today: date(today), last: date(paid + days), days: Math.abs(days - at) };

  const cell = WINDOW / (days + 1);
  const here = within ? Math.max(2.5, (at + .5) * cell) : (WINDOW + 100) / 2;
  const [top, height] = [30, 28];
  const { pattern, hatched } = hatching();
  const cells: SVGElement[] = [];
  for (let day = 1; day <= days && days <= TOLD_APART; day++) {
    cells.push(upright('cut', day * cell, top, top + height));
    if (days <= NUMBERED) cells.push(text((day + .5) * cell, top + 19, 'middle', String(day), within && day >= at ? 'number on' : 'number'));
  }
  // Dates with their years need a line each.
  const below = withYear ? 18 : 0;
  const [labelAt, anchor]: [number, Anchor] = here < 34 ? [Math.max(0, here - 4), 'start'] : here > 66 ? [Math.min(100, here + 9), 'end'] : [here, 'middle'];
  return picture('refund-window', 84 + below, w.t(('picture_window_' + state) as Text, values),
    pattern,
    ...hatched('gone', 0, within ? at * cell : WINDOW, top, height),
    ...within ? [box('open', at * cell, WINDOW, top, height)] : [],
    box('late', WINDOW, 99.5, top, height),
    ...cells,
    box('frame', .2, WINDOW, top, height),
    upright('limit', WINDOW, top - 4, top + height + 6),
    ...within && days <= NUMBERED ? [] : [upright('today', here, top - 2, top + height)],
    s('svg', { x: percent(here), y: top - 10, overflow: 'visible' }, s('path', { class: 'today', d: 'M-6 0h12l-6 9z' })),
    text(labelAt, 16, anchor, w.t(('picture_today_' + state) as Text, values), 'strong'),
    text(0, 77, 'start', w.t('picture_paid', values)),
    text(WINDOW, 77 + below, 'end', w.t('picture_last', values)));
}

/** A number and what it is held against. */
interface Measured { label: string; value: number; limits: { label: string; value: number }[] }

/** More than these are not counted one by one. */
const COUNTED = 20;

/** A bar, and one below it for each limit, all to the same scale: what is over the first limit is hatched, over the last one dark. */
function bars(kind: string, says: string, { label, value, limits }: Measured): SVGElement {
  const most = Math.max(1, value, ...limits.map(({ value }) => value));
  const scale = (value: number) => .2 + value / most * 99.3;
  const [line, height] = [22, 16];
  const top = (row: number) => row * (line + height + 8) + line;
  const { pattern, hatched } = hatching();
  const ends = limits.map(limit => limit.value);
  const [first, last] = [Math.min(...ends), Math.max(...ends)];
  const units: SVGElement[] = [];
  [value, ...ends].forEach((end, row) => {
    for (let unit = 1; unit < end && most <= COUNTED; unit++) units.push(upright('cut', scale(unit), top(row), top(row) + height));
  });
  return picture(kind, top(limits.length) + height + 4, says,
    pattern,
    text(0, 16, 'start', label, 'strong'),
    box('used', .2, scale(Math.min(value, first)), top(0), height),
    ...value > first ? hatched('unsure', scale(first), scale(Math.min(value, last)), top(0), height) : [],
    ...value > last ? hatched('excess', scale(last), scale(value), top(0), height) : [],
    ...([] as SVGElement[]).concat(...limits.map((limit, row) => [
      text(0, top(row + 1) - 6, 'start', limit.label),
      box('room', .2, scale(limit.value), top(row + 1), height),
      ...[0, row + 1].map(row => upright('limit', scale(limit.value), top(row) - 2, top(row) + height + 2)),
    ])),
    ...units,
    box('frame', .2, scale(value), top(0), height));
}

/** 云盘版账套: ledgers in use, against those that this order leaves paid for or, where nothing is ordered, those paid for. */
function cloudLedgers(question: Question, { edition, product, action, cloud }: Facts, { codes }: Explanation, w: Words): SVGElement | null {
  const ordering = question === 'purchase' && product === 'cloud_ledgers';
  const matters = ordering || question === 'entitlement' && edition === 'cloud' && action === 'sign_in' || question === 'refund' && codes.includes('DELETE_LEDGERS_INSTEAD');
  const { used, bought, ordered } = cloud || {};
  const adding = ordering && cloud && cloud.purpose === 'add';
  const room = !ordering ? bought : adding ? typeof bought === 'number' && typeof ordered === 'number' ? bought + ordered : undefined : ordered;
  if (!matters || ordering && !(cloud && cloud.purpose) || typeof used !== 'number' || typeof room !== 'number') return null;
  const against = w.t(adding ? 'picture_added' : ordering ? 'picture_ordered' : 'picture_bought', { count: room });
  const compared = w.t(used > room ? 'picture_short' : 'picture_enough', { count: used - room });
  const [label, limit] = [w.t('picture_used', { count: used }), against + compared];
  return bars('cloud-ledgers', w.t('picture_sentence', { first: label, rest: limit }), { label, value: used, limits: [{ label: limit, value: room }] });
}

/** 凭证: vouchers saved, against the assured and the claimed quota, each with what was bought on top. */
function vouchers(question: Question, { edition, product, action, vouchers }: Facts, { voucherQuota: { assured, claimed } }: TermsInForce, w: Words): SVGElement | null {
  const matters = edition === 'free_lifetime' && (question === 'entitlement' && action === 'save_voucher' || question === 'purchase' && product === 'voucher_pack');
  const { saved, bought } = vouchers || {};
  if (!matters || typeof saved !== 'number' || typeof bought !== 'number') return null;
  const limit = (name: Text, quota: number) => {
    const left = quota + bought - saved;
    return { label: w.t(name, { count: quota + bought }) + w.t(left < 0 ? 'picture_exceeded' : 'picture_left', { count: Math.abs(left) }), value: quota + bought };
  };
  const limits = assured === claimed ? [limit('picture_quota', claimed)] : [limit('picture_assured', assured), limit('picture_claimed', claimed)];
  const label = w.t('picture_saved', { count: saved }) + (bought > 0 ? w.t('picture_topped', { count: bought }) : '');
  return bars('vouchers', w.t('picture_sentence', { first: label, rest: limits.map(({ label }) => label).join(w.t('picture_semicolon')) }), { label, value: saved, limits });
}

/** What fits beside another name, in the widths of Chinese characters, and how many lines of it. */
const NAME_WIDTH = 7.2;
const NAME_LINES = 3;

const widthOf = (character: string) => /[\u2e80-\uffff]/.test(character) ? 1 : /[A-Zmw@%&—…]/.test(character) ? .82 : .58;

/** `characters` from the first one on, as many as fill one line; words are kept whole where they can be. */
function oneLine(characters: readonly string[]): string {
  let width = 0;
  const end = characters.findIndex(character => (width += widthOf(character)) > NAME_WIDTH);
  if (end < 0) return characters.join('');
  const line = characters.slice(0, end).join('');
  return /\w\w$/.test(line + characters[end]) ? line.replace(/(.* )\w+$/, '$1') : line;
}

function allLines(characters: readonly string[]): string[] {
  const lines: string[] = [];
  for (let rest = characters; rest.length > 0; rest = rest.slice(Array.from(lines[lines.length - 1] as string).length)) lines.push(oneLine(rest));
  return lines;
}

const cutShort = (line = '') => Array.from(line).slice(0, -1).join('') + '…';

/** A name in few lines; of a long one, what tells it from the `other` one is kept. */
function nameLines(name: string, other: string): string[] {
  const characters = Array.from(name);
  const lines = allLines(characters);
  if (lines.length <= NAME_LINES) return lines;
  const others = Array.from(other);
  const difference = characters.findIndex((character, place) => character !== others[place]);
  const shown = Array.from(lines.slice(0, NAME_LINES).join('')).length - 1;
  if (difference < shown) return [...lines.slice(0, NAME_LINES - 1), cutShort(lines[NAME_LINES - 1])];
  return [cutShort(lines[0]), ...allLines(['…', ...characters.slice(difference - 3)]).slice(0, NAME_LINES - 1)];
}

const tidy = (name: string) => name.trim().replace(/\s+/g, ' ');

/** 账套和年度: where the purchase was started and where it is needed, side by side, with a sign between that says whether they are the same. */
function places(question: Question, { product, selected, need }: Facts, { verdict, codes, reasons }: Explanation, w: Words): SVGElement | null {
  const addOns = (factAt('opened')?.values || []).map(({ name }) => name);
  if (question !== 'purchase' || !product || !addOns.includes(product)) return null;
  const rows: { lines: [string[], string[]]; differs: string | undefined; same: Text }[] = [];
  const severityOf = (...differ: string[]) => reasons.filter(({ code }) => codes.includes(code) && differ.includes(code)).map(({ severity }) => severity)[0];
  const [here, there] = [selected || {}, need || {}];
  if (here.ledger && there.ledger) {
    const [one, other] = [tidy(here.ledger), tidy(there.ledger)];
    rows.push({ lines: [nameLines(one, other), nameLines(other, one)], differs: severityOf('WRONG_LEDGER', 'FEATURE_LEDGER_DIFFERS'), same: 'picture_same_ledger' });
  }
  if (here.year && there.year) {
    rows.push({ lines: [[w.t('picture_year', { year: here.year })], [w.t('picture_year', { year: there.year })]], differs: severityOf('WRONG_YEAR', 'FEATURE_YEAR_DIFFERS'), same: 'picture_same_year' });
  }
  // That places agree is no comfort where something else stops the buyer.
  const stopped = verdict === 'block' || verdict === 'refer';
  if (rows.length === 0 || stopped && !rows.some(({ differs }) => differs)) return null;

  const sides = [{ from: .3, to: 44 }, { from: 56, to: 99.7 }] as const;
  const heads = [w.t('picture_selected'), w.t('picture_needed')];
  const parts: SVGElement[] = sides.map(({ from }, side) => text(from, 16, 'start', heads[side] as string));
  let y = 24;
  for (const { lines, differs } of rows) {
    const height = Math.max(...lines.map(({ length }) => length)) * 18 + 14;
    const middle = y + height / 2;
    sides.forEach(({ from, to }, side) => {
      const shown = lines[side] as string[];
      parts.push(box(differs ? 'place differs' : 'place', from, to, y, height));
      shown.forEach((line, row) => parts.push(text((from + to) / 2, middle + (row - shown.length / 2) * 18 + 14, 'middle', line, 'strong')));
    });
    parts.push(s('svg', { x: '50%', y: middle, overflow: 'visible', class: 'sign', ...differs && { 'data-state': differs } },
      s('circle', { r: 12 }), s('path', { d: differs ? 'M-5-3h10M-5 3h10M4-7l-8 14' : 'M-5-3h10M-5 3h10' })));
    y += height + 8;
  }
  const side = (place: 0 | 1) => rows.map(({ lines }) => lines[place].join('')).join(w.t('picture_space'));
  const compared = rows.map(({ differs, same }) => w.t((differs ? same.replace('same', 'other') : same) as Text)).join('');
  return picture('places', y, w.t('picture_places', { selected: side(0), needed: side(1), compared }), ...parts);
}
