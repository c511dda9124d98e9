import { describe, expect, test } from 'vitest';
import { CHUNK_BYTES } from '../content/chunk.ts';
import { HASH_BYTES } from '../content/hash.ts';
import { BundleLayout } from '../content/layout.ts';
import { merkleRoot } from '../content/merkle.ts';
import { WIRE_LIMITS } from '../wire/limits.ts';
import { ProofRequests } from './proof-requests.ts';
import { Proofs } from './proofs.ts';

/** Entries of so many chunks, each with a content id; the hashes of the chunks of one. */
function bundleOf(chunkCounts: number[]) {
  const hashesOf = (entry: number) => {
    const hashes = new Uint8Array(chunkCounts[entry]! * HASH_BYTES);
    for (let at = 0; at < hashes.length; at++) hashes[at] = (entry * 31 + at * 7) % 256;
    return hashes;
  };
  const entries = chunkCounts.map((count, entry) => {
    const hashes = hashesOf(entry);
    const list = Array.from({ length: count }, (_, at) => hashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES));
    return {
      path: [`${entry}`],
      sizeBytes: count * CHUNK_BYTES,
      modifiedMs: 0,
      mediaType: '',
      contentId: merkleRoot(list),
    };
  });
  const proofs = new Proofs({ entries }, new BundleLayout({ entries }));
  return { proofs, requests: new ProofRequests(proofs, () => true), hashesOf };
}

const everything = { hasEntry: () => true };
const sources = (...names: string[]) => new Map(names.map((name) => [name, everything]));

test('nothing is asked about single chunks and empty files: their id is proof enough', () => {
  const { requests, proofs, hashesOf } = bundleOf([1, 0, 2]);
  expect(requests.next(sources('a'))).toEqual([{ source: 'a', entry: 2, firstChunk: 0 }]);
  expect(proofs.allows(0, hashesOf(0))).toBe(true);
  expect(proofs.allows(0, new Uint8Array(32))).toBe(false);
});

test('nothing is asked about what is here', () => {
  const { proofs } = bundleOf([2, 2]);
  const requests = new ProofRequests(proofs, (entry) => entry === 1);
  expect(requests.next(sources('a')).map(({ entry }) => entry)).toEqual([1]);
});

test('right hashes are proof for each chunk, and for no other', () => {
  const { requests, proofs, hashesOf } = bundleOf([3]);
  requests.next(sources('a'));
  const hashes = hashesOf(0);
  expect(proofs.allows(1, hashes.subarray(32, 64))).toBe(false);
  expect(requests.take('a', 0, 0, hashes)).toBe('proven');
  expect([0, 1, 2].map((at) => proofs.allows(1, hashes.subarray(at * 32, at * 32 + 32)))).toEqual([false, true, false]);
  expect(requests.next(sources('a'))).toEqual([]);
});

test('they may come in pages', () => {
  const { requests, hashesOf } = bundleOf([3]);
  requests.next(sources('a'));
  const hashes = hashesOf(0);
  expect(requests.take('a', 0, 0, hashes.slice(0, 32))).toEqual({ source: 'a', entry: 0, firstChunk: 1 });
  expect(requests.take('a', 0, 1, hashes.slice(32, 64))).toMatchObject({ firstChunk: 2 });
  expect(requests.take('a', 0, 2, hashes.slice(64))).toBe('proven');
});

test('wrong ones are no proof, and another source is asked', () => {
  const { requests, hashesOf } = bundleOf([2]);
  const [asked] = requests.next(sources('a', 'b'));
  const wrong = hashesOf(0).map((byte) => byte ^ 1);
  expect(requests.take(asked!.source, 0, 0, wrong)).toBe('wrong');
  const other = asked!.source === 'a' ? 'b' : 'a';
  expect(requests.next(sources(other))).toEqual([{ source: other, entry: 0, firstChunk: 0 }]);
});

test('more than the entry has chunks is against the protocol', () => {
  const { requests } = bundleOf([2]);
  requests.next(sources('a'));
  expect(() => requests.take('a', 0, 0, new Uint8Array(3 * HASH_BYTES))).toThrow(
    expect.objectContaining({ code: 'message-malformed' }),
  );
});

test('what was not asked of this source, or not now, is ignored', () => {
  const { requests, hashesOf } = bundleOf([2]);
  expect(requests.take('a', 0, 0, hashesOf(0))).toBe('ignored');
  requests.next(sources('a'));
  expect(requests.take('b', 0, 0, hashesOf(0))).toBe('ignored');
  expect(requests.take('a', 0, 1, hashesOf(0).slice(32))).toBe('ignored');
});

describe('a source that cannot tell', () => {
  test('is not asked again about that entry; another one is', () => {
    const { requests } = bundleOf([2]);
    requests.next(sources('a'));
    expect(requests.take('a', 0, 0, new Uint8Array(0))).toBe('unable');
    expect([requests.isUnable('a', 0), requests.isUnable('b', 0)]).toEqual([true, false]);
    expect(requests.next(sources('a'))).toEqual([]);
    requests.sourceAdded('b');
    expect(requests.next(sources('a', 'b'))).toEqual([{ source: 'b', entry: 0, firstChunk: 0 }]);
  });

  test('or went away leaves it to others', () => {
    const { requests } = bundleOf([2, 2]);
    requests.next(sources('a'));
    requests.removeSource('a');
    expect(requests.next(sources('b')).map(({ entry }) => entry)).toEqual([0, 1]);
  });
});

test('only so many are asked for at once, over all sources', () => {
  const count = 3 * WIRE_LIMITS.maxHashRequests;
  const { requests, hashesOf } = bundleOf(Array<number>(count).fill(2));
  const seen = new Set<number>();
  let asked = requests.next(sources('a', 'b'));
  expect(asked).toHaveLength(WIRE_LIMITS.maxHashRequests);
  while (asked.length > 0) {
    const [{ source, entry }, ...rest] = asked as [(typeof asked)[0], ...typeof asked];
    seen.add(entry);
    expect(requests.take(source, entry, 0, hashesOf(entry))).toBe('proven');
    asked = [...rest, ...requests.next(sources('a', 'b'))];
    expect(asked.length).toBeLessThanOrEqual(WIRE_LIMITS.maxHashRequests);
  }
  expect(seen.size).toBe(count);
});

describe('on demand', () => {
  function onDemand() {
    const { proofs } = bundleOf([2, 2, 2, 1]);
    const here = new Set<number>();
    const requests = new ProofRequests(proofs, (entry) => !here.has(entry), { isOnDemand: true });
    const asked = () => requests.next(sources('a')).map(({ entry }) => entry);
    return { here, requests, asked };
  }

  test('nothing is asked for until it is wanted, and then once', () => {
    const { requests, asked } = onDemand();
    expect([asked(), requests.isBusy]).toEqual([[], false]);
    requests.want([1, 3, 1]);
    expect([asked(), requests.isBusy]).toEqual([[1], true]);
    requests.want([1, 2]);
    expect(asked()).toEqual([2]);
  });

  test('what is here by the time that somebody could tell is not asked for', () => {
    const { here, requests, asked } = onDemand();
    requests.want([0, 1]);
    expect(requests.next(new Map())).toEqual([]);
    here.add(0);
    requests.sourceAdded('a');
    expect(asked()).toEqual([1]);
  });
});
