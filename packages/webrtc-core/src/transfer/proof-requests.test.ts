import { describe, expect, test } from 'vitest';
import { CHUNK_BYTES } from '../content/chunk.ts';
import { HASH_BYTES } from '../content/hash.ts';
import { BundleLayout } from '../content/layout.ts';
import { merkleRoot } from '../content/merkle.ts';
import { WIRE_LIMITS } from '../wire/limits.ts';
import { HASHES_WITHIN_MS } from './hash-pages.ts';
import { MOST_AT_ONE_SOURCE } from './open-proofs.ts';
import { ProofRequests, type ProofSource } from './proof-requests.ts';
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
  expect(requests.next(sources('a'), 0)).toEqual([{ source: 'a', entry: 2, firstChunk: 0 }]);
  expect(proofs.allows(0, hashesOf(0))).toBe(true);
  expect(proofs.allows(0, new Uint8Array(32))).toBe(false);
});

test('nothing is asked about what is here', () => {
  const { proofs } = bundleOf([2, 2]);
  const requests = new ProofRequests(proofs, (entry) => entry === 1);
  expect(requests.next(sources('a'), 0).map(({ entry }) => entry)).toEqual([1]);
});

test('right hashes are proof for each chunk, and for no other', () => {
  const { requests, proofs, hashesOf } = bundleOf([3]);
  requests.next(sources('a'), 0);
  const hashes = hashesOf(0);
  expect(proofs.allows(1, hashes.subarray(32, 64))).toBe(false);
  expect(requests.take({ source: 'a', entry: 0, firstChunk: 0 }, hashes, 0)).toBe('proven');
  expect([0, 1, 2].map((at) => proofs.allows(1, hashes.subarray(at * 32, at * 32 + 32)))).toEqual([false, true, false]);
  expect(requests.next(sources('a'), 0)).toEqual([]);
});

test('they may come in pages', () => {
  const { requests, hashesOf } = bundleOf([3]);
  requests.next(sources('a'), 0);
  const hashes = hashesOf(0);
  expect(requests.take({ source: 'a', entry: 0, firstChunk: 0 }, hashes.slice(0, 32), 0)).toEqual({
    source: 'a',
    entry: 0,
    firstChunk: 1,
  });
  expect(requests.take({ source: 'a', entry: 0, firstChunk: 1 }, hashes.slice(32, 64), 0)).toMatchObject({
    firstChunk: 2,
  });
  expect(requests.take({ source: 'a', entry: 0, firstChunk: 2 }, hashes.slice(64), 0)).toBe('proven');
});

test('wrong ones are no proof, and another source is asked', () => {
  const { requests, hashesOf } = bundleOf([2]);
  const [asked] = requests.next(sources('a', 'b'), 0);
  const wrong = hashesOf(0).map((byte) => byte ^ 1);
  expect(requests.take({ source: asked!.source, entry: 0, firstChunk: 0 }, wrong, 0)).toBe('wrong');
  const other = asked!.source === 'a' ? 'b' : 'a';
  expect(requests.next(sources(other), 0)).toEqual([{ source: other, entry: 0, firstChunk: 0 }]);
});

test('more than the entry has chunks is against the protocol', () => {
  const { requests } = bundleOf([2]);
  requests.next(sources('a'), 0);
  expect(() => requests.take({ source: 'a', entry: 0, firstChunk: 0 }, new Uint8Array(3 * HASH_BYTES), 0)).toThrow(
    expect.objectContaining({ code: 'message-malformed' }),
  );
});

test('what was not asked of this source, or not now, is ignored', () => {
  const { requests, hashesOf } = bundleOf([2]);
  expect(requests.take({ source: 'a', entry: 0, firstChunk: 0 }, hashesOf(0), 0)).toBe('ignored');
  requests.next(sources('a'), 0);
  expect(requests.take({ source: 'b', entry: 0, firstChunk: 0 }, hashesOf(0), 0)).toBe('ignored');
  expect(requests.take({ source: 'a', entry: 0, firstChunk: 1 }, hashesOf(0).slice(32), 0)).toBe('ignored');
});

describe('a source that cannot tell', () => {
  test('is not asked again about that entry; another one is', () => {
    const { requests } = bundleOf([2]);
    requests.next(sources('a'), 0);
    expect(requests.take({ source: 'a', entry: 0, firstChunk: 0 }, new Uint8Array(0), 0)).toBe('unable');
    expect([requests.isUnable('a', 0), requests.isUnable('b', 0)]).toEqual([true, false]);
    expect(requests.next(sources('a'), 0)).toEqual([]);
    requests.sourceAdded('b');
    expect(requests.next(sources('a', 'b'), 0)).toEqual([{ source: 'b', entry: 0, firstChunk: 0 }]);
  });

  test('or went away leaves it to others', () => {
    const { requests } = bundleOf([2, 2]);
    requests.next(sources('a'), 0);
    requests.removeSource('a');
    expect(requests.next(sources('b'), 0).map(({ entry }) => entry)).toEqual([0, 1]);
  });
});

test('only so many are asked for at once, over all sources', () => {
  const count = 3 * WIRE_LIMITS.maxHashRequests;
  const { requests, hashesOf } = bundleOf(Array<number>(count).fill(2));
  const seen = new Set<number>();
  const all = sources('a', 'b', 'c', 'd', 'e');
  let asked = requests.next(all, 0);
  expect(asked).toHaveLength(WIRE_LIMITS.maxHashRequests);
  while (asked.length > 0) {
    const [{ source, entry }, ...rest] = asked as [(typeof asked)[0], ...typeof asked];
    seen.add(entry);
    expect(requests.take({ source, entry, firstChunk: 0 }, hashesOf(entry), 0)).toBe('proven');
    asked = [...rest, ...requests.next(all, 0)];
    expect(asked.length).toBeLessThanOrEqual(WIRE_LIMITS.maxHashRequests);
  }
  expect(seen.size).toBe(count);
});

