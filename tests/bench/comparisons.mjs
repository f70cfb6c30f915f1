// What the clauses compare, for every engine that takes functions of ours, and for the hand-written floor.

import { calendar } from './calendar.mjs';

export const ILLEGAL_COPY = '非法复制品';
export const MACHINE_LIMIT = '认证超台数';
export const IP_TAKEN = '当前ip地址已使用了其他账号';
export const PHRASES = [ILLEGAL_COPY, MACHINE_LIMIT, IP_TAKEN];

// --- Texts ---

export const isBlank = (text) => !/[^\s\u0085]/.test(text);

const CHANGED_BY_FOLDING = /[\s\u0085A-Z\uff01-\uff5e]/;
const halfWidth = (text) => text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
/** A text as it is compared: of half width, without white space, ASCII letters in lower case. */
export const folded = (text) => (CHANGED_BY_FOLDING.test(text)
  ? halfWidth(text).replace(/[\s\u0085]+/g, '').replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
  : text);

const SUFFIX = '账套';
const withoutSuffix = (ledger) => (ledger.length > SUFFIX.length && ledger.endsWith(SUFFIX) ? ledger.slice(0, -SUFFIX.length) : ledger);
export function compareLedgers(a, b) {
  if (a === b) return 'same';
  const [one, other] = [folded(a), folded(b)];
  if (one === other) return 'same';
  return withoutSuffix(one) === withoutSuffix(other) ? 'alike' : 'different';
}
export const differentLedgers = (a, b) => compareLedgers(a, b) === 'different';
export const alikeLedgers = (a, b) => compareLedgers(a, b) === 'alike';

const normalizedAccount = (text) =>
  folded(text).replaceAll('-', '').replace(/^(?:\+86|0086)(?=(?:[0-9*]{11}|[0-9]*\*[0-9*]*)$)/, '');
export function compareAccounts(a, b) {
  if (a === b) return 'same';
  const [one, other] = [normalizedAccount(a), normalizedAccount(b)];
  if (one === other) return 'same';
  return one.includes('@') !== other.includes('@') || fitsMasked(one, other) ? 'unclear' : 'different';
}
export const differentAccounts = (a, b) => compareAccounts(a, b) === 'different';
export const unclearAccounts = (a, b) => compareAccounts(a, b) === 'unclear';
/** Whether the account shown is that of the member; a blank one is nobody's. */
export const sameAccounts = (shown, member) => !isBlank(shown) && compareAccounts(shown, member) === 'same';

function fitsMasked(one, other) {
  const masks = [one.indexOf('*'), other.indexOf('*')];
  if (masks[0] < 0 && masks[1] < 0) return false;
  if (masks[0] < 0) return fitsMasked(other, one);
  const [beginning, end] = partsOf(one);
  if (masks[1] < 0) return other.length >= beginning.length + end.length && other.startsWith(beginning) && other.endsWith(end);
  const [otherBeginning, otherEnd] = partsOf(other);
  return (beginning.startsWith(otherBeginning) || otherBeginning.startsWith(beginning)) && (end.endsWith(otherEnd) || otherEnd.endsWith(end));
}
const partsOf = (masked) => [masked.slice(0, masked.indexOf('*')), masked.slice(masked.lastIndexOf('*') + 1)];

export const mentions = (notices, phrase) => notices.some((notice) => folded(notice).includes(phrase));
export const mentionsOther = (notices) => notices.some((notice) => {
  const text = folded(notice);
  return text !== '' && !PHRASES.some((phrase) => text.includes(phrase));
});

// --- Days ---

const DAY = 86_400_000;
const SHANGHAI = 8 * 3_600_000;
const WINDOW = 7;
const REVIEW = 3;

/** Milliseconds since 1970 of a time, which is a text or just these. */
export const instantOf = (time) => (typeof time === 'number' ? time : Date.parse(time));
const civilDay = (time) => Math.floor((instantOf(time) + SHANGHAI) / DAY);
export const withinWindow = (now, paidAt) => civilDay(now) - civilDay(paidAt) <= WINDOW;

const YEARS = Object.keys(calendar);
const FIRST_DAY = Date.UTC(YEARS[0], 0, 1) / DAY;
const LAST_DAY = Date.UTC(YEARS.at(-1), 11, 31) / DAY;
const daysOf = (kind) => new Set(YEARS.flatMap((year) => calendar[year][kind].map((date) => Date.parse(`${year}-${date}T00:00:00Z`) / DAY)));
const [OFF, WORKED] = [daysOf('off'), daysOf('work')];

/** Whether the review of a refund should have ended on a day before now; not where the calendar does not know. */
export function overdue(now, appliedAt) {
  let day = civilDay(appliedAt);
  for (let counted = 0; counted < REVIEW;) {
    day += 1;
    if (day < FIRST_DAY || day > LAST_DAY) return false;
    const weekday = (day + 4) % 7; // 1 January 1970 was a Thursday
    if (weekday === 0 || weekday === 6 ? WORKED.has(day) : !OFF.has(day)) counted += 1;
  }
  return civilDay(now) > day;
}
