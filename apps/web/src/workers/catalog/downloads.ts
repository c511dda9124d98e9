// Everything that is fetched from the catalog: remembered before anything is asked, accepted as soon as its owner has told
// what it is, and going on by itself whenever somebody who has it is there. Knows no grants and no links.
import type { GrantAnswer, GrantRequest } from '@ferry/shared';
import {
  type AcceptedTransfer,
  type Clock,
  type Exchange,
  isEnded,
  type Manifest,
  type Receiver,
  TransferError,
} from '@ferry/webrtc-core';
import type { DownloadRequest } from '../../adapters/catalog-contract.ts';
import type { BundleRecord } from '../bundle-record.ts';
import type { BundleRecords } from '../bundle-records.ts';
import type { PeopleDirectory } from '../people-directory.ts';
import type { ReceivedBundles } from '../received-bundles.ts';
import type { Receiving } from '../receiving.ts';
import type { ReceiveRow } from '../transfer-row.ts';
import type { TransferTable } from '../transfer-table.ts';
import { explained, withoutFiles } from './changed-files.ts';
import { giversWith } from './download-givers.ts';
import type { CatalogOrigin, PendingDownload } from './download-record.ts';
import { startOf } from './download-start.ts';
import { PendingDownloads } from './pending-downloads.ts';
import { RunningDownloads } from './running-downloads.ts';

export interface DownloadsOptions {
  deviceId: string;
  exchange: Exchange;
  table: TransferTable;
  people: PeopleDirectory;
  records: BundleRecords;
  received: ReceivedBundles;
  receiving: Pick<Receiving, 'accept' | 'retry'>;
  grant: (request: GrantRequest) => Promise<GrantAnswer>;
  clock: Clock;
  /** In [0, 1). */
  random: () => number;
  touch: () => void;
}

export class Downloads {
  readonly #options: DownloadsOptions;
  readonly #running: RunningDownloads;
  readonly #pending: PendingDownloads;
  /** Asked for a moment ago, by place. */
  readonly #beginning = new Map<string, Promise<string>>();

