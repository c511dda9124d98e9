import { type BundleLayout, type ChunkStore, MemoryStores } from '@ferry/webrtc-core';
import { expect, test } from 'vitest';
import { columnKey } from './column-key.ts';
import { columnOf } from './holder.testing-ground.ts';
import { OpenColumns } from './open-columns.ts';

/** Opens a column to one at a time, as a browser's disk does. */
class ExclusiveStores extends MemoryStores {
  readonly open_ = new Set<string>();
  most = 0;

  override async open(key: string, layout: BundleLayout) {
    if (this.open_.has(key)) throw new Error(`${key} is open already`);
    this.open_.add(key);
    this.most = Math.max(this.most, this.open_.size);
    const store = await super.open(key, layout);
    return Object.assign(Object.create(store) as typeof store, {
      close: async () => {
        this.open_.delete(key);
      },
    });
  }
}

const described = (index: number) => ({ column: columnOf(0, index), sizeBytes: 10, contentId: null });
const hold = () => Promise.withResolvers<void>();

test('a column that is read several times at once is open once', async () => {
  const stores = new ExclusiveStores();
  const open = new OpenColumns(stores);
  const gate = hold();
  const reads = [0, 1, 2].map(() => open.use(described(0), () => gate.promise));
  gate.resolve();
  await Promise.all(reads);
  await open.closeAll();
  expect([stores.most, stores.open_.size]).toEqual([1, 0]);
});

test('few are open, those that were read last', async () => {
  const stores = new ExclusiveStores();
  const open = new OpenColumns(stores);
  for (let index = 0; index < 60; index++) await open.use(described(index), async () => {});
  expect(stores.most).toBeLessThanOrEqual(25);
  expect(stores.open_.has(columnKey(columnOf(0, 59)))).toBe(true);
});

test('one is closed when nobody reads it any more, and opened anew for whoever comes then', async () => {
  const stores = new ExclusiveStores();
  const open = new OpenColumns(stores);
  const gate = hold();
  const order: string[] = [];
  const reading = open.use(described(0), () => gate.promise).then(() => order.push('read'));
  await Promise.resolve();
  const closing = open.close(columnKey(columnOf(0, 0))).then(() => order.push('closed'));
  const later = open.use(described(0), async (store: ChunkStore) => order.push(`open again ${store.have.length}`));
  gate.resolve();
  await Promise.all([reading, closing, later]);
  expect(order).toEqual(['read', 'closed', 'open again 1']);
});

test('one that cannot be opened says so to everybody, and is tried again', async () => {
  const stores = new ExclusiveStores();
  const open = new OpenColumns(stores);
  stores.open_.add(columnKey(columnOf(0, 0)));
  const reads = [0, 1].map(() => open.use(described(0), async () => {}));
  for (const read of reads) await expect(read).rejects.toMatchObject({ code: 'store-failed' });
  stores.open_.clear();
  await open.use(described(0), async () => {});
});
