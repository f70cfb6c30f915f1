// What the clauses compare, for every engine that takes functions of ours, and for the hand-written floor.

const DAY = 86_400_000;
const SHANGHAI = 8 * 3_600_000;
const WINDOW = 7;

export const ILLEGAL_COPY = '非法复制品';
export const MACHINE_LIMIT = '认证超台数';
export const IP_TAKEN = '当前ip地址已使用了其他账号';
export const PHRASES = [ILLEGAL_COPY, MACHINE_LIMIT, IP_TAKEN];

export const isBlank = (text) => text.trim() === '';
export const sameLedger = (a, b) => a === b || a.trim() === b.trim();
export const sameAccount = (a, b) => a === b || a.trim().toLowerCase() === b.trim().toLowerCase();

/** A notice as phrases are looked for in it: no white space, lower case. */
export const bare = (notice) => notice.replace(/\s+/g, '').toLowerCase();
export const mentions = (notices, phrase) => notices.some((notice) => bare(notice).includes(phrase));
export const mentionsOther = (notices) => notices.some((notice) => {
  const text = bare(notice);
  return text !== '' && !PHRASES.some((phrase) => text.includes(phrase));
});

/** Milliseconds since 1970 of a time, which is a text or just these. */
export const instantOf = (time) => (typeof time === 'number' ? time : Date.parse(time));
const civilDay = (time) => Math.floor((instantOf(time) + SHANGHAI) / DAY);
export const withinWindow = (now, paidAt) => civilDay(now) - civilDay(paidAt) <= WINDOW;
