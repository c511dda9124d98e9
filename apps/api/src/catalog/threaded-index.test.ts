// The index as the server has it: on real threads, with a real file.
import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { expect, onTestFinished, test, vi } from 'vitest';
import { catalogFile } from '../db/data-folder.ts';
import { codeOf, contentId, file, holding, someone, viewer } from '../testing/catalog-on-disk.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import type { CatalogDevice } from './catalog-index.ts';
import { ThreadedIndex } from './threaded-index.ts';

/** For a busy machine. */
const POLL = { timeout: 20_000 };

function threadedIndex(dataDir = temporaryFolder()) {
  const said: string[] = [];
  const index = new ThreadedIndex(dataDir, (sentence) => said.push(sentence));
  onTestFinished(() => index.close());
  return { index, said, dataDir };
}

async function shared(index: ThreadedIndex, owner: CatalogDevice): Promise<string> {
  const shareId = randomUUID();
  await index.putShare(owner, { shareId, title: 'Papers', kind: 'folder', audience: { type: 'everyone' } });
  await index.publish(owner, { shareId, baseRevision: 0, put: [file('a/b.txt', 5, 1, 1)], remove: [] });
  return shareId;
}

test('everything crosses to the threads and back', async () => {
  const { index } = threadedIndex();
  const [owner, holder] = [someone(), someone()];
  const shareId = await shared(index, owner);
  await index.setHoldings(holder, [holding([contentId(1)], [shareId, owner])]);
  const asks = viewer(someone(), owner, holder);
  expect(await index.sharesOfDevice(owner)).toEqual([{ shareId, revision: 1, fileCount: 1 }]);
  expect(await index.owners(asks)).toMatchObject([{ userId: owner.userId, fileCount: 1 }]);
  expect(await index.sharesOf(asks, owner.userId)).toMatchObject([{ shareId, kind: 'folder' }]);
  expect(await index.children(asks, { shareId, path: 'a', offset: 0, limit: 5 })).toMatchObject({ total: 1 });
  expect(await index.details(asks, { shareId, path: 'a/b.txt' })).toMatchObject({ holderCount: 1 });
  expect(await index.fetchable(asks, { shareId, path: '' })).toMatchObject({ contentIds: [contentId(1)] });
  const found = await index.search(asks, { query: 'b.txt', limit: 10 }, []);
  expect(found.results.map(({ path }) => path)).toEqual(['a/b.txt']);
  expect(await index.newMatches(asks, { query: 'b.txt' }, 0, [])).toMatchObject({ count: 1, firstName: 'b.txt' });
  await index.republish(owner, { shareId, step: 'begin' });
  expect(await index.republish(owner, { shareId, step: 'end' })).toMatchObject({ fileCount: 0 });
  expect(await index.census()).toEqual({ shareCount: 1, fileCount: 0, ownerIds: [owner.userId] });
  await index.setHiddenOwners([owner.userId]);
  expect(await index.owners(asks)).toEqual([]);
  await index.removeShare(owner, shareId);
  expect(await index.census()).toEqual({ shareCount: 0, fileCount: 0, ownerIds: [] });
});

test('what the threads refuse is a refusal of the API', async () => {
  const { index } = threadedIndex();
  const owner = someone();
  await shared(index, owner);
  const place = { shareId: randomUUID(), path: '' };
  await expect(index.details(viewer(), place)).rejects.toMatchObject({ ferryCode: 'not-found' });
  const page = { ...place, baseRevision: 0, put: [], remove: [] };
  await expect(index.publish(owner, page)).rejects.toMatchObject({ ferryCode: 'not-found' });
});

test('what was published is there after a restart, and so is who is hidden', async () => {
  const { index, dataDir } = threadedIndex();
  const [owner, hidden] = [someone(), someone()];
  await index.setHiddenOwners([hidden.userId]);
  await shared(index, owner);
  await shared(index, hidden);
  await index.owners(viewer());
  await index.close();
  expect(readdirSync(dataDir)).toEqual(['catalog.sqlite']);
  const { index: next, said } = threadedIndex(dataDir);
  expect((await next.owners(viewer())).map(({ userId }) => userId)).toEqual([owner.userId]);
  expect(said).toEqual([]);
});

