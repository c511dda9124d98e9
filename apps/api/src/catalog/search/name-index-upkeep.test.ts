import { expect, test } from 'vitest';
import { catalogOnDisk, file, someone, viewer } from '../../testing/catalog-on-disk.ts';
import { tidyNameIndex } from './name-index-upkeep.ts';

test('names of a share that was opened or closed are moved, and found before, while and after', async () => {
  const catalog = catalogOnDisk();
  const [owner, friend] = [someone(), someone()];
  const shareId = await catalog.share(owner, { kind: 'files' });
  await catalog.put(owner, shareId, ...Array.from({ length: 300 }, (_, at) => file(`plan ${at}.txt`)));
  const turn = (audience: Parameters<typeof catalog.writer.putShare>[1]['audience']) =>
    catalog.writer.putShare(owner, { shareId, title: 'Plans', kind: 'files', audience });
  const count = (who = viewer()) => catalog.reader.search(who, { query: 'plan', limit: 1 }, []).total.count;
  const turned = () => catalog.sqlite.prepare('SELECT count(*) FROM turned_shares').pluck().get();
  for (const isOpen of [false, true]) {
    await turn(isOpen ? { type: 'everyone' } : { type: 'chosen', userIds: [friend.userId] });
    expect(turned()).toBe(1);
    for (const _ of tidyNameIndex(catalog.sqlite))
      expect([count(), count(viewer(friend))]).toEqual([isOpen ? 300 : 0, 300]);
    expect(turned()).toBe(0);
    expect([count(), count(viewer(friend))]).toEqual([isOpen ? 300 : 0, 300]);
  }
});

test('many small segments become one, which finds the same, and then there is nothing to do', async () => {
  const catalog = catalogOnDisk();
  const owner = someone();
  const shareId = await catalog.share(owner, { kind: 'files' });
  const segments = () =>
    catalog.sqlite.prepare('SELECT count(DISTINCT segid) FROM catalog_names_idx').pluck().get() as number;
  for (let at = 0; segments() < 8; at++) await catalog.put(owner, shareId, file(`plan ${at}.txt`));
  await catalog.remove(owner, shareId, 'plan 3.txt');
  const names = () =>
    catalog.reader.search(viewer(), { query: 'plan', limit: 100 }, []).results.map(({ name }) => name);
  const before = names();
  for (const _ of tidyNameIndex(catalog.sqlite)) expect(names()).toEqual(before);
  expect(segments()).toBe(1);
  expect(names()).toEqual(before);
  expect(tidyNameIndex(catalog.sqlite).next().done).toBe(true);
});
