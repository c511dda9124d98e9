// A stripe as its code sees it. A last stripe of fewer chunks is coded as if k were their number: that makes the same
// parity as chunks of zeros in the missing places would, and needs fewer shards to restore. Knows no bytes' meaning.
import type { Kernel } from './kernel.ts';
import { ReedSolomon } from './reed-solomon.ts';
import type { StripeGeometry } from './stripe-geometry.ts';

export class CodedStripe {
  readonly code: ReedSolomon;
  /** The length of all shards, as the code sees them. */
  readonly codedBytes: number;
  readonly #k: number;

  constructor(geometry: StripeGeometry, stripe: number, kernel: Kernel) {
    this.code = new ReedSolomon(geometry.chunksOf(stripe).count, kernel);
    this.codedBytes = geometry.codedBytes(stripe);
    this.#k = geometry.k;
  }

  /** The code's index of a shard that there is. */
  codeIndex(index: number): number {
    return index < this.#k ? index : index - this.#k + this.code.k;
  }

  /** The file's last chunk may be shorter: zeros follow. */
  padded(shard: Uint8Array): Uint8Array {
    if (shard.length === this.codedBytes) return shard;
    const padded = new Uint8Array(this.codedBytes);
    padded.set(shard);
    return padded;
  }
}
