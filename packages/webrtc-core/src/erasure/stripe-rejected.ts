// Shards of a stripe that make no chunks that have their tags, although each shard is as its column's content id says:
// one of these columns is wrong, or the tags are.
import { SetRejected } from '../content/set-rejected.ts';

export class StripeRejected extends SetRejected {
  readonly stripe: number;
  /** Of the shards that were used. */
  readonly indexes: readonly number[];

  constructor(
    { set, chunks, stripe, indexes }: Pick<StripeRejected, 'set' | 'chunks' | 'stripe' | 'indexes'>,
    cause: unknown,
  ) {
    super(set, chunks, { cause });
    this.stripe = stripe;
    this.indexes = indexes;
  }
}
