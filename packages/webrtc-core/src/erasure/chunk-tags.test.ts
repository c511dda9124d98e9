import { expect, test } from 'vitest';
import { ChunkTags } from './chunk-tags.ts';

const refusal = (code: string) => expect.objectContaining({ name: 'ErasureError', code });
const tag = (byte: number) => new Uint8Array(16).fill(byte);

test('a tag is known once it was set, also one of zeros', () => {
  const tags = new ChunkTags(3);
  expect(tags.get(1)).toBeUndefined();
  tags.set(1, tag(0));
  expect(tags.get(1)).toEqual(tag(0));
  expect([tags.get(0), tags.get(2), tags.get(3)]).toEqual([undefined, undefined, undefined]);
});

test('a run is known when each of its tags is', () => {
  const tags = new ChunkTags(4);
  tags.setRun({ first: 1, count: 2 }, Uint8Array.of(...tag(1), ...tag(2)));
  expect(tags.getRun({ first: 1, count: 2 })).toEqual(Uint8Array.of(...tag(1), ...tag(2)));
  expect(tags.getRun({ first: 0, count: 2 })).toBeUndefined();
  expect(tags.getRun({ first: 2, count: 2 })).toBeUndefined();
  tags.set(3, tag(3));
  expect(tags.getRun({ first: 2, count: 2 })).toEqual(Uint8Array.of(...tag(2), ...tag(3)));
  expect(tags.getRun({ first: 2, count: 3 })).toBeUndefined();
});

test('what is handed out is a copy', () => {
  const tags = ChunkTags.fromBytes(tag(5), 1);
  tags.get(0)!.fill(9);
  tags.getRun({ first: 0, count: 1 })!.fill(9);
  expect(tags.get(0)).toEqual(tag(5));
});

test('tags of another number of chunks, cut off, or beyond the end are refused', () => {
  expect(() => ChunkTags.fromBytes(new Uint8Array(32), 3)).toThrow(refusal('length-invalid'));
  expect(() => new ChunkTags(2).set(0, new Uint8Array(15))).toThrow(refusal('length-invalid'));
  expect(() => new ChunkTags(2).set(2, tag(1))).toThrow(refusal('index-invalid'));
  expect(() => new ChunkTags(2).set(-1, tag(1))).toThrow(refusal('index-invalid'));
});
