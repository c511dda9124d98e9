import { hashChunk, merkleRoot } from '@ferry/webrtc-core';
import {
  ChunkTags,
  importStripeKey,
  loadKernel,
  StripeCipher,
  StripeDecoder,
  StripeGeometry,
} from '@ferry/webrtc-core/erasure';
import { describe, expect, test, vi } from 'vitest';
import { base64url, base64urlBytes } from '../base64url.ts';
import { type NotingServer, randomFile, UploadsGround } from './uploads.testing-ground.ts';

const MIB = 1024 * 1024;
const CODE = { k: 2, n: 4 };
/** Three chunks: the last stripe has one alone. */
const SIZE = 2 * MIB + 1000;

const hashOf = async (bytes: Uint8Array) => base64url(await hashChunk(bytes));
const columnNames = (server: NotingServer) => [...server.confirmed.values()].map(({ index }) => index).sort();

test('what is given restores the file, with the key and the tags that the server was told', async () => {
  const ground = await UploadsGround.start();
  const file = randomFile('plan.pdf', SIZE);
  const versionId = await ground.spreading(file);
  const [first, third] = [await ground.column(versionId, 0, 1), await ground.column(versionId, 0, 3)];
  await ground.until(() => ground.server.confirmed.size === 2);

  const { content } = ground.server.begun.get(versionId)!;
  const key = content.type === 'file' ? await importStripeKey(base64urlBytes(content.key)) : undefined;
  const geometry = new StripeGeometry({ sizeBytes: SIZE, ...CODE });
  const tags = ChunkTags.fromBytes(base64urlBytes(ground.server.toldTags[0]!.tags), 3);
  const cipher = new StripeCipher(key!, versionId);
  const decoder = new StripeDecoder({ geometry, kernel: await loadKernel(), cipher, tags });
  const stripes = [
    await decoder.decode(
      0,
      new Map([
        [1, first[0]!],
        [3, third[0]!],
      ]),
    ),
    await decoder.decode(1, new Map([[3, third[1]!]])),
  ];
  const restored = new Blob(stripes.flatMap(({ chunks }) => [...chunks]));
  expect(await hashOf(new Uint8Array(await restored.arrayBuffer()))).toBe(
    await hashOf(new Uint8Array(await file.arrayBuffer())),
  );
});

test('a column is confirmed as what it contains once all of it was given, after the tags of its group', async () => {
  const ground = await UploadsGround.start();
  const versionId = await ground.spreading(randomFile('a', SIZE));
  const chunks = await ground.column(versionId, 0, 2);
  await ground.until(() => ground.server.confirmed.size === 1);
  const contentId = base64url(merkleRoot(await Promise.all(chunks.map(hashChunk))));
  expect([...ground.server.confirmed.values()]).toMatchObject([{ index: 2, contentId, sizeBytes: MIB + 1000 }]);
  await ground.column(versionId, 0, 3);
  await ground.until(() => ground.server.confirmed.size === 2);
  expect(ground.server.calls.filter((call) => call === 'tags 0')).toHaveLength(1);
});

test('a column that lacks the last stripe has the tags of its group told all the same', async () => {
  const ground = await UploadsGround.start();
  const versionId = await ground.spreading(randomFile('a', SIZE));
  expect(await ground.column(versionId, 0, 1)).toHaveLength(1);
  await ground.until(() => ground.server.confirmed.size === 1);
  expect(base64urlBytes(ground.server.toldTags[0]!.tags)).toHaveLength(3 * 16);
});

test('a server that has lost the tags of a group is told them again', async () => {
  const ground = await UploadsGround.start();
  const versionId = await ground.spreading(randomFile('a', SIZE));
  await ground.column(versionId, 0, 2);
  await ground.until(() => ground.server.confirmed.size === 1);
  ground.server.toldTags.length = 0;
  await ground.column(versionId, 0, 3);
  await ground.until(() => ground.server.confirmed.size === 2);
  expect(ground.server.toldTags).toHaveLength(1);
});

test('a column of which a chunk was not given is not confirmed', async () => {
  const ground = await UploadsGround.start();
  const versionId = await ground.spreading(randomFile('a', SIZE));
  const [served] = await ground.uploads.find(versionId, ({ index }) => index === 2);
  await served!.source.read(0);
  await ground.pass(5000);
  expect(ground.server.confirmed.size).toBe(0);
});

