import { expect, test } from 'vitest';
import { Rivalry } from './rivalry.ts';

/** How long to stay away after each of these sockets. */
function awayMs(sockets: { openMs: number; code?: number }[]): number[] {
  const rivalry = new Rivalry();
  let nowMs = 0;
  return sockets.map(({ openMs, code }) => {
    rivalry.opened(nowMs);
    nowMs += openMs;
    return rivalry.closed(code, nowMs);
  });
}

const ended = { openMs: 100, code: 1008 };

test('the third session in a row that somebody else ended at once is one too many', () => {
  expect(awayMs([ended, ended, ended])).toEqual([0, 0, 300_000]);
});

test('servers that go, and sessions that had lasted, are no rivals', () => {
  expect(awayMs([ended, ended, { openMs: 100, code: 1006 }, ended])).toEqual([0, 0, 0, 0]);
  expect(awayMs([ended, ended, { openMs: 60_000, code: 1008 }, ended])).toEqual([0, 0, 0, 0]);
});