test('only so many are asked of one source, which does not keep others from being asked', () => {
  const { requests } = bundleOf(Array<number>(30).fill(2));
  const some = new Map<string, ProofSource>([
    ['all', everything],
    ['last', { hasEntry: (entry) => entry === 29 }],
  ]);
  const asked = requests.next(some, 0);
  expect(asked.filter(({ source }) => source === 'all')).toHaveLength(MOST_AT_ONE_SOURCE);
  expect(asked.filter(({ source }) => source === 'last').map(({ entry }) => entry)).toEqual([29]);
});

describe('a source that does not answer in time', () => {
  function unanswered(chunkCounts: number[]) {
    const bundle = bundleOf(chunkCounts);
    const [asked] = bundle.requests.next(sources('a'), 0);
    expect(bundle.requests.next(sources('a', 'b'), HASHES_WITHIN_MS - 1)).toEqual([]);
    return { ...bundle, asked: asked! };
  }

  test('is not waited for any longer: another one is asked', () => {
    const { requests } = unanswered([2]);
    expect(requests.dueMs).toBe(HASHES_WITHIN_MS);
    expect(requests.next(sources('a', 'b'), HASHES_WITHIN_MS)).toEqual([{ source: 'b', entry: 0, firstChunk: 0 }]);
    expect([requests.isLate('a', 0), requests.isUnable('a', 0)]).toEqual([true, false]);
  });

  test('is not asked again for it until it is added anew', () => {
    const { requests } = unanswered([2]);
    expect([requests.next(sources('a'), HASHES_WITHIN_MS), requests.isBusy]).toEqual([[], false]);
    requests.sourceAdded('b');
    expect(requests.next(sources('a'), HASHES_WITHIN_MS)).toEqual([]);
    requests.sourceAdded('a');
    expect(requests.next(sources('a'), HASHES_WITHIN_MS)).toEqual([{ source: 'a', entry: 0, firstChunk: 0 }]);
  });

  test('may still tell, as long as nobody else has', () => {
    const { requests, hashesOf, asked } = unanswered([2]);
    requests.next(sources('a', 'b'), HASHES_WITHIN_MS);
    expect(requests.take(asked, hashesOf(0), 5000)).toBe('proven');
    expect([requests.isBusy, requests.isLate('a', 0)]).toEqual([false, false]);
  });

  test('is not blamed for what others told before it did', () => {
    const { requests, hashesOf, asked } = unanswered([2]);
    const [other] = requests.next(sources('a', 'b'), HASHES_WITHIN_MS);
    expect(requests.take(other!, hashesOf(0), 4000)).toBe('proven');
    expect(requests.isLate('a', 0)).toBe(true);
    expect(requests.take(asked, hashesOf(0), 5000)).toBe('needless');
    expect(requests.isLate('a', 0)).toBe(false);
  });

  test('cannot keep its place by telling hash after hash', () => {
    const { requests, hashesOf, asked } = unanswered([3]);
    requests.take(asked, hashesOf(0).slice(0, 32), HASHES_WITHIN_MS - 1);
    expect(requests.next(sources('a', 'b'), HASHES_WITHIN_MS).map(({ source }) => source)).toEqual(['b']);
  });

  test('has as long for each full page', () => {
    const { requests, hashesOf, asked } = unanswered([WIRE_LIMITS.maxHashes + 1]);
    requests.take(asked, hashesOf(0).slice(0, WIRE_LIMITS.maxHashes * HASH_BYTES), 2000);
    expect(requests.next(sources('a', 'b'), HASHES_WITHIN_MS)).toEqual([]);
    expect(requests.dueMs).toBe(2000 + HASHES_WITHIN_MS);
  });

  test('is asked for nothing more once it is late with much, until it is heard of again', () => {
    const { requests, hashesOf } = bundleOf(Array<number>(30).fill(2));
    const asked = requests.next(sources('a'), 0);
    expect(requests.next(sources('a'), HASHES_WITHIN_MS)).toEqual([]);
    expect(requests.next(sources('a', 'b'), HASHES_WITHIN_MS)).toEqual([]);
    requests.sourceAdded('b');
    expect(new Set(requests.next(sources('a', 'b'), HASHES_WITHIN_MS).map(({ source }) => source))).toEqual(
      new Set(['b']),
    );
    for (const request of asked) requests.take(request, hashesOf(request.entry), 4000);
    expect(requests.next(sources('a'), 4000)).toHaveLength(MOST_AT_ONE_SOURCE);
  });
});

test('nobody waits for what is here meanwhile', () => {
  const { proofs } = bundleOf([2, 2]);
  const here = new Set<number>();
  const requests = new ProofRequests(proofs, (entry) => !here.has(entry));
  requests.next(sources('a'), 0);
  here.add(0).add(1);
  expect([requests.next(sources('a'), 1), requests.isBusy]).toEqual([[], false]);
});

describe('on demand', () => {
  function onDemand() {
    const { proofs } = bundleOf([2, 2, 2, 1]);
    const here = new Set<number>();
    const requests = new ProofRequests(proofs, (entry) => !here.has(entry), { isOnDemand: true });
    const asked = () => requests.next(sources('a'), 0).map(({ entry }) => entry);
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
    expect(requests.next(new Map(), 0)).toEqual([]);
    here.add(0);
    requests.sourceAdded('a');
    expect(asked()).toEqual([1]);
  });
});
