import 'fake-indexeddb/auto';
import { randomUUID } from 'node:crypto';
import { Emitter } from '@ferry/webrtc-core';
import { expect, test } from 'vitest';
import { OwnSpace } from './own-space.ts';
import { openStoreDatabase } from './store-database.ts';

const GIB = 1024 ** 3;

function browser({ quota = 100 * GIB, isPersistent = false } = {}) {
  return { estimate: async () => ({ quota }), persisted: async () => isPersistent };
}

/** What a holder is asked for, in order. */
function heldBy() {
  const calls: string[] = [];
  const snapshot = () => ({ usedBytes: 7, columnCount: 1, servedBytes: 3, versions: [{ versionId: 'v', bytes: 7 }] });
  const holder = {
    events: new Emitter(),
    setOffer: (bytes: number) => calls.push(`offer ${bytes}`),
    wipe: async () => calls.push('wipe'),
    snapshot,
  };
  return { calls, holder: holder as never };
}

async function opened(options: { userId?: string; storage?: ReturnType<typeof browser> } = {}) {
  const { userId = randomUUID(), storage = browser() } = options;
  const database = await openStoreDatabase(userId);
  return { userId, space: await OwnSpace.open({ database, storage, touch: () => {} }) };
}

test('nothing is given before somebody has said so', async () => {
  const { space } = await opened();
  expect(space.offeredBytes).toBe(0);
  expect(space.snapshot()).toMatchObject({ consent: 'unasked', offeredBytes: 0, usedBytes: 0 });
});

test('what is suggested is a fifth of what there is, and ten gibibytes at most', async () => {
  const { space: large } = await opened();
  expect(large.snapshot().suggestedBytes).toBe(10 * GIB);
  const { space: small } = await opened({ storage: browser({ quota: 10 * GIB }) });
  expect(small.snapshot().suggestedBytes).toBe(2 * GIB);
});

test('what was said is told to the holder, and remembered', async () => {
  const { space, userId } = await opened();
  const { holder, calls } = heldBy();
  space.holder = holder;
  await space.set(5 * GIB);
  expect(calls).toEqual([`offer ${5 * GIB}`]);
  const { space: later } = await opened({ userId, storage: browser({ isPersistent: true }) });
  expect(later.offeredBytes).toBe(5 * GIB);
  expect(later.snapshot()).toMatchObject({ consent: 'given', isPersistent: true });
});

test('none at all is a no, which is remembered too', async () => {
  const { space, userId } = await opened();
  await space.set(5 * GIB);
  await space.set(0);
  const { space: later } = await opened({ userId });
  expect(later.snapshot()).toMatchObject({ consent: 'refused', offeredBytes: 0 });
});

test('whoever wipes it gives nothing any more, also after a start', async () => {
  const { space, userId } = await opened();
  const { holder, calls } = heldBy();
  space.holder = holder;
  await space.set(GIB);
  await space.wipe();
  expect(calls.at(-1)).toBe('wipe');
  const { space: later } = await opened({ userId });
  expect(later.snapshot()).toMatchObject({ consent: 'refused', offeredBytes: 0 });
});

test('what is kept is shown as the holder says, and anew when that has changed', async () => {
  const { space } = await opened();
  const { holder } = heldBy();
  const kept = holder as { events: Emitter<{ change: undefined }>; snapshot: () => object };
  space.holder = holder;
  expect(space.snapshot()).toMatchObject({ usedBytes: 7, columnCount: 1, servedBytes: 3 });
  kept.snapshot = () => ({ usedBytes: 9, columnCount: 2, servedBytes: 3, versions: [] });
  kept.events.emit('change', undefined);
  expect(space.snapshot()).toMatchObject({ usedBytes: 9, columnCount: 2 });
});
