// Remembers what was announced, until it is delivered, declined or given up: the bridge between a send's live
// state and what IndexedDB keeps. Knows no connections and opens no files.
import type { Outgoing } from '@ferry/webrtc-core';
import type { BundleRecords, SendRecord } from './bundle-records.ts';
import { areReopenable } from './source-files.ts';

/** A receiver that has not asked for its last word in this time will not. */
const OUTCOMES_KEPT_MS = 90 * 86_400_000;

type Delivered = NonNullable<NonNullable<SendRecord['outcome']>['delivered']>;

export class SentBundles {
  readonly #records: BundleRecords;
  readonly #sends = new Map<string, SendRecord>();

  constructor(records: BundleRecords, known: readonly SendRecord[]) {
    this.#records = records;
    for (const record of known) this.#sends.set(record.transferId, record);
  }

  all(): SendRecord[] {
    return [...this.#sends.values()];
  }

  get(transferId: string): SendRecord | undefined {
    return this.#sends.get(transferId);
  }

  /** What has ended so long ago that nobody asks any more is forgotten. */
  async forgetOld(nowMs: number): Promise<void> {
    for (const { transferId, outcome } of this.all()) {
      if (outcome && nowMs - outcome.endedAt > OUTCOMES_KEPT_MS) await this.delete(transferId);
    }
  }

  async announced(outgoing: Outgoing, about: Pick<SendRecord, 'peer' | 'order' | 'handles'>): Promise<void> {
    const { transfer: transferId, summary, manifest, peerIds: announcedTo } = outgoing;
    const unanswered = { createdAt: Date.now(), isPaused: false, announcedTo, accepted: null, outcome: null };
    const record: SendRecord = { transferId, summary, ...about, ...unanswered };
    this.#sends.set(transferId, record);
    await this.#records.putSend(record, manifest);
  }

  /** More devices were asked. */
  async asked({ transfer, peerIds }: Outgoing): Promise<void> {
    const record = this.#sends.get(transfer);
    if (!record || record.accepted || peerIds.every((peerId) => record.announcedTo.includes(peerId))) return;
    await this.change(transfer, { announcedTo: [...new Set([...record.announcedTo, ...peerIds])] });
  }

  /** A device took it, or what it chose is different. */
  async accepted({ transfer, peerId, chosenRuns }: Outgoing): Promise<void> {
    const record = this.#sends.get(transfer);
    if (!record || !peerId || !chosenRuns) return;
    if (record.accepted?.peerId === peerId && isSame(record.accepted.chosenRuns, chosenRuns)) return;
    await this.change(transfer, { accepted: { peerId, chosenRuns: [...chosenRuns] } });
  }

  async ended(transferId: string, delivered: Delivered | null): Promise<void> {
    await this.change(transferId, { outcome: { endedAt: Date.now(), delivered }, handles: [] });
  }

  async change(transferId: string, change: Partial<SendRecord>): Promise<void> {
    const record = this.#sends.get(transferId);
    if (!record) return;
    Object.assign(record, change);
    await this.#records.putSend(record);
  }

  async delete(transferId: string): Promise<void> {
    if (!this.#sends.delete(transferId)) return;
    await this.#records.deleteSend(transferId);
  }

  /** Whether a reload does it no harm. */
  survivesReload({ transfer, manifest }: Outgoing): boolean {
    return areReopenable(manifest, this.#sends.get(transfer)?.handles ?? []);
  }
}

function isSame(a: readonly { first: number; count: number }[], b: typeof a): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
