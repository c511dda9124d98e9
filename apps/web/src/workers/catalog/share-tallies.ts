// The sums of shares as they are shown: read again whenever something is different, once for all that changes while they
// are being read. Knows neither what changed nor who shows them.
import type { ShareTally } from './catalog-database.ts';
import type { LiveShare } from './live-share.ts';
import type { ShareRecords } from './share-records.ts';

export interface ShareTalliesOptions {
  shares: Pick<ShareRecords, 'tally'>;
  share: (shareId: string) => Pick<LiveShare, 'tally'> | undefined;
  /** Something may look different. */
  touch: () => void;
}

export class ShareTallies {
  readonly #options: ShareTalliesOptions;
  /** Whose sums are being read, and whether they are to be read again. */
  readonly #counting = new Map<string, { again: boolean }>();

  constructor(options: ShareTalliesOptions) {
    this.#options = options;
  }

  async count(shareId: string): Promise<void> {
    const counting = this.#counting.get(shareId);
    if (counting) {
      counting.again = true;
      return;
    }
    const { shares, share, touch } = this.#options;
    const mine = { again: true };
    this.#counting.set(shareId, mine);
    while (mine.again) {
      mine.again = false;
      const tally: ShareTally = await shares.tally(shareId);
      const live = share(shareId);
      if (live) live.tally = tally;
    }
    this.#counting.delete(shareId);
    touch();
  }

  /** Files that the server was told of. */
  async listedCount(shareId: string): Promise<number> {
    const { fileCount, untoldCount } = await this.#options.shares.tally(shareId);
    return fileCount - untoldCount;
  }
}
