// Serving what is shared here, and what was downloaded, to whoever asks with leave: answers, ends what may not be had any
// more, and forgets those who are gone. Whose turn it is ServingTurns knows; who may have what, offer.ts.
import { LEEWAY_MS, ServingTurns } from '@ferry/store-holder';
import { type Asked, type Clock, type Exchange, isEnded, type Outgoing } from '@ferry/webrtc-core';
import type { ServedDownload, ServingSettings, ServingSnapshot } from '../../adapters/catalog-contract.ts';
import type { PeopleDirectory } from '../people-directory.ts';
import type { SendRow } from '../transfer-row.ts';
import type { TransferTable } from '../transfer-table.ts';
import { CurrentOffers } from './current-offers.ts';
import type { Offer, OfferOptions } from './offer.ts';
import { ServedCounts } from './served-counts.ts';
import type { ServedRecords } from './served-records.ts';
import { type Served, ServedTransfers } from './served-transfers.ts';

/** Whoever lost the link asks anew; after this time nobody will. */
const GONE_AFTER_MS = 2 * 60_000;
/** Whoever is served this long while others wait goes to the end of the line, with all that is left. */
const TURN_MS = 10 * 60_000;
/** What has ended is seen for a moment. */
const SHOWN_AFTER_END_MS = 60_000;

export interface ServingOptions extends OfferOptions {
  exchange: Exchange;
  table: TransferTable;
  people: PeopleDirectory;
  records: Pick<ServedRecords, 'add' | 'counts' | 'downloads' | 'putSettings'>;
  clock: Clock;
  touch: () => void;
}

export class Serving {
  readonly #options: ServingOptions;
  readonly #served: ServedTransfers;
  readonly #turns: ServingTurns;
  readonly #counts: ServedCounts;
  readonly #offers: CurrentOffers;
  #settings: ServingSettings;

  constructor(options: ServingOptions, settings: ServingSettings) {
    this.#options = options;
    this.#settings = settings;
    this.#served = new ServedTransfers(options.clock, (transferId) => this.#forget(transferId, { keepsPlace: true }));
    this.#turns = new ServingTurns({
      ...{ served: this.#served, clock: options.clock, slots: settings.slots, turnMs: TURN_MS },
      outgoing: (transferId) => options.table.sending(transferId)?.transfer,
    });
    this.#counts = new ServedCounts(options);
    this.#offers = new CurrentOffers(options);
    this.#apply();
  }

  restore(): Promise<void> {
    return this.#counts.restore();
  }

  get snapshot(): ServingSnapshot {
    return { settings: this.#settings, downloadCounts: this.#counts.byShare };
  }

  get settings(): ServingSettings {
    return this.#settings;
  }

  downloads(): Promise<ServedDownload[]> {
    return this.#counts.downloads();
  }

  async setSettings(settings: ServingSettings): Promise<void> {
    this.#settings = settings;
    this.#apply();
    await this.#options.records.putSettings(settings);
  }

  /** Somebody asks. */
  async asked(asked: Asked): Promise<void> {
    try {
      const known = this.#served.get(asked.transfer);
      if (known?.isEndedHere || (!known && this.#options.table.get(asked.transfer))) return asked.refuse('not-found');
      const offer = await this.#offers.for(asked);
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
    if (isEnded(outgoing.state)) this.#ended(outgoing, served);
    else this.#turns.changed(outgoing, served);
  }

  /** Whoever is there again asks again. */
  linkClosed(peerId: string): void {
    for (const [transferId, served] of this.#served.all())
      if (served.peerId === peerId) this.#served.forgetLater(transferId, GONE_AFTER_MS);
  }

  /** Less is shared, or for fewer people: nobody gets any more of what they may not have. Whoever still may asks again. */
  narrowed(): Promise<void> {
    return this.#offers.narrowed(this.#served, (transferId) => this.#forget(transferId, { keepsPlace: false }));
  }

  /** The user paused this one, or lets it go on. */
  setPaused(transferId: string, isPaused: boolean): void {
    const served = this.#served.get(transferId);
    const outgoing = this.#options.table.sending(transferId)?.transfer;
    if (!served || !outgoing) return;
    served.isPaused = isPaused;
    if (isPaused) outgoing.pause('user');
    this.#turns.changed(outgoing, served);
  }

  /** The user took it out of the list, after it had ended. */
  dismissed(transferId: string): void {
    const served = this.#served.get(transferId);
    // Whoever was sent away does not come back with the same wish a moment later.
    if (served && !served.isEndedHere) this.#forget(transferId, { keepsPlace: false });
  }

  #refuse(asked: Asked, reason: Parameters<Asked['refuse']>[0]): void {
    // What was served on an earlier link is not served any more.
    if (this.#served.get(asked.transfer)) this.#forget(asked.transfer, { keepsPlace: reason === 'expired' });
    asked.refuse(reason);
  }

  #serve(asked: Asked, offer: Offer): void {
    const { people, table, touch } = this.#options;
    const { transfer: transferId, peerId } = asked;
    const { userId, sizeBytes, bundle, title, itemCount, untilMs } = offer;
    const peer = people.person(userId);
    if (!peer) return this.#refuse(asked, 'not-found');
    if (!this.#turns.enter({ transferId, requesterId: userId, sizeBytes })) return this.#refuse(asked, 'queue-full');
    const outgoing = asked.serve(bundle, { title, itemCount });
    this.#served.put(transferId, offer, peerId);
    // The shares that it came from may be for others by then, which is not known here: whoever still may asks again.
    if (untilMs !== undefined) this.#served.forgetAt(transferId, untilMs + LEEWAY_MS - Date.now());
    const { createdAt, order } = table.sending(transferId) ?? { createdAt: Date.now(), order: table.nextOrder() };
    const row = { transfer: outgoing, direction: 'send', peer, createdAt, order, origin: 'catalog' } as const;
    // Whoever asks asks again after a reload.
    table.add<SendRow>({ ...row, survivesReload: true });
    this.changed(outgoing);
    touch();
  }

  #ended(outgoing: Outgoing, served: Served): void {
    const { state, transfer: transferId } = outgoing;
    served.isEndedHere = state.status === 'cancelled' && state.by === 'me';
    this.#turns.leave(transferId, { keepsPlace: state.status === 'failed' });
    if (!this.#served.isLeaving(transferId) && state.status === 'done') void this.#counts.count(outgoing, served.offer);
    this.#served.forgetLater(transferId, SHOWN_AFTER_END_MS);
  }

  #apply(): void {
    const { exchange, touch } = this.#options;
    this.#turns.apply(this.#settings);
    exchange.rates.serve.bytesPerSecond = this.#settings.bytesPerSecond;
    touch();
  }

  #forget(transferId: string, { keepsPlace }: { keepsPlace: boolean }): void {
    const { table, exchange, touch } = this.#options;
    const row = table.sending(transferId);
    this.#turns.leave(transferId, { keepsPlace });
    this.#served.delete(transferId);
    if (row && !isEnded(row.transfer.state)) row.transfer.cancel();
    table.delete(transferId);
    exchange.forget(transferId);
    touch();
  }
}
