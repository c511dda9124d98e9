// What the devices that one receiver asks, together, mean for the transfer: whether it moves, and what each of them is to
// give. Knows neither the store nor the user.
import type { BundleSummary } from '../content/manifest.ts';
import type { Run } from '../content/run.ts';
import { type FerryError, ProtocolError } from '../errors.ts';
import type { AnnounceMessage } from '../wire/bundle-message.ts';
import type { Link } from '../wire/link.ts';
import type { SourceInfo, SourceOptions } from './asking.ts';
import type { Fetch } from './fetch.ts';
import type { SourceContent } from './fetch-source.ts';
import { Inquiries, type InquiriesOptions } from './inquiries.ts';
import type { Inquiry } from './inquiry.ts';
import { lostEntries } from './lost-entries.ts';
import type { ReceiverSources, SourcedReceiver, SourceMessage } from './receiver-sources.ts';
import { isEnded, type ReceiverState } from './receiver-state.ts';

export class AskedSources implements ReceiverSources {
  readonly #receiver: SourcedReceiver;
  readonly #inquiries: Inquiries;

  constructor(receiver: SourcedReceiver, options: Pick<InquiriesOptions, 'clock' | 'isInSets' | 'most'>) {
    this.#receiver = receiver;
    this.#inquiries = new Inquiries({
      ...options,
      transfer: receiver.transfer,
      canGive: (peerId) => this.#canGive(peerId),
      onChoice: () => receiver.changed(),
      onChange: (inquiry) => this.#inquired(inquiry),
    });
  }

  get infos(): SourceInfo[] {
    return this.#inquiries.infos;
  }

  get count(): number {
    return this.#inquiries.count;
  }

  get peerIds(): string[] {
    return this.#inquiries.peerIds;
  }

  has(peerId: string): boolean {
    return this.#inquiries.get(peerId) !== undefined;
  }

  /** One more device to ask, or another way to ask a known one. */
  add(options: SourceOptions): void {
    this.#inquiries.add(options);
    this.#receiver.changed();
  }

  remove(peerId: string): void {
    if (!this.#inquiries.remove(peerId)) return;
    this.#receiver.fetching?.removeSource(peerId);
    this.#settle();
    this.#receiver.changed();
  }

  askAgain(peerId: string): void {
    this.#inquiries.get(peerId)?.revive();
  }

  accepted(): void {
    this.#settle();
    // Nothing but empty files needs nobody, where their content ids are known.
    this.#receiver.fetching?.finishIfWhole();
  }

  restored(): void {
    this.accepted();
  }

  /** Everybody once more, also those that were dropped. */
  retried(): void {
    for (const inquiry of this.#inquiries) inquiry.revive();
    this.#settle();
  }

  attach(peerId: string, link: Link): void {
    this.#inquiries.get(peerId)?.attach(link);
  }

  detach(peerId: string): void {
    this.#receiver.fetching?.removeSource(peerId);
    this.#inquiries.detach(peerId);
    this.#settle();
    this.#receiver.changed();
  }

  close(): void {
    this.#inquiries.close();
  }

  /** A device that broke the protocol, or whose bytes did not verify; what others have still comes from them. */
  drop(peerId: string, error: FerryError): void {
    this.#receiver.fetching?.removeSource(peerId);
    this.#inquiries.get(peerId)?.drop();
    if (this.#inquiries.isHopeless) this.#receiver.fail(error);
  }

  /** It is asked again in a while. */
  rest(peerId: string): void {
    this.#receiver.fetching?.removeSource(peerId);
    this.#inquiries.get(peerId)?.pace.rest(() => this.#settle());
  }

  /** Who was asked, and will not be told that all is here, need not wait for this side any longer. */
  dismiss(): void {
    this.#inquiries.rest();
    const { fetching } = this.#receiver;
    for (const inquiry of this.#inquiries) {
      if (fetching?.sources.has(inquiry.options.peerId)) inquiry.pace.cancel();
      else inquiry.dismiss();
    }
  }

  /** Chunk bytes came from it. */
  gave(peerId: string, bytes: number): void {
    this.#inquiries.gave(peerId, bytes);
  }

  active(): [peerId: string, link: Link][] {
    return this.#inquiries.active();
  }

  /** How a source that has told its manifest numbers things, and what it has of them. */
  contentOf(peerId: string, fetch: Fetch): SourceContent {
    const inquiry = this.#inquiries.get(peerId);
    if (!inquiry) return {};
    return inquiry.answer.acceptedFrom(inquiry.mapTo(fetch.chosen, fetch.layout), fetch.layout.chunkCount);
  }

  /** See {@link Receiver.lostEntries}. */
  lostEntries(fetch: Fetch): readonly number[] {
    const mapped = (one: Inquiry) => ({ ...one.options, map: one.mapTo(fetch.chosen, fetch.layout) });
    return lostEntries(fetch, this.#inquiries.told().map(mapped));
  }

  /** @throws ProtocolError for what no honest source says */
  handle(peerId: string, message: SourceMessage): void {
    const inquiry = this.#inquiries.get(peerId)!;
    switch (message.type) {
      case 'announce':
        this.#receiver.fetching?.removeSource(peerId);
        return inquiry.announced(message);
      case 'manifest':
        return inquiry.page(message);
      case 'refuse':
        return inquiry.refused(message.reason);
      case 'queued':
        inquiry.answer.place = message;
        return this.#receiver.changed();
      case 'have':
        return this.#has(inquiry, message.chunks);
      case 'hashes':
        return this.#receiver.fetching?.takeHashes(peerId, message);
      case 'pause':
      case 'resume':
        inquiry.answer.pausedBy = message.type === 'pause' ? message.reason : null;
        return this.#inquired(inquiry);
      case 'cancel':
      case 'abort':
        return inquiry.askLater();
      default:
        throw ProtocolError.unexpected(`${message.type} to a receiver`);
    }
  }

  /** Brings the state in line with what the sources can do now. */
  #settle(): void {
    const { fetching } = this.#receiver;
    const { status } = this.#receiver.state;
    if (!fetching || status === 'announced' || isEnded(this.#receiver.state)) return;
    const told = this.#inquiries.told();
    for (const inquiry of told) inquiry.mapTo(fetching.chosen, fetching.layout);
    // Whoever rests is better than nobody.
    if (this.active().length === 0) for (const { pace } of told) pace.wake();
    const active = this.active();
    const pauseReason = told.find(({ answer }) => answer.pausedBy)?.answer.pausedBy;
    if (active.length === 0 && !pauseReason) return this.#receiver.apply({ type: 'disconnected' });
    const { state } = this.#receiver;
    const isAlone = state.status === 'stalled' || (state.status === 'paused' && !state.connected);
    if (isAlone) this.#receiver.apply({ type: 'connected' });
    if (active.length === 0 && pauseReason) {
      return this.#receiver.apply({ type: 'pause', by: 'peer', reason: pauseReason });
    }
    this.#receiver.apply({ type: 'resume', by: 'peer' });
    if (!isMoving(this.#receiver.state)) return;
    for (const [peerId, link] of active) if (!fetching.sources.has(peerId)) this.#receiver.fetchFrom(peerId, link);
  }

  /** Something about a source is different. */
  #inquired(inquiry: Inquiry): void {
    const { manifest, options, summary } = inquiry;
    if (!inquiry.isActive) this.#receiver.fetching?.removeSource(options.peerId);
    if (manifest && summary && options.isOrigin) this.#receiver.told(manifest, summaryOf(summary));
    this.#settle();
    this.#receiver.changed();
  }

  /** Who is asked for nothing, because nothing is fetched now, is not the worse for it. */
  #canGive(peerId: string): boolean {
    const sources = this.#receiver.fetching?.sources;
    return !sources?.has(peerId) || sources.isOfUse(peerId);
  }

  #has(inquiry: Inquiry, chunks: readonly Run[]): void {
    const { fetching } = this.#receiver;
    if (!fetching || !inquiry.manifest || !inquiry.answer.has(chunks)) return;
    fetching.sources.refresh(inquiry.options.peerId);
  }
}

function isMoving({ status }: ReceiverState): boolean {
  return status === 'fetching' || status === 'finishing';
}

function summaryOf({ title, itemCount, entryCount, totalBytes }: AnnounceMessage): BundleSummary {
  return { title, itemCount, entryCount, totalBytes };
}
