// The downloads that are under way, each with whoever it may come from: started anew and in another life of this program,
// and told what happens. Knows no rows and no records.
import type { GrantAnswer, GrantRequest } from '@ferry/shared';
import { type AcceptedTransfer, type Clock, type Exchange, isEnded, type Receiver } from '@ferry/webrtc-core';
import type { PeopleDirectory } from '../people-directory.ts';
import { Download } from './download.ts';
import type { CatalogOrigin, PendingDownload } from './download-record.ts';

export interface RunningDownloadsOptions {
  deviceId: string;
  exchange: Exchange;
  people: PeopleDirectory;
  grant: (request: GrantRequest) => Promise<GrantAnswer>;
  clock: Clock;
  /** In [0, 1). */
  random: () => number;
  /** Who a download may come from is different. */
  sourcesChanged: (transferId: string, catalog: CatalogOrigin) => void;
  /** Nobody can give it any more. */
  gone: (transferId: string) => void;
}

export class RunningDownloads {
  readonly #options: RunningDownloadsOptions;
  readonly #downloads = new Map<string, Download>();
  #online: ReadonlySet<string> = new Set();

  constructor(options: RunningDownloadsOptions) {
    this.#options = options;
  }

  all(): Iterable<Download> {
    return this.#downloads.values();
  }

  get(transferId: string): Download | undefined {
    return this.#downloads.get(transferId);
  }

  /** @param accepted what was accepted in an earlier life of this program */
  async fetch(
    record: Pick<PendingDownload, 'transferId' | 'summary' | 'peer' | 'catalog'>,
    accepted?: AcceptedTransfer,
  ): Promise<Receiver> {
    const { transferId, summary, peer, catalog } = record;
    const { exchange, deviceId, grant, sourcesChanged, gone } = this.#options;
    const download = new Download({
      ...this.#options,
      transferId,
      ownerId: peer.userId,
      catalog,
      ask: () => grant({ deviceId, ...catalog.place }),
      changed: () => sourcesChanged(transferId, catalog),
      gone: () => gone(transferId),
    });
    this.#downloads.get(transferId)?.stop();
    this.#downloads.set(transferId, download);
    const sources = download.knownSources;
    const receiver = await exchange.fetch({ transfer: transferId, summary, sources, ...(accepted && { accepted }) });
    download.start(receiver);
    return receiver;
  }

  changed({ transfer, state }: Receiver): void {
    this.#downloads.get(transfer)?.receiverChanged();
    // What has failed may be tried again.
    if (isEnded(state) && state.status !== 'failed') this.#downloads.delete(transfer);
  }

  forget(transferId: string): void {
    this.#downloads.get(transferId)?.stop();
    this.#downloads.delete(transferId);
  }

  peopleChanged(online: ReadonlySet<string>): void {
    const came = new Set([...online].filter((deviceId) => !this.#online.has(deviceId)));
    this.#online = online;
    if (came.size > 0) for (const download of this.#downloads.values()) download.cameOnline(came);
  }
}
