// How often something was fetched whole from each share, and by whom: for whoever shares it. Knows no transfer that is under
// way.
import type { Outgoing } from '@ferry/webrtc-core';
import type { ServedDownload } from '../../adapters/catalog-contract.ts';
import type { PeopleDirectory } from '../people-directory.ts';
import type { Offer } from './offer.ts';
import type { ServedRecords } from './served-records.ts';

export interface ServedCountsOptions {
  people: PeopleDirectory;
  records: Pick<ServedRecords, 'add' | 'counts' | 'downloads'>;
  touch: () => void;
}

export class ServedCounts {
  readonly #options: ServedCountsOptions;
  #byShare: Record<string, number> = {};

  constructor(options: ServedCountsOptions) {
    this.#options = options;
  }

  get byShare(): Record<string, number> {
    return this.#byShare;
  }

  async restore(): Promise<void> {
    this.#byShare = await this.#options.records.counts();
  }

  downloads(): Promise<ServedDownload[]> {
    return this.#options.records.downloads();
  }

  /** Of what was asked for by its content nobody says where it would count. */
  async count({ chosen, manifest }: Pick<Outgoing, 'chosen' | 'manifest'>, offer: Offer): Promise<void> {
    const { want, title, userId } = offer;
    if (want.type !== 'place') return;
    const user = this.#options.people.person(userId) ?? { userId, username: '' };
    const { shareId, path } = want;
    const { entries } = chosen ?? manifest;
    const sizeBytes = entries.reduce((sum, entry) => sum + entry.sizeBytes, 0);
    this.#byShare = { ...this.#byShare, [shareId]: (this.#byShare[shareId] ?? 0) + 1 };
    this.#options.touch();
    const endedAt = Date.now();
    await this.#options.records.add({ shareId, path, title, user, fileCount: entries.length, sizeBytes, endedAt });
  }
}
