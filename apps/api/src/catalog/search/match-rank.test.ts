import { expect, test } from 'vitest';
import { criteriaOf } from './criteria.ts';
import { fold } from './fold.ts';
import { rankOf } from './match-rank.ts';

const NOW = Date.UTC(2026, 0, 1);
const DAY_MS = 86_400_000;

function rank(query: string, name: string, { isOnline = false, entryNo = 50, ageDays = 100 } = {}): number {
  const extension = /\.([a-z]+)$/.exec(name)?.[1] ?? '';
  const match = { folded: fold(name), extension, entryNo, modifiedMs: NOW - ageDays * DAY_MS };
  return rankOf(match, criteriaOf({ query }, [], NOW), { isOnline, newestEntry: 100, nowMs: NOW });
}

test.each([
  ['report', 'report.pdf', 'report 2024.pdf'],
  ['report', 'Report_.pdf', 'my report.pdf'],
  ['annual report', 'annual-report.pdf', 'annual report of everything.pdf'],
  ['report', 'a report.pdf', 'a reporting.pdf'],
  ['port', 'the port.pdf', 'the report.pdf'],
  ['report', 'report and more.pdf', 'more and report.pdf'],
  ['report', 'report short.pdf', 'report that is very much longer.pdf'],
  ['会议', '会议.txt', '年度会议记录.txt'],
])('for %s, %s is better than %s', (query, better, worse) => {
  expect(rank(query, better)).toBeGreaterThan(rank(query, worse));
});

test('of the same name what is online, listed later or modified later is better', () => {
  const plain = rank('plan', 'plan.txt');
  expect(rank('plan', 'plan.txt', { isOnline: true })).toBeGreaterThan(plain);
  expect(rank('plan', 'plan.txt', { entryNo: 99 })).toBeGreaterThan(plain);
  expect(rank('plan', 'plan.txt', { ageDays: 1 })).toBeGreaterThan(plain);
  // A clock that is ahead gains nothing.
  expect(rank('plan', 'plan.txt', { ageDays: -9 })).toBe(rank('plan', 'plan.txt', { ageDays: 0 }));
});

test('being online does not outweigh the name that was typed', () => {
  expect(rank('plan', 'plan.txt')).toBeGreaterThan(rank('plan', 'explanation of it.txt', { isOnline: true }));
});
