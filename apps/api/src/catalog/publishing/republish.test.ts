import { expect, test } from 'vitest';
import { catalogOnDisk, file, someone, viewer } from '../../testing/catalog-on-disk.ts';

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => file(`folder ${(from + n) % 5}/${from + n}`, 10));

test('everything stays listed until the end, and then what was not published again is gone', async () => {
  const { writer, reader, share, put } = catalogOnDisk();
  const owner = someone();
  const shareId = await share(owner);
  await put(owner, shareId, ...numbered(0, 400));
  await writer.republish(owner, { shareId, step: 'begin' });
  await put(owner, shareId, ...numbered(300, 450));
  const root = () => reader.details(viewer(), { shareId, path: '' });
  expect(root()).toMatchObject({ fileCount: 450, sizeBytes: 4500 });
  const { revision, ...state } = await writer.republish(owner, { shareId, step: 'end' });
  expect(state).toEqual({ shareId, fileCount: 150 });
  expect(root()).toMatchObject({ fileCount: 150, sizeBytes: 1500 });
  expect(await writer.republish(owner, { shareId, step: 'end' })).toEqual({ ...state, revision });
});

test('to begin makes pages stale that were on their way', async () => {
  const { writer, share } = catalogOnDisk();
  const owner = someone();
  const shareId = await share(owner);
  const { revision } = await writer.republish(owner, { shareId, step: 'begin' });
  const page = { shareId, put: [file('a')], remove: [] };
  await expect(writer.publish(owner, { ...page, baseRevision: 0 })).rejects.toThrow('revision-mismatch');
  await writer.publish(owner, { ...page, baseRevision: revision });
});

test('who begins twice publishes everything after the second time', async () => {
  const { writer, share, put } = catalogOnDisk();
  const owner = someone();
  const shareId = await share(owner);
  await writer.republish(owner, { shareId, step: 'begin' });
  await put(owner, shareId, file('first'));
  await writer.republish(owner, { shareId, step: 'begin' });
  await put(owner, shareId, file('second'));
  expect(await writer.republish(owner, { shareId, step: 'end' })).toMatchObject({ fileCount: 1 });
});