test('a thread that dies is started anew, and what waits for it is refused as busy', async () => {
  const threads = seenThreads();
  const { index, said } = threadedIndex();
  const owner = someone();
  const shareId = await shared(index, owner);
  const asked = Array.from({ length: 200 }, () => codeOf(index.owners(viewer())).catch(() => 'answered'));
  await threads.at(-1)!.terminate();
  expect(await Promise.all(asked)).toContain('busy');
  await expect.poll(() => index.sharesOfDevice(owner).catch(() => []), POLL).toMatchObject([{ shareId, revision: 1 }]);
  await index.publish(owner, { shareId, baseRevision: 1, put: [file('c')], remove: [] });
  expect(said).toEqual([expect.stringContaining('The thread that reads the catalog ended')]);
});

test('a file that turns out to be damaged is thrown away, and everything is published again', async () => {
  const { index, said, dataDir } = threadedIndex();
  const [owner, hidden] = [someone(), someone()];
  const shareId = await shared(index, owner);
  await shared(index, hidden);
  await index.setHiddenOwners([hidden.userId]);
  await index.close();
  spoil(catalogFile(dataDir));

  const { index: next, said: saidNext } = threadedIndex(dataDir);
  await next.setHiddenOwners([hidden.userId]).catch(() => {});
  await next.children(viewer(), { shareId, path: 'a', offset: 0, limit: 10 }).catch(() => {});
  await expect.poll(() => codeOf(next.details(viewer(), { shareId, path: '' })), POLL).toBe('not-found');
  expect([...said, ...saidNext].join()).toContain('damaged');
  await shared(next, owner);
  await shared(next, hidden);
  expect((await next.owners(viewer())).map(({ userId }) => userId)).toEqual([owner.userId]);
});

test('of a server without a data folder nothing is left', async () => {
  const folder = temporaryFolder();
  vi.stubEnv('TMPDIR', folder);
  onTestFinished(() => void vi.unstubAllEnvs());
  const index = new ThreadedIndex(':memory:');
  await shared(index, someone());
  expect(readdirSync(folder)).toHaveLength(1);
  await index.close();
  expect(readdirSync(folder)).toEqual([]);
});

test('what is asked after the end is refused', async () => {
  const { index } = threadedIndex();
  const owner = someone();
  const shareId = await shared(index, owner);
  const waiting = Array.from({ length: 10 }, (_, n) =>
    index.publish(owner, { shareId, baseRevision: n + 1, put: [file(`${n}`)], remove: [] }).then(
      () => 'done',
      (error) => error.ferryCode,
    ),
  );
  await index.close();
  for (const outcome of await Promise.all(waiting)) expect(['done', 'busy']).toContain(outcome);
  expect(await codeOf(index.owners(viewer()))).toBe('busy');
});

test('whoever watches is told soon after something changed, until it is enough', async () => {
  const { index } = threadedIndex();
  const ended = new AbortController();
  let count = 0;
  index.watch(() => count++, ended.signal);
  await shared(index, someone());
  await expect.poll(() => count, POLL).toBeGreaterThan(0);
  ended.abort();
  const before = count;
  await shared(index, someone());
  await setTimeout(1500);
  expect(count).toBe(before);
});

/** Threads in the order in which they are spoken to for the first time, from now on. */
function seenThreads(): Worker[] {
  const seen: Worker[] = [];
  const post = Worker.prototype.postMessage;
  const spy = vi.spyOn(Worker.prototype, 'postMessage').mockImplementation(function (this: Worker, ...parameters) {
    if (!seen.includes(this)) seen.push(this);
    return post.apply(this, parameters);
  });
  onTestFinished(() => spy.mockRestore());
  return seen;
}

/** Everything but the first page, which tells what there is. */
function spoil(catalog: string): void {
  const descriptor = openSync(catalog, 'r+');
  const { size } = statSync(catalog);
  writeSync(descriptor, Buffer.alloc(size - 4096, 0xee), 0, size - 4096, 4096);
  closeSync(descriptor);
}
