// Times are read twice: in JavaScript as they are mostly written, and by the engine however RFC 3339 allows. Both
// must read the same instant, which shows where an order stops being paid before `now`.
import { test } from 'node:test';
import assert from 'node:assert/strict';
import { loadPackage } from './lib/package.mjs';

const { FactsError, load } = await loadPackage();
const engine = await load();
const MIN = Date.parse('2000-01-01T00:00:00+08:00');
const MAX = Date.parse('2100-12-31T23:59:59.999+08:00');

/** The code with which the facts are refused, or `undefined`. */
function refusal(now, paidAt) {
  try {
    engine.check('refund', { now, order: { paidAt } });
  } catch (error) {
    assert.ok(error instanceof FactsError, String(error));
    return error.code;
  }
}

function isRead(text, millis) {
  assert.equal(refusal(millis, text), undefined, `${text} is not after ${millis}`);
  if (millis > MIN) assert.equal(refusal(millis - 1, text), 'inconsistent', `${text} is after ${millis - 1}`);
}

test('every day that there is, at +08:00 and in UTC', () => {
  let days = 0;
  for (let millis = MIN; millis <= MAX; millis += 86_400_000, days++) {
    const local = new Date(millis + 8 * 3_600_000).toISOString();
    isRead(`${local.slice(0, 19)}+08:00`, millis);
    isRead(`${local.slice(0, 10)}T23:59:59.987+08:00`, millis + 86_399_987);
    isRead(new Date(millis).toISOString(), millis);
  }
  assert.equal(days, 36_890);
});

test('no day that there is not, and no time of day', () => {
  for (let year = 2000; year <= 2100; year++) {
    for (let month = 0; month <= 13; month++) {
      for (const day of [0, 29, 30, 31, 32]) {
        const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}T12:00:00+08:00`;
        const date = new Date(Date.UTC(year, month - 1, day));
        const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
        assert.equal(refusal(MAX, text), exists ? undefined : 'out_of_range', text);
      }
    }
  }
  for (const time of ['24:00:00', '23:60:00', '23:59:60', '99:00:00']) {
    assert.equal(refusal(MAX, `2020-01-01T${time}+08:00`), 'out_of_range', time);
  }
});

test('any character in the wrong place is refused, or read as the engine reads it', () => {
  for (const whole of ['2020-02-28T09:41:07+08:00', '2020-02-28T09:41:07.050Z', '2020-02-28T09:41:07Z', '2020-02-28T09:41:07.050+08:00']) {
    for (let at = 0; at <= whole.length; at++) {
      for (const other of ['', '0', '9', ':', '-', '.', '/', 'T', 'Z', ' ', '\u0660', '\uff10', '\ud800']) {
        const text = whole.slice(0, at) + other + whole.slice(at + 1);
        // The engine alone: an object of no prototype is nothing for the quick way.
        const slowly = (now) => {
          try {
            engine.check('refund', Object.assign(Object.create(null), { now, order: { paidAt: text } }));
          } catch (error) {
            return error.code;
          }
        };
        assert.equal(refusal(MAX, text), slowly(MAX), JSON.stringify(text));
        const millis = Date.parse(whole);
        assert.equal(refusal(millis, text), slowly(millis), JSON.stringify(text));
      }
    }
  }
});

test('a time of more than 1,000 characters is refused by every way in', () => {
  const time = (length) => `2026-11-20T00:00:00.${'9'.repeat(length - 21)}Z`;
  const ways = {
    check: (now) => engine.check('page', { now }),
    'check without a prototype': (now) => engine.check('page', Object.assign(Object.create(null), { now })),
    explain: (now) => engine.explain('page', { now }),
    trace: (now) => engine.trace('page', { now }),
    checkColumns: (now) => engine.checkColumns('page', { now: { dictionary: [now], indices: Uint8Array.of(0) } }),
  };
  for (const [way, ask] of Object.entries(ways)) {
    ask(time(1000));
    for (const length of [1001, 2001, 2003, 8000]) {
      assert.throws(() => ask(time(length)), (error) => error instanceof FactsError && error.code === 'out_of_range', `${way}, ${length} characters`);
    }
  }
});
