import { expect, test } from 'vitest';
import { officeClock, USUAL_OFFICE_HOURS } from './office-hours.ts';

const berlin = officeClock({ ...USUAL_OFFICE_HOURS, timeZone: 'Europe/Berlin' });
const tokyo = officeClock({ ...USUAL_OFFICE_HOURS, timeZone: 'Asia/Tokyo' });
const at = (iso: string) => Date.parse(iso);

test('from nine to five, in local time', () => {
  expect(berlin(at('2026-01-12T07:59:59Z'))).toBe(false);
  expect(berlin(at('2026-01-12T08:00:00Z'))).toBe(true);
  expect(berlin(at('2026-01-12T15:59:59Z'))).toBe(true);
  expect(berlin(at('2026-01-12T16:00:00Z'))).toBe(false);
});

test('in summer an hour earlier', () => {
  expect(berlin(at('2026-07-13T07:00:00Z'))).toBe(true);
  expect(berlin(at('2026-07-13T15:00:00Z'))).toBe(false);
});

test('to the minute', () => {
  const short = officeClock({ timeZone: 'UTC', weekdays: [1], fromMinute: 9 * 60 + 20, toMinute: 9 * 60 + 40 });
  const minutes = Array.from({ length: 120 }, (_, minute) => at('2026-01-12T08:00:00Z') + minute * 60_000);
  const open = minutes.filter(short);
  expect(open).toHaveLength(20);
  expect(open[0]).toBe(at('2026-01-12T09:20:00Z'));
});

test('not on weekends, wherever it is one already', () => {
  expect(berlin(at('2026-01-17T10:00:00Z'))).toBe(false);
  // Sunday evening in London is Monday morning in Tokyo.
  expect(tokyo(at('2026-01-18T23:59:00Z'))).toBe(false);
  expect(tokyo(at('2026-01-19T00:00:00Z'))).toBe(true);
  expect(berlin(at('2026-01-19T00:00:00Z'))).toBe(false);
});
