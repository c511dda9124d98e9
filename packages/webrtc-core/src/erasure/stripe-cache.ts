// The stripes that were encoded or asked for last, as many as find room. Knows not how they are made.
import type { EncodedStripe } from './encoded-stripe.ts';

export class StripeCache {
  readonly #capacityBytes: number;
  /** What was used last stands last. */
  readonly #stripes = new Map<number, EncodedStripe>();
  #heldBytes = 0;

  constructor(capacityBytes: number) {
    this.#capacityBytes = capacityBytes;
  }

  get heldBytes(): number {
    return this.#heldBytes;
  }

  get(stripe: number): EncodedStripe | undefined {
    const encoded = this.#stripes.get(stripe);
    if (!encoded) return undefined;
    this.#stripes.delete(stripe);
    this.#stripes.set(stripe, encoded);
    return encoded;
  }

  /** A stripe that finds no room at all is not kept. */
  add(encoded: EncodedStripe): void {
    this.#remove(encoded.stripe);
    if (encoded.heldBytes > this.#capacityBytes) return;
    for (const stripe of this.#stripes.keys()) {
      if (this.#heldBytes + encoded.heldBytes <= this.#capacityBytes) break;
      this.#remove(stripe);
    }
    this.#stripes.set(encoded.stripe, encoded);
    this.#heldBytes += encoded.heldBytes;
  }

  #remove(stripe: number): void {
    this.#heldBytes -= this.#stripes.get(stripe)?.heldBytes ?? 0;
    this.#stripes.delete(stripe);
  }
}
