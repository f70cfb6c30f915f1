// The working days of the engine's terms are those of the published package chinese-days, day by day.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import days from 'chinese-days';

import { loadPackage } from './lib/package.mjs';

const { load } = await loadPackage();
const engine = await load();
const { calendar } = engine.terms;

test('every day of the calendar is worked or off as chinese-days has it', () => {
  assert.deepEqual(Object.keys(calendar), ['2020', '2021', '2022', '2023', '2024', '2025', '2026']);
  for (const [year, { off, work }] of Object.entries(calendar)) {
    for (let day = new Date(`${year}-01-01T00:00:00Z`); day.getUTCFullYear() === Number(year); day.setUTCDate(day.getUTCDate() + 1)) {
      const date = day.toISOString().slice(0, 10);
      const weekend = day.getUTCDay() % 6 === 0;
      const worked = weekend ? work.includes(date.slice(5)) : !off.includes(date.slice(5));
      assert.equal(worked, days.isWorkday(date), date);
    }
  }
});

/** The day by which the refund of an order is reviewed, as the note tells it. */
const due = (appliedAt) => {
  const facts = { edition: 'cloud', order: { status: 'applied', appliedAt } };
  return engine.explain('refund', facts, { locale: 'en' }).notes.find(({ code }) => code === 'REVIEW_DUE').text;
};

test('a review is due on the third working day after the day of applying', () => {
  // Spring Festival 2026: the 14th of February is worked, the 15th to the 23rd are off.
  assert.match(due('2026-02-13T23:59:59+08:00'), /2026-02-25/);
  assert.match(due('2026-02-14T00:00:00+08:00'), /2026-02-26/);
  // National Day 2026: the 1st to the 7th of October are off, Saturday the 10th is worked.
  assert.match(due('2026-09-30T09:00:00+08:00'), /2026-10-10/);
});

test('a review that would be due in a year not published is not guessed at', () => {
  assert.match(due('2026-12-28T09:00:00+08:00'), /2026-12-31/);
  assert.doesNotMatch(due('2026-12-29T09:00:00+08:00'), /latest/);
  assert.doesNotMatch(due('2027-03-01T09:00:00+08:00'), /latest/);
});
