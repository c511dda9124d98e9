// Everything that is fetched from the Store: remembered before anything is asked, shown among the other transfers, kept where
// they are kept, and going on by itself. Knows no grants and no columns.
import {
  type Clock,
  type Exchange,
  type FerryError,
  isEnded,
  type Manifest,
  type Receiver,
  TransferError,
} from '@ferry/webrtc-core';
import type { Kernel } from '@ferry/webrtc-core/erasure';
import type { StoreDownloadRequest } from '../../adapters/store-contract.ts';
import type { StoredOrigin } from '../bundle-record.ts';
import type { BundleStores } from '../bundle-stores.ts';
import type { PeopleDirectory } from '../people-directory.ts';
import type { ReceivedBundles } from '../received-bundles.ts';
import type { Receiving } from '../receiving.ts';
import type { StoreSide } from '../receiving-restore.ts';
import type { ReceiveRow } from '../transfer-row.ts';
import type { TransferTable } from '../transfer-table.ts';
import { StoreDownload, type StoreDownloadOptions, summaryOf } from './download.ts';
import { endedFiles } from './download-ended.ts';
import { DownloadFiles } from './download-files.ts';
import type { OnlineColumns } from './download-holders.ts';
import type { DownloadServer } from './download-server.ts';

export interface StoreDownloadsOptions {
  deviceId: string;
  exchange: Exchange;
  table: TransferTable;
  people: PeopleDirectory;
  received: ReceivedBundles;
  receiving: Pick<Receiving, 'accept' | 'retry' | 'changed' | 'space'>;
  stores: Pick<BundleStores, 'open' | 'delete'>;
  server: DownloadServer;
  kernel: () => Promise<Kernel>;
  clock: Clock;
  /** In [0, 1). */
  random: () => number;
  touch: () => void;
}

/** What is to be fetched, as it is shown and remembered. */
export interface Downloadable {
  transferId: string;
  origin: StoredOrigin;
  peer: { userId: string; username: string };
  title: string;
  itemCount: number;
  manifest: Manifest;
  createdAt: number;
}

export class StoreDownloads implements Omit<StoreSide, 'kept'> {
  readonly #options: StoreDownloadsOptions;
  readonly #downloads = new Map<string, StoreDownload>();
  /** Asked for a moment ago, by version. */
  readonly #beginning = new Map<string, Promise<string>>();
  #online: ReadonlySet<string> = new Set();

  constructor(options: StoreDownloadsOptions) {
    this.#options = options;
  }

  /** See {@link StoreCommands.download}. */
  download(request: StoreDownloadRequest): Promise<string> {
    const { versionId } = request;
    const beginning =
      this.#beginning.get(versionId) ?? this.#find(request).finally(() => this.#beginning.delete(versionId));
    this.#beginning.set(versionId, beginning);
    return beginning;
  }

  /** Shows it, and asks nobody before it is accepted. */
  async announce(about: Downloadable): Promise<ReceiveRow> {
    const { table, touch } = this.#options;
    const { transferId, origin, peer, title, itemCount, manifest, createdAt } = about;
    const summary = summaryOf(title, itemCount, manifest);
    const stored = await this.#make({ transferId, origin, summary, manifest, heldBytes: 0 });
    const { receiver: transfer } = stored;
    const order = table.nextOrder();
    const row = table.add<ReceiveRow>({
      ...{ transfer, direction: 'receive', peer, createdAt, order },
      ...{ origin: 'store', stored },
    });
    touch();
    return row;
  }

  accept: StoreSide['accept'] = async (row, entryIndexes, folder) => {
    const download = this.#downloads.get(row.transferId);
    if (!download || isEnded(row.transfer.state)) return;
    const { received, stores } = this.#options;
    download.files.choose([...entryIndexes].sort((a, b) => a - b));
    if (!received.get(row.transferId)) await stores.delete(row.transferId);
    await this.#remember(row, download, folder);
    download.goOn();
  };

  fetchAgain: StoreSide['fetchAgain'] = async (record, kept) => {
    const { transferId, summary, heldBytes, chosenRuns } = record;
    const manifest = kept.all ?? kept.chosen;
    this.#downloads.get(transferId)?.stop();
    const stored = await this.#make({ transferId, origin: record.store!, summary, manifest, heldBytes });
    stored.files.choose(chosenRuns.flatMap(({ first, count }) => Array.from({ length: count }, (_, at) => first + at)));
    return { transfer: stored.receiver, stored };
  };

  ended: StoreSide['ended'] = async (receiver) => {
    const download = this.#downloads.get(receiver.transfer);
    return download && endedFiles(download, receiver);
  };

  /** A receiver shows something new. */
  changed(receiver: Receiver): void {
    const download = this.#downloads.get(receiver.transfer);
    if (download?.receiver === receiver) download.receiverChanged();
  }

