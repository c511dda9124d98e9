// Serving what is shared here, and what was downloaded, to whoever asks with leave: answers, lets a few people be served at
// once, counts what was fetched whole, and forgets those who are gone. Decides nothing about who may have what.
import type { Asked, Clock, Exchange, Outgoing } from '@ferry/webrtc-core';
import { isEnded } from '@ferry/webrtc-core';
import type { ServedDownload, ServingSettings, ServingSnapshot } from '../../adapters/catalog-contract.ts';
import type { PeopleDirectory } from '../people-directory.ts';
import type { SendRow } from '../transfer-row.ts';
import type { TransferTable } from '../transfer-table.ts';
import { isStillOffered, type Offer, type OfferOptions, offerFor } from './offer.ts';
import type { ServedRecords } from './served-records.ts';
import { type QueueDecision, ServingQueue } from './serving-queue.ts';

/** Whoever lost the link asks anew; after this time nobody will. */
const GONE_AFTER_MS = 2 * 60_000;
/** What has ended is seen for a moment. */
const SHOWN_AFTER_END_MS = 60_000;
/** Turns end while nothing else happens. */
const LOOK_AFTER_MS = 5000;

export interface ServingOptions extends OfferOptions {
  exchange: Exchange;
  table: TransferTable;
  people: PeopleDirectory;
  records: Pick<ServedRecords, 'add' | 'counts' | 'downloads' | 'putSettings'>;
  clock: Clock;
  touch: () => void;
}

/** Somebody who fetches something. */
interface Served {
  offer: Offer;
  peerId: string;
  /** The user who owns the files paused, or ended, this one. */
  isPaused: boolean;
  isEndedHere: boolean;
  place?: string;
  /** Calls off forgetting it. */
  stay?: (() => void) | undefined;
}

export class Serving {
  readonly #options: ServingOptions;
  readonly #queue: ServingQueue;
  readonly #served = new Map<string, Served>();
  #settings: ServingSettings;
  #counts: Record<string, number> = {};
  #narrowings = 0;
  #isLooking = false;
  #isBalancing = false;

  constructor(options: ServingOptions, settings: ServingSettings) {
    this.#options = options;
    this.#settings = settings;
    this.#queue = new ServingQueue(settings.slots);
    this.#apply();
  }

  async restore(): Promise<void> {
    this.#counts = await this.#options.records.counts();
  }