test('what was given whole while the server was away is confirmed after a start', async () => {
  const ground = await UploadsGround.start();
  const versionId = await ground.spreading(randomFile('a', SIZE));
  ground.server.refusal = 'unreachable';
  await ground.column(versionId, 0, 2);
  await ground.pass(2000);
  expect(ground.server.confirmed.size).toBe(0);
  ground.server.refusal = undefined;
  const later = await ground.restarted();
  await later.until(() => later.server.confirmed.size === 1);
});

describe('after a start', () => {
  test('the same file gives the same shards', async () => {
    const ground = await UploadsGround.start();
    const file = randomFile('a', SIZE);
    const versionId = await ground.spreading(file);
    const before = await Promise.all((await ground.column(versionId, 0, 2)).map(hashOf));
    const later = await ground.restarted();
    expect(later.snapshot(versionId)).toMatchObject({ status: 'files-needed' });
    expect(later.paused.get(versionId)).toBe('files');
    await later.uploads.supplyFile(versionId, [{ path: ['a'], file }], []);
    expect(later.snapshot(versionId)!.status).toBe('spreading');
    expect(later.paused.has(versionId)).toBe(false);
    expect(await Promise.all((await later.column(versionId, 0, 2)).map(hashOf))).toEqual(before);
  });

  test.each([
    ['of another size', randomFile('a', SIZE + 1)],
    ['that was edited since', randomFile('a', SIZE, { lastModified: 1 })],
    ['that looks the same and is not', randomFile('a', SIZE, { seed: 2 })],
  ])('a file %s is not taken for it', async (_, other) => {
    const ground = await UploadsGround.start();
    const versionId = await ground.spreading(randomFile('a', SIZE));
    await ground.column(versionId, 0, 2);
    const later = await ground.restarted();
    await later.uploads.supplyFile(versionId, [{ path: ['a'], file: other }], []);
    const problem = { code: 'files-differ', fileName: 'a' };
    expect(later.snapshot(versionId)).toMatchObject({ status: 'files-needed', problem });
  });

  test('whoever asks for a column before the file is at hand waits for it', async () => {
    const ground = await UploadsGround.start();
    const file = randomFile('a', SIZE);
    const versionId = await ground.spreading(file);
    const later = await ground.restarted();
    let hasCome = false;
    const column = later.column(versionId, 0, 2).finally(() => (hasCome = true));
    await later.pass(1000);
    expect(hasCome).toBe(false);
    await later.uploads.supplyFile(versionId, [{ path: ['a'], file }], []);
    expect(await column).toHaveLength(2);
  });
});

test('more indexes than there were are served, with the same data', async () => {
  const ground = await UploadsGround.start();
  const versionId = await ground.spreading(randomFile('a', SIZE));
  const before = await Promise.all((await ground.column(versionId, 0, 2)).map(hashOf));
  ground.server.code = { k: 2, n: 6 };
  expect(await ground.column(versionId, 0, 5)).toHaveLength(2);
  expect(await Promise.all((await ground.column(versionId, 0, 2)).map(hashOf))).toEqual(before);
});

test('a server that names another k ends it, and nothing more of it goes out', async () => {
  const ground = await UploadsGround.start();
  const versionId = await ground.spreading(randomFile('a', SIZE));
  await ground.column(versionId, 0, 2);
  const [served] = await ground.uploads.find(versionId, ({ index }) => index === 3);
  ground.server.code = { k: 1, n: 6 };
  expect(await ground.uploads.find(versionId, ({ index }) => index === 5)).toEqual([]);
  expect(ground.snapshot(versionId)).toMatchObject({ status: 'failed', problem: { code: 'code-changed' } });
  expect(ground.withdrawn.has(versionId)).toBe(true);
  await expect(served!.source.read(0)).rejects.toMatchObject({ code: 'source-changed' });
  const later = await ground.restarted();
  expect(await later.uploads.find(versionId, () => true)).toEqual([]);
});

