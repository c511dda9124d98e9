// All shards of a stripe, made. Knows not how.

export class EncodedStripe {
  readonly stripe: number;
  /** Of the memory behind all shards. */
  readonly heldBytes: number;
  readonly #shards: readonly Uint8Array[];

  /** By their index; a data shard that the stripe does not have is empty. */
  constructor(stripe: number, shards: readonly Uint8Array[]) {
    this.stripe = stripe;
    this.#shards = shards;
    this.heldBytes = shards.reduce((sum, shard) => sum + shard.buffer.byteLength, 0);
  }

  /** A copy: several holders may be handed the same one, and a copy may be transferred to another thread. */
  shard(index: number): Uint8Array<ArrayBuffer> {
    return this.#shards[index]!.slice();
  }
}
