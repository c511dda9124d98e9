import { expect, test } from 'vitest';
import { catalogOnDisk, file, someone, viewer } from '../../testing/catalog-on-disk.ts';
import { SEARCH_BOUNDS } from './search-bounds.ts';

test('what matched before a search was kept is not new, what came since is', async () => {
  const catalog = catalogOnDisk();
  const owner = someone();
  const shareId = await catalog.share(owner, { kind: 'files' });
  await catalog.put(owner, shareId, file('report 1.pdf'));
  const since = (entry: number | null, query = 'report') => catalog.reader.newMatches(viewer(), { query }, entry, []);
  const begun = since(null);
  expect(begun).toMatchObject({ count: 0, firstName: null });
  expect(since(begun.lastEntry)).toEqual(begun);
  await catalog.put(owner, shareId, file('report 2.pdf'), file('report 3.pdf'), file('plan.pdf'));
  const now = since(begun.lastEntry);
  expect(now).toMatchObject({ count: 2, firstName: 'report 3.pdf' });
  expect(since(now.lastEntry)).toEqual({ count: 0, firstName: null, lastEntry: now.lastEntry });
  expect(since(begun.lastEntry, 'report type:txt')).toMatchObject({ count: 0 });
  // What was new is gone: the same is not news again later.
  await catalog.remove(owner, shareId, 'report 2.pdf', 'report 3.pdf', 'plan.pdf');
  expect(since(now.lastEntry)).toEqual({ count: 0, firstName: null, lastEntry: now.lastEntry });
});

test('what the viewer may not see, and what is their own, is no news', async () => {
  const catalog = catalogOnDisk();
  const [owner, other] = [someone(), someone()];
  const begun = catalog.reader.newMatches(viewer(), { query: 'report' }, null, []).lastEntry;
  const audience = { type: 'chosen' as const, userIds: [other.userId] };
  await catalog.put(owner, await catalog.share(owner, { kind: 'files', audience }), file('report.pdf'));
  const count = (who = viewer()) => catalog.reader.newMatches(who, { query: 'report' }, begun, []).count;
  expect([count(), count(viewer(owner)), count(viewer(other))]).toEqual([0, 0, 1]);
});

test('equal contents are one, and no more are counted than a badge can show', async () => {
  const catalog = catalogOnDisk();
  const owner = someone();
  const shareId = await catalog.share(owner, { kind: 'files' });
  const count = () => catalog.reader.newMatches(viewer(), { query: 'report' }, 0, []).count;
  await catalog.put(owner, shareId, file('report a', 1, 1, 5), file('report b', 1, 1, 5));
  expect(count()).toBe(1);
  const many = Array.from({ length: 2 * SEARCH_BOUNDS.newMatches }, (_, at) => file(`report ${at}`));
  await catalog.put(owner, shareId, ...many);
  expect(count()).toBe(SEARCH_BOUNDS.newMatches);
});