test('two begin, and the third when one of them is safe', async () => {
  const ground = await UploadsGround.start();
  const versionIds = await ground.add(randomFile('a', 10), randomFile('b', 10), randomFile('c', 10));
  await ground.pass(5000);
  expect([...ground.server.begun.keys()]).toEqual(versionIds.slice(0, 2));
  ground.server.safe.add(versionIds[1]!);
  ground.events.told({ type: 'changed' });
  await ground.until(() => ground.server.begun.has(versionIds[2]!));
});

test('one that waits for people holds up nobody', async () => {
  const ground = await UploadsGround.start();
  ground.server.code = null;
  const versionIds = await ground.add(randomFile('a', 10), randomFile('b', 10), randomFile('c', 10));
  await ground.until(() => ground.server.begun.size === 3);
  await ground.until(() => ground.snapshot(versionIds[0]!)!.status === 'waiting-for-people');
});

test('what is paused is given to nobody, begins nothing, and goes on', async () => {
  const ground = await UploadsGround.start();
  const versionId = await ground.spreading(randomFile('a', SIZE));
  await ground.uploads.pauseUpload(versionId);
  expect(ground.paused.get(versionId)).toBe('user');
  expect(ground.snapshot(versionId)!.status).toBe('paused');
  const [other] = await ground.add(randomFile('b', 10));
  await ground.until(() => ground.server.begun.has(other!));
  await ground.uploads.resumeUpload(versionId);
  expect(ground.paused.has(versionId)).toBe(false);
  expect(ground.snapshot(versionId)!.status).toBe('spreading');
});

test('a server that is away is told when it is back', async () => {
  const ground = await UploadsGround.start();
  ground.server.refusal = 'unreachable';
  const [versionId] = await ground.add(randomFile('a', 10));
  await ground.pass(10_000);
  ground.server.refusal = undefined;
  ground.events.connected();
  await ground.until(() => ground.server.begun.has(versionId!));
});

test('what was deleted elsewhere is forgotten, and nothing of it stays', async () => {
  const ground = await UploadsGround.start();
  const versionId = await ground.spreading(randomFile('a', SIZE));
  await ground.column(versionId, 0, 2);
  ground.server.gone.add(versionId);
  ground.events.told({ type: 'changed' });
  await ground.until(() => ground.uploads.snapshots().length === 0);
  await ground.pass(500);
  expect(ground.withdrawn.has(versionId)).toBe(true);
  expect(await ground.uploads.find(versionId, () => true)).toEqual([]);
  for (const table of ['uploads', 'contents', 'tags', 'given'] as const)
    expect(await ground.database.count(table)).toBe(0);
});

describe('what the server has lost', () => {
  test('is begun anew with the same code, and everything that was given of it is told again', async () => {
    const ground = await UploadsGround.start();
    const versionId = await ground.spreading(randomFile('a', SIZE));
    for (const index of [0, 2]) await ground.column(versionId, 0, index);
    await ground.until(() => ground.server.confirmed.size === 2);
    const before = [...ground.server.confirmed.values()];
    ground.server.safe.add(versionId);
    await ground.until(() => ground.snapshot(versionId)!.isSafeToClose);

    ground.server.lose();
    ground.events.connected();
    await ground.until(() => ground.server.confirmed.size === 2);
    expect([...ground.server.confirmed.values()]).toEqual(before);
    expect(ground.server.begun.get(versionId)!.code).toEqual(CODE);
    expect(ground.snapshot(versionId)).toMatchObject({ status: 'spreading', isSafeToClose: false });
  });

  test('is begun anew after a start, without its file, and when the loss shows in a column that is told', async () => {
    const ground = await UploadsGround.start();
    const versionId = await ground.spreading(randomFile('a', SIZE));
    await ground.column(versionId, 0, 2);
    await ground.until(() => ground.server.confirmed.size === 1);
    ground.server.lose();
    const later = await ground.restarted();
    await later.until(() => later.server.confirmed.size === 1);
    expect(later.snapshot(versionId)).toMatchObject({ status: 'files-needed' });
  });

  test('and has not heard of for a month was deleted long ago', async () => {
    const ground = await UploadsGround.start();
    const versionId = await ground.spreading(randomFile('a', SIZE));
    ground.server.lose();
    vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 31 * 24 * 3_600_000);
    ground.events.connected();
    await ground.until(() => ground.snapshot(versionId) === undefined);
    vi.restoreAllMocks();
  });
});

