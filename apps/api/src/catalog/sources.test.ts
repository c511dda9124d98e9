import { expect, test } from 'vitest';
import { catalogOnDisk, contentId, file, holding, someone, viewer } from '../testing/catalog-on-disk.ts';

test('a file is listed with a few of those who have it: itself, and those who are online first', async () => {
  const { reader, share, put } = catalogOnDisk();
  const people = Array.from({ length: 8 }, someone);
  const shares: string[] = [];
  for (const person of people) {
    const shareId = await share(person);
    shares.push(shareId);
    await put(person, shareId, file('a.txt', 1, 1, 1), file('twice.txt', 1, 1, 1));
  }
  const online = people.slice(5);
  const asks = viewer(someone(), ...online);
  const [listed] = reader.children(asks, { shareId: shares[0]!, path: '', offset: 0, limit: 1 }).entries;
  const deviceIds = (of: { deviceId: string }[]) => of.map(({ deviceId }) => deviceId);
  expect(listed).toMatchObject({ contentId: contentId(1), sourceCount: 8 });
  expect(deviceIds(listed!.sources)).toEqual(deviceIds([...online, people[0]!]));

  const detailed = reader.details(asks, { shareId: shares[6]!, path: 'twice.txt' });
  expect(detailed.sources[0]).toEqual({ ...people[6], shareId: shares[6], path: 'twice.txt' });
  expect(new Set(deviceIds(detailed.sources))).toEqual(new Set(deviceIds(people)));
  expect(new Set(deviceIds(detailed.sources.slice(0, 3)))).toEqual(new Set(deviceIds(online)));
});

test('whoever says anew what it holds, holds nothing else', async () => {
  const { reader, writer, share, put } = catalogOnDisk();
  const [owner, holder] = [someone(), someone()];
  const shareId = await share(owner);
  await put(owner, shareId, file('1', 1, 1, 1), file('2', 1, 1, 2));
  const counts = () =>
    ['1', '2'].map((path) => reader.details(viewer(someone(), holder), { shareId, path }).holderCount);
  const holds = (...seeds: number[]) => [holding(seeds.map(contentId), [shareId, owner])];
  await writer.setHoldings(holder, holds(1));
  expect(counts()).toEqual([1, 0]);
  await writer.setHoldings(holder, holds(2, 3));
  expect(counts()).toEqual([0, 1]);
  await writer.setHoldings({ ...holder, deviceId: someone().deviceId }, []);
  expect(counts()).toEqual([0, 1]);
  await writer.setHoldings(holder, []);
  expect(counts()).toEqual([0, 0]);
});
