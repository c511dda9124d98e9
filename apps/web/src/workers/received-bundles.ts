// Remembers accepted bundles and offers the finished ones: the bridge between a receiver's live state and
// what IndexedDB keeps. Knows no connections.
import { type Receiver, safePaths } from '@ferry/webrtc-core';
import type { EntrySnapshot, ReceivedBundle } from '../adapters/engine-contract.ts';
import type { BundleRecord, BundleRecords } from './bundle-records.ts';

export class ReceivedBundles {
  readonly #records: BundleRecords;
  readonly #bundles = new Map<string, BundleRecord>();
  #revision = 0;

  constructor(records: BundleRecords, known: readonly BundleRecord[]) {
    this.#records = records;
    for (const record of known) this.#bundles.set(record.transferId, record);
  }

  /** Changes whenever `entries` may answer something new. */
  get revision(): number {
    return this.#revision;
  }

  /** Accepted in an earlier life of this page and not finished. */
  unfinished(): BundleRecord[] {
    return [...this.#bundles.values()].filter(({ endedAt }) => endedAt === null);
  }

  has(transferId: string): boolean {
    return this.#bundles.has(transferId);
  }

  list(): ReceivedBundle[] {
    return [...this.#bundles.values()]
      .filter(({ endedAt, verifiedCount }) => endedAt !== null && verifiedCount > 0)
      .sort((a, b) => b.endedAt! - a.endedAt!)
      .map(({ transferId, peer, summary, endedAt, verifiedCount, verifiedBytes }) => ({
        transferId,
        peer,
        title: summary.title,
        receivedAt: endedAt!,
        fileCount: verifiedCount,
        sizeBytes: verifiedBytes,
      }));
  }

  /** A receiver was accepted: from now on it is remembered. */
  async accepted(receiver: Receiver, peer: BundleRecord['peer']): Promise<void> {
    const record: BundleRecord = {
      transferId: receiver.transfer,
      peer,
      peerDeviceId: receiver.peerId,
      summary: receiver.summary,
      chosenRuns: [...receiver.chosenRuns],
      createdAt: Date.now(),
      endedAt: null,
      verifiedCount: 0,
      verifiedBytes: 0,
    };
    this.#bundles.set(record.transferId, record);
    await this.#records.put(record, {
      transferId: record.transferId,
      chosen: receiver.chosen!,
      entries: entrySnapshots(receiver),
    });
  }

  /** A receiver ended with something worth keeping. */
  async ended(receiver: Receiver): Promise<void> {
    const record = this.#bundles.get(receiver.transfer);
    if (!record || record.endedAt !== null) return;
    const entries = entrySnapshots(receiver);
    const verified = entries.filter((entry) => entry.verified);
    record.endedAt = Date.now();
    record.verifiedCount = verified.length;
    record.verifiedBytes = verified.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    this.#revision++;
    await this.#records.put(record, { transferId: record.transferId, chosen: receiver.chosen!, entries });
    this.#revision++;
  }

  async entries(transferId: string): Promise<EntrySnapshot[]> {
    return (await this.#records.entries(transferId))?.entries ?? [];
  }

  async delete(transferId: string): Promise<void> {
    this.#bundles.delete(transferId);
    this.#revision++;
    await this.#records.delete(transferId);
  }
}

/** The files of a live receiver, under the names they will be saved with. */
export function entrySnapshots(receiver: Receiver): EntrySnapshot[] {
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
