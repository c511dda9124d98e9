// Chunks of one set that do not fit together, although each of them has its hash. Knows not which of them is wrong.
import { ContentError } from '../errors.ts';

export class SetRejected extends ContentError {
  readonly set: number;
  /** Those that were put together; none of them is kept. */
  readonly chunks: readonly number[];

  constructor(set: number, chunks: readonly number[], options?: { cause?: unknown }) {
    super('chunk-corrupt', `Chunks of set ${set} do not fit together`, options);
    this.set = set;
    this.chunks = chunks;
  }
}
