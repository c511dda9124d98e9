import { expect, test } from 'vitest';
import { hasRoomFor, type Room } from './room.ts';

const room: Room = { offeredBytes: 1000, usedBytes: 400, comingBytes: 0, freeBytes: 10_000 };

test.each<[string, number, Partial<Room>, boolean]>([
  ['what was offered is filled to the byte', 600, {}, true],
  ['and no further', 601, {}, false],
  ['a disk keeps a tenth more than is written', 100, { freeBytes: 110 }, true],
  ['even when less would do', 100, { freeBytes: 109 }, false],
  ['what is on its way needs its room, too', 100, { comingBytes: 100, freeBytes: 200 }, false],
  ['nothing fits where less is offered than used', 1, { offeredBytes: 300 }, false],
])('%s', (_, sizeBytes, change, fits) => {
  expect(hasRoomFor(sizeBytes, { ...room, ...change })).toBe(fits);
});
