import { expect, test } from 'vitest';
import { momentOf } from './moment.ts';

const now = new Date(2026, 2, 30, 9, 15).getTime();

test.each([
  [new Date(2026, 2, 30, 8, 5), { day: 'today', text: '08:05' }],
  [new Date(2026, 2, 30, 9, 16), { day: 'today', text: '09:16' }],
  [new Date(2026, 2, 29, 23, 59), { day: 'yesterday', text: '23:59' }],
  // Clocks change in the night of the 29th in much of Europe: days are counted, not hours.
  [new Date(2026, 2, 28, 12, 0), { day: 'earlier', text: '28 Mar' }],
  [new Date(2024, 10, 3, 12, 0), { day: 'earlier', text: '3 Nov 2024' }],
])('%s', (at, moment) => expect(momentOf(at.getTime(), now, 'en-GB')).toEqual(moment));