  get snapshot(): ServingSnapshot {
    return { settings: this.#settings, downloadCounts: this.#counts };
  }

  get settings(): ServingSettings {
    return this.#settings;
  }

  downloads(): Promise<ServedDownload[]> {
    return this.#options.records.downloads();
  }

  async setSettings(settings: ServingSettings): Promise<void> {
    this.#settings = settings;
    this.#apply();
    this.#options.touch();
    await this.#options.records.putSettings(settings);
  }

  /** Somebody asks. */
  async asked(asked: Asked): Promise<void> {
    try {
      const known = this.#served.get(asked.transfer);
      if (known?.isEndedHere || (!known && this.#options.table.get(asked.transfer))) return asked.refuse('not-found');
      const offer = await this.#offerFor(asked);
      if (typeof offer === 'string') this.#refuse(asked, offer);
      else this.#serve(asked, offer);
    } catch {
      // Whatever cannot be read, or is more than a transfer carries, may be another matter later.
      this.#refuse(asked, 'unreadable');
    }
  }

  changed(outgoing: Outgoing): void {
    const served = this.#served.get(outgoing.transfer);
    if (!served || this.#options.table.sending(outgoing.transfer)?.transfer !== outgoing) return;
    const { state } = outgoing;
    if (isEnded(state)) return this.#ended(outgoing, served);
    this.#queue.setActive(outgoing.transfer, this.#isActive(outgoing, served), this.#nowMs());
    this.#balance();
  }

  /** Whoever is there again asks again. */
  linkClosed(peerId: string): void {
    for (const [transferId, served] of this.#served) {
      if (served.peerId === peerId) served.stay ??= this.#forgetLater(transferId, GONE_AFTER_MS);
    }
  }

  /** Less is shared, or for fewer people: nobody gets any more of what they may not have. Whoever still may asks again. */
  async narrowed(): Promise<void> {
    this.#narrowings++;
    for (const [transferId, { offer }] of [...this.#served]) {
      const isServed = () => this.#served.get(transferId)?.offer === offer;
      if (isServed() && !(await isStillOffered(offer, this.#options)) && isServed())
        this.#forget(transferId, { keepsPlace: false });
    }
  }

  /** The user paused this one, or lets it go on. */
  setPaused(transferId: string, isPaused: boolean): void {
    const served = this.#served.get(transferId);
    const outgoing = this.#options.table.sending(transferId)?.transfer;
    if (!served || !outgoing) return;
    served.isPaused = isPaused;
    if (isPaused) outgoing.pause('user');
    this.#queue.setActive(transferId, this.#isActive(outgoing, served), this.#nowMs());
    this.#balance();
  }

  /** The user took it out of the list, after it had ended. */
  dismissed(transferId: string): void {
    const served = this.#served.get(transferId);
    // Whoever was sent away does not come back with the same wish a moment later.
    if (served && !served.isEndedHere) this.#forget(transferId, { keepsPlace: false });
  }

  /** Looking through a large folder takes a while: what was narrowed meanwhile is looked at again. */
  async #offerFor({ reference, peerId }: Asked): ReturnType<typeof offerFor> {
    for (;;) {
      const before = this.#narrowings;
      const offer = await offerFor(reference, peerId, this.#options);
      if (before === this.#narrowings) return offer;
    }
  }

  #refuse(asked: Asked, reason: Parameters<Asked['refuse']>[0]): void {
    // What was served on an earlier link is not served any more.
    if (this.#served.has(asked.transfer)) this.#forget(asked.transfer, { keepsPlace: reason === 'expired' });
    asked.refuse(reason);
  }

  #serve(asked: Asked, offer: Offer): void {
    const { people, table, touch } = this.#options;
    const { transfer: transferId, peerId } = asked;
    const { userId, sizeBytes, bundle, title, itemCount } = offer;
    const peer = people.person(userId);
    if (!peer) return this.#refuse(asked, 'not-found');
    if (!this.#queue.enter({ transferId, userId, sizeBytes }, this.#nowMs())) return this.#refuse(asked, 'queue-full');
    const outgoing = asked.serve(bundle, { title, itemCount });
    const known = this.#served.get(transferId);
    if (known) this.#stays(known);
    this.#served.set(transferId, { offer, peerId, isPaused: known?.isPaused ?? false, isEndedHere: false });
    const { createdAt, order } = table.sending(transferId) ?? { createdAt: Date.now(), order: table.nextOrder() };
    const row = { transfer: outgoing, direction: 'send', peer, createdAt, order, origin: 'catalog' } as const;
    // Whoever asks asks again after a reload.
    table.add<SendRow>({ ...row, survivesReload: true });
    this.changed(outgoing);
    this.#lookLater();
    touch();
  }

  #ended(outgoing: Outgoing, served: Served): void {
    const { state, transfer: transferId } = outgoing;
    served.isEndedHere = state.status === 'cancelled' && state.by === 'me';
    this.#queue.leave(transferId, { keepsPlace: state.status === 'failed' }, this.#nowMs());
    if (!served.stay && state.status === 'done') void this.#count(outgoing, served);
    served.stay ??= this.#forgetLater(transferId, SHOWN_AFTER_END_MS);
    this.#balance();
  }

  async #count({ chosen, manifest }: Outgoing, { offer }: Served): Promise<void> {
    const { want, title, userId } = offer;
    if (want.type !== 'place') return;
    const user = this.#options.people.person(userId) ?? { userId, username: '' };
    const { shareId, path } = want;
    const { entries } = chosen ?? manifest;
    const sizeBytes = entries.reduce((sum, entry) => sum + entry.sizeBytes, 0);
    this.#counts = { ...this.#counts, [shareId]: (this.#counts[shareId] ?? 0) + 1 };
    this.#options.touch();
    const endedAt = Date.now();
    await this.#options.records.add({ shareId, path, title, user, fileCount: entries.length, sizeBytes, endedAt });
  }

  /** It could move now, were it its turn. */
  #isActive({ state }: Outgoing, { isPaused }: Served): boolean {
    if (isPaused) return false;
    if (state.status === 'paused') return state.connected && state.by.peer === null;
    // Whoever has not accepted it has no room for it, perhaps.
    return state.status === 'serving';
  }

  /** Lets those move whose turn it is; once for all that changes in one task. */
  #balance(): void {
    if (this.#isBalancing) return;
    this.#isBalancing = true;
    queueMicrotask(() => {
      this.#isBalancing = false;
      for (const [transferId, decision] of this.#queue.decide(this.#nowMs())) {
        const served = this.#served.get(transferId);
        const outgoing = this.#options.table.sending(transferId)?.transfer;
        if (!served || !outgoing || isEnded(outgoing.state)) continue;
        const place = JSON.stringify(decision.place);
        if (served.place !== place) outgoing.tellPlace(decision.place);
        served.place = place;
        if (!served.isPaused) this.#obey(outgoing, decision);
      }
    });
  }

  #obey(outgoing: Outgoing, decision: QueueDecision): void {
    const { state } = outgoing;
    // Whoever is gone, or stopped by themselves, need not be told to wait.
    if (state.status !== 'serving' && !(state.status === 'paused' && state.by.me)) return;
    const pausedBy = state.status === 'paused' ? state.by.me : null;
    if (decision.moves && pausedBy) outgoing.resume();
    if (!decision.moves && pausedBy !== decision.reason) outgoing.pause(decision.reason);
  }

  #lookLater(): void {
    if (this.#isLooking || this.#served.size === 0) return;
    this.#isLooking = true;
    this.#options.clock.after(LOOK_AFTER_MS, () => {
      this.#isLooking = false;
      this.#balance();
      this.#lookLater();
    });
  }

  #apply(): void {
    const { exchange, touch } = this.#options;
    this.#queue.slots = Math.max(1, this.#settings.slots);
    this.#queue.isPaused = this.#settings.isPaused;
    exchange.rates.serve.bytesPerSecond = this.#settings.bytesPerSecond;
    this.#balance();
    touch();
  }

  #forgetLater(transferId: string, delayMs: number): () => void {
    return this.#options.clock.after(delayMs, () => this.#forget(transferId, { keepsPlace: true }));
  }

  #stays(served: Served): void {
    served.stay?.();
    served.stay = undefined;
  }

  #forget(transferId: string, { keepsPlace }: { keepsPlace: boolean }): void {
    const { table, exchange, touch } = this.#options;
    const served = this.#served.get(transferId);
    if (served) this.#stays(served);
    const row = table.sending(transferId);
    this.#queue.leave(transferId, { keepsPlace }, this.#nowMs());
    this.#served.delete(transferId);
    if (row && !isEnded(row.transfer.state)) row.transfer.cancel();
    table.delete(transferId);
    exchange.forget(transferId);
    this.#balance();
    touch();
  }

  #nowMs(): number {
    return this.#options.clock.now();
  }
}