test('what is safe is so after a start too, and is forgotten after three days', async () => {
  const ground = await UploadsGround.start();
  const versionId = await ground.spreading(randomFile('a', 10));
  ground.server.safe.add(versionId);
  ground.events.told({ type: 'changed' });
  await ground.until(() => ground.snapshot(versionId)!.isSafeToClose);
  const later = await ground.restarted();
  expect(later.snapshot(versionId)).toMatchObject({ status: 'safe', isSafeToClose: true, spread: 1 });
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 73 * 3_600_000);
  await later.until(() => later.snapshot(versionId) === undefined);
  vi.restoreAllMocks();
});

test('a file without content needs no columns', async () => {
  const ground = await UploadsGround.start();
  ground.server.code = null;
  const [versionId] = await ground.add(randomFile('empty', 0));
  await ground.until(() => ground.snapshot(versionId!)!.isSafeToClose);
});

test('a share of the Store that is full ends it', async () => {
  const ground = await UploadsGround.start();
  ground.server.refusal = 'quota-full';
  const [versionId] = await ground.add(randomFile('a', 10));
  await ground.until(() => ground.snapshot(versionId!)!.status === 'failed');
  expect(ground.snapshot(versionId!)!.problem).toEqual({ code: 'quota-full', neededBytes: 10 });
});

test('what the server refuses for good after it began ends, and holds up nobody', async () => {
  const ground = await UploadsGround.start();
  const [refused, other] = await ground.add(randomFile('a', SIZE), randomFile('b', SIZE));
  await ground.until(() => ground.server.begun.size === 2);
  ground.server.refusing.set(refused!, 'forbidden');
  await ground.column(refused!, 0, 2);
  await ground.until(() => ground.snapshot(refused!)!.status === 'failed');
  expect(ground.snapshot(refused!)!.problem).toEqual({ code: 'refused' });
  ground.server.calls.length = 0;
  await ground.column(other!, 0, 2);
  await ground.pass(2000);
  expect(columnNames(ground.server)).toEqual([2]);
  expect(ground.server.calls.filter((call) => call.includes(refused!))).toEqual([]);
});

test('what the server refuses for now waits', async () => {
  const ground = await UploadsGround.start();
  const versionId = await ground.spreading(randomFile('a', SIZE));
  ground.server.refusing.set(versionId, 'busy');
  await ground.column(versionId, 0, 2);
  await ground.pass(30_000);
  expect(ground.snapshot(versionId)!.status).toBe('spreading');
  ground.server.refusing.clear();
  await ground.until(() => ground.server.confirmed.size === 1);
});

test('a file that is other than it was ends it, and nothing of what it is now goes out', async () => {
  const ground = await UploadsGround.start();
  const file = randomFile('a', SIZE);
  const versionId = await ground.spreading(file);
  await ground.column(versionId, 0, 2);
  // The encoder has forgotten what it made.
  await ground.pass(20_000);
  const other = randomFile('a', SIZE, { seed: 2 });
  vi.spyOn(file, 'slice').mockImplementation((...range) => other.slice(...range));
  await expect(ground.column(versionId, 0, 3)).rejects.toMatchObject({ code: 'source-changed' });
  await ground.until(() => ground.snapshot(versionId)!.status === 'failed');
  expect(ground.snapshot(versionId)!.problem).toEqual({ code: 'source-changed', fileName: 'a' });
  await ground.until(() => ground.withdrawn.has(versionId));
});

test('columns that were given are named by what they contain, with the hashes that prove it', async () => {
  const ground = await UploadsGround.start();
  const versionId = await ground.spreading(randomFile('a', SIZE));
  const chunks = await ground.column(versionId, 0, 2);
  await ground.until(() => columnNames(ground.server).length === 1);
  const [served] = await ground.uploads.find(versionId, ({ index }) => index === 2);
  const hashes = await Promise.all(chunks.map(hashChunk));
  expect(base64url(served!.entry.contentId!)).toBe(base64url(merkleRoot(hashes)));
  expect(base64url((await served!.hashes())!)).toBe(base64url(new Uint8Array(hashes.flatMap((hash) => [...hash]))));
});
