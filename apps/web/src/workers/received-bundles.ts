// Remembers accepted bundles and offers the finished ones: the bridge between a receiver's live state and
// what IndexedDB keeps. Knows no connections.
import { type Receiver, safePaths, totalBytes } from '@ferry/webrtc-core';
import type { EntrySnapshot, PartialBundle, ReceivedBundle } from '../adapters/engine-contract.ts';
import type { BundleRecord, BundleRecords } from './bundle-records.ts';
import { shownTitle } from './catalog/download-shown.ts';
import { keptContents } from './catalog/kept-contents.ts';

/** What was accepted. */
export type AcceptedFiles = Pick<
  Receiver,
  'transfer' | 'peerId' | 'summary' | 'manifest' | 'chosen' | 'chosenRuns' | 'agreed'
>;

/** What is kept of something that has ended. */
export interface EndedFiles extends Pick<Receiver, 'transfer' | 'manifest' | 'chosen' | 'agreed' | 'contentIdOf'> {
  heldBytes: number;
  /** Null when not all of it is here. */
  root: Uint8Array | null;
}

export class ReceivedBundles {
  readonly #records: BundleRecords;
  readonly #bundles = new Map<string, BundleRecord>();
  #revision = 0;

  constructor(records: BundleRecords, known: readonly BundleRecord[]) {
    this.#records = records;
    for (const record of known) this.#bundles.set(record.transferId, record);
  }

  /** Changes whenever `entries` may answer something new, or other content is kept. */
  get revision(): number {
    return this.#revision;
  }

  all(): Iterable<BundleRecord> {
    return this.#bundles.values();
  }

  get(transferId: string): BundleRecord | undefined {
    return this.#bundles.get(transferId);
  }

  list(): ReceivedBundle[] {
    return [...this.#bundles.values()]
      .filter(({ endedAt, verifiedCount }) => endedAt !== null && verifiedCount > 0)
      .sort((a, b) => b.endedAt! - a.endedAt!)
      .map(({ transferId, peer, summary, catalog, endedAt, verifiedCount, verifiedBytes }) => ({
        transferId,
        // Who gave it, which of a download need not be whose it is.
        peer: catalog?.givers?.[0] ?? peer,
        title: shownTitle(catalog, summary).title,
        receivedAt: endedAt!,
        fileCount: verifiedCount,
        sizeBytes: verifiedBytes,
      }));
  }

  /** Bundles of which something is kept, and something is missing. */
  partial(heldBytesNow: (transferId: string) => number | undefined): PartialBundle[] {
    return (
      [...this.#bundles.values()]
        // What the user went on without is not missed.
        .filter(({ root, endedAt, leftOut }) => root === null && !(endedAt !== null && leftOut.length > 0))
        .map(({ transferId, peer, summary, catalog, createdAt, heldBytes, chosenBytes, endedAt }) => ({
          transferId,
          peer,
          title: shownTitle(catalog, summary).title,
          createdAt,
          heldBytes: heldBytesNow(transferId) ?? heldBytes,
          totalBytes: chosenBytes,
          hasFailed: endedAt !== null,
        }))
        .filter(({ heldBytes }) => heldBytes > 0)
    );
  }

  /** A receiver is about to be accepted: from now on it is remembered. */
  async accepting(
    receiver: AcceptedFiles,
    about: Pick<BundleRecord, 'peer' | 'order' | 'folder' | 'catalog' | 'store' | 'isPaused'>,
  ): Promise<void> {
    const record: BundleRecord = {
      transferId: receiver.transfer,
      ...about,
      peerDeviceId: receiver.peerId,
      summary: receiver.summary,
      chosenRuns: [...receiver.chosenRuns],
      createdAt: Date.now(),
      endedAt: null,
      root: null,
      leftOut: [],
      heldBytes: 0,
      chosenBytes: totalBytes(receiver.chosen!),
      verifiedCount: 0,
      verifiedBytes: 0,
    };
    this.#bundles.set(record.transferId, record);
    await this.#records.putBundle(record, {
      transferId: record.transferId,
      chosen: receiver.chosen!,
      entries: entrySnapshots(receiver),
      ...(about.store && { all: receiver.manifest! }),
    });
  }

  /** A receiver ended with something worth keeping. */
  async ended(receiver: EndedFiles): Promise<void> {
    const record = this.#bundles.get(receiver.transfer);
    if (!record || record.endedAt !== null) return;
    // The names stay those of the first time: the announced manifest may be unknown by now.
    const names = await this.#records.entries(receiver.transfer);
    const entries = (names?.entries ?? entrySnapshots(receiver)).map((entry) => ({
      ...entry,
      verified: receiver.agreed?.has(entry.index) ?? false,
    }));
    const verified = entries.filter((entry) => entry.verified);
    record.endedAt = Date.now();
    record.verifiedCount = verified.length;
    record.verifiedBytes = verified.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    record.heldBytes = receiver.heldBytes;
    record.root = receiver.root;
    this.#revision++;
    await this.#records.putBundle(record, { transferId: record.transferId, chosen: receiver.chosen!, entries });
    await this.#records.putContents(keptContents(receiver, { isShareable: record.catalog !== null }));
    this.#revision++;
  }

  /** Something of it is different: its place, whether it is paused, where it is kept, whether it has ended. */
  async change(
    transferId: string,
    change: Partial<
      Pick<BundleRecord, 'order' | 'isPaused' | 'folder' | 'endedAt' | 'heldBytes' | 'catalog' | 'leftOut'>
    >,
  ): Promise<void> {
    const record = this.#bundles.get(transferId);
    if (!record) return;
    const isSame = Object.entries(change).every(([name, value]) => record[name as keyof BundleRecord] === value);
    if (isSame) return;
    Object.assign(record, change);
    await this.#records.putBundle(record);
  }

  async entries(transferId: string): Promise<EntrySnapshot[]> {
    return (await this.#records.entries(transferId))?.entries ?? [];
  }

  async delete(transferId: string): Promise<void> {
    this.#bundles.delete(transferId);
    this.#revision++;
    await this.#records.deleteBundle(transferId);
  }
}

/** What a receiver has left behind, which has ended. */
export function endedFilesOf(receiver: Receiver): EndedFiles {
  const { transfer, manifest, chosen, agreed, outcome, progress } = receiver;
  const root = outcome?.status === 'done' ? outcome.root : null;
  const contentIdOf = (entry: number) => receiver.contentIdOf(entry);
  return { transfer, manifest, chosen, agreed, contentIdOf, root, heldBytes: progress?.doneBytes ?? 0 };
}

/** The files of a live receiver, under the names they will be saved with. */
export function entrySnapshots(receiver: Pick<Receiver, 'manifest' | 'chosen' | 'agreed'>): EntrySnapshot[] {
  // Names are made safe over the whole announced bundle, so that choosing among it does not rename files.
  const all = receiver.manifest ?? receiver.chosen;
  const shown = receiver.chosen ?? receiver.manifest;
  if (!all || !shown) return [];
  const paths = new Map(
    safePaths(all.entries.map(({ path }) => path)).map((path, index) => [all.entries[index], path]),
  );
  return shown.entries.map((entry, index) => ({
    index,
    path: paths.get(entry)!,
    sizeBytes: entry.sizeBytes,
    mediaType: entry.mediaType,
    modifiedMs: entry.modifiedMs,
    verified: receiver.agreed?.has(index) ?? false,
  }));
}
