// All shards of a stripe, made. Knows not how.

export class EncodedStripe {
  readonly stripe: number;
  /** Of all shards; the few bytes of tags that stand behind some of them do not matter. */
  readonly heldBytes: number;
  readonly #shards: readonly Uint8Array[];

  /** By their index; a data shard that the stripe does not have is empty. */
  constructor(stripe: number, shards: readonly Uint8Array[]) {
    this.stripe = stripe;
    this.#shards = shards;
    this.heldBytes = shards.reduce((sum, shard) => sum + shard.length, 0);
  }

  /** Several holders may be handed the same one. */
  shard(index: number): Uint8Array {
    return this.#shards[index]!;
  }
}
