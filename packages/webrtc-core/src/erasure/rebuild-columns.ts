// Shards of a stripe from any k others, without a key: for repair, and for data that a download did not get.
import { CodedStripe } from './coded-stripe.ts';
import { ErasureError } from './erasure-error.ts';
import type { Kernel } from './kernel.ts';
import type { StripeGeometry } from './stripe-geometry.ts';

/**
 * The wanted shards of a stripe, in that order. `present` has shards by their index; as many are needed as the stripe
 * has chunks. A data shard that the last stripe does not have is empty, on both sides, and counts for nothing.
 *
 * Wrong bytes make wrong shards: whoever fetched them has verified them.
 *
 * @throws ErasureError `shards-too-few`, `length-invalid` or `index-invalid`
 */
export function rebuildColumns(
  geometry: StripeGeometry,
  kernel: Kernel,
  stripe: number,
  present: ReadonlyMap<number, Uint8Array>,
  wanted: readonly number[],
): Uint8Array<ArrayBuffer>[] {
  const coded = new CodedStripe(geometry, stripe, kernel);
  const sources = new Map<number, Uint8Array>();
  for (const [index, shard] of present) {
    const expectedBytes = geometry.shardBytes(stripe, index);
    if (shard.length !== expectedBytes) {
      throw ErasureError.lengthInvalid(`shard ${index} of ${shard.length} bytes, not ${expectedBytes}`);
    }
    if (expectedBytes > 0) sources.set(coded.codeIndex(index), coded.padded(shard));
  }
  const lengths = new Map(wanted.map((index) => [index, geometry.shardBytes(stripe, index)]));
  const there = [...lengths.keys()].filter((index) => lengths.get(index)! > 0);
  const rebuilt = coded.code.reconstruct(
    sources,
    there.map((index) => coded.codeIndex(index)),
  );
  return wanted.map((index) => {
    const at = there.indexOf(index);
    return at === -1 ? new Uint8Array(0) : rebuilt[at]!.subarray(0, lengths.get(index));
  });
}