  peopleChanged(online: ReadonlySet<string>): void {
    const different = differenceOf(online, this.#online);
    this.#online = online;
    if (different.size > 0) for (const download of this.#downloads.values()) download.presenceChanged(different);
  }

  /** Something in the Store is different, the server says. */
  storeChanged(): void {
    for (const download of this.#downloads.values()) download.lookSoon();
  }

  /** What waits to be accepted could not be fetched now, or could. */
  setLack(transferId: string, lack: OnlineColumns | undefined): void {
    const download = this.#downloads.get(transferId);
    if (download) download.lackBefore = lack;
  }

  /** The user took it out of the list, after it had ended. */
  forget(transferId: string): void {
    this.#downloads.get(transferId)?.stop();
    this.#downloads.delete(transferId);
  }

  async #find(request: StoreDownloadRequest): Promise<string> {
    const { versionId, name, sizeBytes, mediaType, modifiedMs, owner } = request;
    const known = this.#rowOf(versionId);
    if (known?.transfer.state.status === 'failed') await this.#options.receiving.retry(known.transferId);
    if (known) return known.transferId;
    const row = await this.announce({
      ...{ transferId: crypto.randomUUID(), createdAt: Date.now(), title: name, itemCount: 1, peer: owner },
      origin: { versionId, kind: 'file', key: null },
      manifest: { entries: [{ path: [name], sizeBytes, mediaType, modifiedMs }] },
    });
    const download = this.#downloads.get(row.transferId)!;
    download.files.choose([0]);
    // Whatever comes of it, what was asked for is not forgotten.
    await this.#remember(row, download, null);
    // Without room it waits for the user, who can make some, or choose a folder.
    await this.#options.receiving.accept(row).catch(() => {});
    return row.transferId;
  }

  #rowOf(versionId: string): ReceiveRow | undefined {
    for (const download of this.#downloads.values()) {
      const row = download.versionId === versionId ? this.#options.table.receiving(download.transferId) : undefined;
      if (row && (!isEnded(row.transfer.state) || row.transfer.state.status === 'failed')) return row;
    }
    return undefined;
  }

  async #make(
    about: Pick<StoreDownloadOptions, 'transferId' | 'origin' | 'summary' | 'heldBytes'> & { manifest: Manifest },
  ) {
    const { stores, received, touch } = this.#options;
    const { transferId, manifest } = about;
    const download = await StoreDownload.make({
      ...this.#options,
      ...about,
      files: new DownloadFiles({ transferId, manifest, stores }),
      isPaused: () => received.get(transferId)?.isPaused ?? false,
      replaced: (receiver) => this.#replaced(receiver),
      gone: () => this.#gone(transferId),
      failed: (error) => void this.#failed(transferId, error),
      changed: touch,
    });
    this.#downloads.set(transferId, download);
    return download;
  }

  async #remember(row: ReceiveRow, { files, origin }: StoreDownload, folder: FileSystemDirectoryHandle | null) {
    const { received } = this.#options;
    const {
      peer,
      order,
      transferId: transfer,
      transfer: { summary },
    } = row;
    const isPaused = received.get(transfer)?.isPaused ?? row.isPausedEarly ?? false;
    const { manifest, chosen, chosenRuns } = files;
    await received.accepting(
      { transfer, peerId: '', summary, manifest, chosen, chosenRuns, agreed: undefined },
      { peer, order, folder, catalog: null, store: origin, isPaused },
    );
  }

  #replaced(receiver: Receiver): void {
    const { table, receiving, touch } = this.#options;
    const row = table.receiving(receiver.transfer);
    if (!row) return;
    row.transfer = receiver;
    if (receiver.state.status !== 'announced') delete row.isPausedEarly;
    // What it said before it was the row's was said to nobody.
    receiving.changed(receiver);
    touch();
  }

  #gone(transferId: string): void {
    const row = this.#options.table.receiving(transferId);
    if (!row || isEnded(row.transfer.state)) return;
    row.problem = { code: 'version-gone' };
    row.transfer.fail(TransferError.noSources());
    this.#options.touch();
  }

  /** Its store could not be opened. */
  async #failed(transferId: string, error: FerryError): Promise<void> {
    const row = this.#options.table.receiving(transferId);
    if (!row || isEnded(row.transfer.state)) return;
    if (error.code === 'store-full') row.problem = await this.#options.receiving.space.problemOf(missingBytes(row));
    else row.transfer.fail(error);
    this.#options.touch();
  }
}

/** What is in one of both alone. */
function differenceOf(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...[...a].filter((id) => !b.has(id)), ...[...b].filter((id) => !a.has(id))]);
}

function missingBytes({ stored, transfer }: ReceiveRow): number {
  return transfer.summary.totalBytes - (stored?.doneBytes ?? 0);
}
