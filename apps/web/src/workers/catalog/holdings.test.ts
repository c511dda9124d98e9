import { ManualClock } from '@ferry/webrtc-core/testing';
import { expect, test } from 'vitest';
import { Refusal } from '../refusal.ts';
import type { PassedOn } from './held-contents.ts';
import { Holdings } from './holdings.ts';

const FILE: PassedOn = { contentId: 'film', sizeBytes: 1, shares: [{ shareId: 'share', userId: 'owner' }] };

/** Something that holds files, and a server that is told. */
function telling() {
  const clock = new ManualClock();
  const held = { files: [FILE] };
  const server = { isThere: true };
  const told: string[][] = [];
  const holdings = new Holdings({
    deviceId: 'here',
    clock,
    held: { largest: async () => held.files },
    server: {
      hold: async (request) => {
        if (!server.isThere) throw new Refusal('unreachable');
        told.push(request.holdings.flatMap(({ contentIds }) => contentIds));
      },
    },
  });
  const pass = async (ms: number) => {
    await clock.settle();
    clock.advance(ms);
    await clock.settle();
  };
  return { clock, held, server, told, holdings, pass };
}

test('what changes all the time is told once in a while, and what is the same not again', async () => {
  const { told, holdings, pass } = telling();
  for (let second = 0; second < 14; second++) {
    holdings.changed();
    await pass(1000);
  }
  expect(told).toEqual([]);
  await pass(1000);
  expect(told).toEqual([['film']]);
  holdings.changed();
  await pass(120_000);
  expect(told).toEqual([['film']]);
  holdings.tellAnew();
  await pass(15_000);
  expect(told).toEqual([['film'], ['film']]);
});

test('what was written down only after it was told is told a minute later', async () => {
  const { told, holdings, held, pass } = telling();
  held.files = [];
  holdings.changed();
  await pass(15_000);
  held.files = [FILE];
  await pass(60_000);
  expect(told).toEqual([[], ['film']]);
});

test('a server that is out of reach is told later', async () => {
  const { told, holdings, server, pass } = telling();
  server.isThere = false;
  holdings.changed({ isSoon: true });
  await pass(0);
  server.isThere = true;
  await pass(59_000);
  expect(told).toEqual([]);
  await pass(1000);
  expect(told).toEqual([['film']]);
});