  constructor(options: DownloadsOptions) {
    this.#options = options;
    this.#pending = new PendingDownloads(options.records);
    this.#running = new RunningDownloads({
      ...options,
      sourcesChanged: (transferId, catalog) => void this.#rememberSources(transferId, catalog),
      gone: (transferId) => this.#gone(transferId),
    });
  }

  /** Those that had no manifest yet when this browser was last here; the others are restored with what they hold. */
  async restore(): Promise<void> {
    const isAccepted = (transferId: string) => this.#options.received.get(transferId) !== undefined;
    for (const record of await this.#pending.restore(isAccepted)) await this.#begin(record);
  }

  async download(request: DownloadRequest): Promise<string> {
    const { shareId, path } = request.place;
    const key = `${shareId} ${path}`;
    const beginning = this.#beginning.get(key) ?? this.#find(request).finally(() => this.#beginning.delete(key));
    this.#beginning.set(key, beginning);
    return beginning;
  }

  /** Goes on with what was accepted in an earlier life of this program. */
  async fetchAgain(record: BundleRecord, accepted: AcceptedTransfer): Promise<Receiver> {
    const { transferId, summary, peer, catalog, leftOut } = record;
    return this.#running.fetch({ transferId, summary, peer, catalog: catalog! }, { ...accepted, givenUp: leftOut });
  }

  /** Of a download that is being accepted; undefined for what somebody sent. */
  originOf(transferId: string): { catalog: CatalogOrigin; isPaused: boolean } | undefined {
    const download = this.#running.get(transferId);
    return download && { catalog: download.catalog, isPaused: this.#pending.get(transferId)?.isPaused ?? false };
  }

  /** Keeps what is remembered true, and says why a download waits. */
  changed(receiver: Receiver): void {
    const { transfer: transferId, state } = receiver;
    const download = this.#running.get(transferId);
    if (!download) return;
    if (this.#options.received.get(transferId) || state.status === 'cancelled') void this.#pending.forget(transferId);
    this.#running.changed(receiver);
    const row = this.#options.table.receiving(transferId);
    if (row) row.problem = explained(row);
    if (row && state.status === 'fetching') pauseAtLast(row);
    this.#noteGivers(receiver, download.catalog);
  }

  peopleChanged(online: ReadonlySet<string>): void {
    this.#running.peopleChanged(online);
  }

  /** Its place in the queue is another one, or the user paused it. */
  async remember(transferId: string, change: { isPaused?: boolean; order?: number }): Promise<void> {
    const row = this.#options.table.receiving(transferId);
    if (row?.isPausedEarly !== undefined && change.isPaused !== undefined) row.isPausedEarly = change.isPaused;
    this.#options.touch();
    const pending = this.#pending.get(transferId);
    if (pending) await this.#pending.put(Object.assign(pending, change));
  }

  /** The user took it out of the list, after it had ended. */
  async dismissed(transferId: string): Promise<void> {
    this.#running.forget(transferId);
    await this.#pending.forget(transferId);
  }

  /** See {@link CatalogCommands.answerChange}. */
  async answerChange(transferId: string, answer: 'fetch-new' | 'leave-out'): Promise<void> {
    const { table, received } = this.#options;
    const row = table.receiving(transferId);
    const download = this.#running.get(transferId);
    const lost = row?.transfer.lostEntries ?? [];
    if (!row || !download || !row.transfer.chosen || lost.length === 0) return;
    const anew = withoutFiles(row, download.catalog, lost);
    row.problem = undefined;
    if (answer === 'fetch-new') await this.#add(anew);
    if (lost.length === row.transfer.chosen.entries.length) return this.#remove(row);
    await received.change(transferId, { leftOut: [...row.transfer.givenUp, ...lost] });
    row.transfer.giveUp(lost);
    this.#options.touch();
  }

  async #find(request: DownloadRequest): Promise<string> {
    const { place, title, fileCount, totalBytes, owner, contentId } = request;
    const known = this.#rowAt(place.shareId, place.path);
    if (known?.transfer.state.status === 'failed') await this.#options.receiving.retry(known.transferId);
    if (known) return known.transferId;
    return this.#add({
      peer: owner,
      summary: { title, itemCount: 1, entryCount: fileCount, totalBytes },
      catalog: { place, contentId, onlyPaths: null, sources: [], cameFrom: [] },
    });
  }

  #rowAt(shareId: string, path: string): ReceiveRow | undefined {
    for (const { transferId, catalog } of this.#running.all()) {
      const isSame = catalog.place.shareId === shareId && catalog.place.path === path && catalog.onlyPaths === null;
      const row = isSame ? this.#options.table.receiving(transferId) : undefined;
      if (row && (!isEnded(row.transfer.state) || row.transfer.state.status === 'failed')) return row;
    }
    return undefined;
  }

  async #add(about: Pick<PendingDownload, 'peer' | 'summary' | 'catalog'>): Promise<string> {
    const transferId = crypto.randomUUID();
    const order = this.#options.table.nextOrder();
    const record = { ...about, transferId, createdAt: Date.now(), order, isPaused: false };
    await this.#pending.put(record);
    await this.#begin(record);
    return transferId;
  }

  async #begin(record: PendingDownload): Promise<void> {
    const { table, touch } = this.#options;
    const { transferId, peer, createdAt, order, catalog, isPaused } = record;
    const transfer = await this.#running.fetch(record);
    const about = { origin: 'catalog', catalog, isPausedEarly: isPaused } as const;
    table.add<ReceiveRow>({ transfer, direction: 'receive', peer, createdAt, order, ...about });
    transfer.events.on('ready', (manifest) => void this.#ready(transferId, manifest));
    touch();
  }

  /** Its owner has told what it is: nobody need be asked any more. */
  async #ready(transferId: string, manifest: Manifest): Promise<void> {
    const row = this.#options.table.receiving(transferId);
    const download = this.#running.get(transferId);
    if (!row || !download || isEnded(row.transfer.state)) return;
    const { catalog } = download;
    const start = startOf(manifest, catalog, { isOwnersWord: !download.hasOtherOrigins });
    if (start.type === 'nothing') return this.#gone(transferId);
    if (start.type === 'other-content') {
      // Then its owner's word is waited for.
      const { peer, transfer } = row;
      await this.#add({
        peer,
        summary: transfer.summary,
        catalog: { ...catalog, contentId: null, sources: [], cameFrom: [] },
      });
      return this.#remove(row);
    }
    // Without room it waits for the user, who can make some, or choose a folder.
    await this.#options.receiving.accept(row, start.entryIndexes).catch(() => {});
  }

  #gone(transferId: string): void {
    const row = this.#options.table.receiving(transferId);
    if (!row || isEnded(row.transfer.state)) return;
    row.problem = { code: 'not-shared' };
    row.transfer.fail(TransferError.noSources());
    this.#options.touch();
  }

  #noteGivers({ transfer, sources }: Receiver, catalog: CatalogOrigin): void {
    const { people } = this.#options;
    const known = catalog.givers ?? [];
    catalog.givers = giversWith(known, sources, (deviceId) => people.ownerOf(deviceId));
    if (catalog.givers !== known) void this.#rememberSources(transfer, catalog);
  }

  async #rememberSources(transferId: string, catalog: CatalogOrigin): Promise<void> {
    const { received } = this.#options;
    const pending = this.#pending.get(transferId);
    // Of what is accepted already the other record is the one that stays.
    if (pending && !received.get(transferId)) await this.#pending.put(pending);
    else await received.change(transferId, { catalog: { ...catalog } });
  }

  /** As if it had never been: something else has taken its place. */
  #remove(row: ReceiveRow): void {
    const { table, exchange, touch } = this.#options;
    row.transfer.cancel();
    table.delete(row.transferId);
    exchange.forget(row.transferId);
    touch();
  }
}

/** Before anybody had answered there was nothing to pause. */
function pauseAtLast(row: ReceiveRow): void {
  const { isPausedEarly } = row;
  delete row.isPausedEarly;
  if (isPausedEarly) row.transfer.pause();
}
