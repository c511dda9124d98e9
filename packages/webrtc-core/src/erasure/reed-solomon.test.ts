import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seededRandom } from '../testing/random.ts';
import { MAX_DATA_SHARDS, MAX_PARITY_SHARDS } from './code-rows.ts';
import { loadKernel } from './load-kernel.ts';
import { ReedSolomon } from './reed-solomon.ts';

const kernel = await loadKernel();
const refusal = (code: string) => expect.objectContaining({ name: 'ErasureError', code });

function dataOf(k: number, length: number, seed = 1): Uint8Array[] {
  const random = seededRandom(seed);
  return Array.from({ length: k }, () => random.bytes(length));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at);
}

/** All n shards by their indexes. */
function allShards(code: ReedSolomon, data: readonly Uint8Array[], n: number): Map<number, Uint8Array> {
  const parity = code.encode(data, range(code.k, n));
  return new Map([...data, ...parity].entries());
}

/** A code, the indexes of k of its shards, and a shard length. */
const kOfN = fc
  .record({ k: fc.integer({ min: 1, max: MAX_DATA_SHARDS }), parity: fc.integer({ min: 0, max: MAX_PARITY_SHARDS }) })
  .chain(({ k, parity }) =>
    fc.record({
      k: fc.constant(k),
      n: fc.constant(k + parity),
      kept: fc.shuffledSubarray(range(0, k + parity), { minLength: k, maxLength: k }),
      length: fc.nat(200),
      seed: fc.nat(),
    }),
  );

test('any k of n shards make all the others', () => {
  fc.assert(
    fc.property(kOfN, ({ k, n, kept, length, seed }) => {
      const code = new ReedSolomon(k, kernel);
      const shards = allShards(code, dataOf(k, length, seed), n);
      const present = new Map(kept.map((index) => [index, shards.get(index)!]));
      const wanted = range(0, n).toReversed();
      expect(code.reconstruct(present, wanted)).toEqual(wanted.map((index) => shards.get(index)));
    }),
    { numRuns: 60 },
  );
});

test('fewer than k shards are refused', () => {
  fc.assert(
    fc.property(kOfN, ({ k, kept, length }) => {
      const present = new Map(kept.slice(1).map((index) => [index, new Uint8Array(length)]));
      expect(() => new ReedSolomon(k, kernel).reconstruct(present, [0])).toThrow(refusal('shards-too-few'));
    }),
  );
});

test('parity that is made later is the parity that would have been made at once', () => {
  const code = new ReedSolomon(5, kernel);
  const data = dataOf(5, 77);
  const atOnce = code.encode(data, range(5, 12));
  expect([...code.encode(data, [5, 6]), ...code.encode(data, range(7, 12))]).toEqual(atOnce);
  expect(code.encode(data, [11, 8])).toEqual([atOnce[6], atOnce[3]]);
});

test('data shards that are all zero may as well not be there: the code with fewer makes the same parity', () => {
  const data = dataOf(3, 50);
  const padded = [...data, new Uint8Array(50), new Uint8Array(50)];
  const parity = new ReedSolomon(3, kernel).encode(data, [3, 4, 5]);
  expect(new ReedSolomon(5, kernel).encode(padded, [5, 6, 7])).toEqual(parity);
});

test('of more shards than needed, all may be given', () => {
  const code = new ReedSolomon(4, kernel);
  const shards = allShards(code, dataOf(4, 33), 9);
  const lost = shards.get(2);
  shards.delete(2);
  expect(code.reconstruct(shards, [2])).toEqual([lost]);
});

describe('misuse', () => {
  const code = new ReedSolomon(3, kernel);
  const data = dataOf(3, 10);

  test.each([0, 129, 2.5, Number.NaN])('a code of %d data shards', (k) => {
    expect(() => new ReedSolomon(k, kernel)).toThrow(refusal('code-invalid'));
  });

  test('shards of different lengths', () => {
    const uneven = [data[0]!, data[1]!, data[2]!.subarray(1)];
    expect(() => code.encode(uneven, [3])).toThrow(refusal('length-invalid'));
    expect(() => code.reconstruct(new Map(uneven.entries()), [3])).toThrow(refusal('length-invalid'));
    const unused = new Map([...data, new Uint8Array(9)].entries());
    expect(() => code.reconstruct(unused, [4])).toThrow(refusal('length-invalid'));
  });

  test('too few data shards, and too many', () => {
    expect(() => code.encode(data.slice(1), [3])).toThrow(refusal('shards-too-few'));
    expect(() => code.encode([...data, data[0]!], [3])).toThrow(refusal('index-invalid'));
  });

  test.each([-1, 131, 0.5])('shard %d', (index) => {
    expect(() => code.encode(data, [index])).toThrow(refusal('index-invalid'));
    expect(() => code.reconstruct(new Map(data.entries()), [index])).toThrow(refusal('index-invalid'));
    const present = new Map([...data.entries(), [index, data[0]!] as const]);
    expect(() => code.reconstruct(present, [3])).toThrow(refusal('index-invalid'));
  });

  test('the same shard twice', () => {
    expect(() => code.encode(data, [3, 3])).toThrow(refusal('index-invalid'));
  });
});
