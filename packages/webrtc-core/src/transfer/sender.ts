// Serves one bundle to one device: answers what the receiver asks, never pushes. Knows links and
// messages, not how they travel, and not the receiver's other devices.
import { Bitfield, type ReadonlyBitfield } from '../content/bitfield.ts';
import { ChunkHashes } from '../content/chunk-hashes.ts';
import { bundleRoot } from '../content/content-id.ts';
import { hashChunk, hashesEqual } from '../content/hash.ts';
import { BundleLayout } from '../content/layout.ts';
import { type BundleSummary, chooseEntries, type Manifest } from '../content/manifest.ts';
import { indexesOf, type Run, runsAreOrdered } from '../content/run.ts';
import type { Bundle, ChunkSource } from '../content/source.ts';
import { ContentError, FerryError, ProtocolError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import type { Link } from '../wire/link.ts';
import type { CompleteMessage, TransferId, TransferMessage } from '../wire/message.ts';
import { manifestPage } from './manifest-page.ts';
import { Progress } from './progress.ts';
import { isEnded } from './receiver-state.ts';
import { RequestQueue } from './request-queue.ts';
import { type SenderEffect, type SenderEvent, type SenderState, senderTransition } from './sender-state.ts';

/** What the receiver chose, and how far it is. */
interface Accepted {
  chosen: Run[];
  manifest: Manifest;
  layout: BundleLayout;
  source: ChunkSource;
  hashes: ChunkHashes;
  /** What the receiver says it holds. */
  held: Bitfield;
  agreed: Bitfield;
  progress: Progress;
  requests: RequestQueue;
  /** Something was asked for since the last accept: what the receiver held before that was not sent now. */
  isAsking: boolean;
}

export class Sender {
  readonly transfer: TransferId;
  readonly peerId: string;
  /** `change`: something that {@link Sender} shows is different. */
  readonly events = new Emitter<{ change: undefined }>();
  readonly #bundle: Bundle;
  readonly #summary: BundleSummary;
  readonly #clock: Clock;
  #state: SenderState = { status: 'announced' };
  #accepted: Accepted | undefined;
  #link: Link | undefined;

  constructor(options: { transfer: TransferId; peerId: string; bundle: Bundle; summary: BundleSummary; clock: Clock }) {
    this.transfer = options.transfer;
    this.peerId = options.peerId;
    this.#bundle = options.bundle;
    this.#summary = options.summary;
    this.#clock = options.clock;
  }

  get state(): SenderState {
    return this.#state;
  }

  /** What the receiver chose; undefined before it accepted. */
  get chosen(): Manifest | undefined {
    return this.#accepted?.manifest;
  }

  get progress(): Progress | undefined {
    return this.#accepted?.progress;
  }

  /** What the receiver holds; undefined before it accepted. */
  get held(): ReadonlyBitfield | undefined {
    return this.#accepted?.held;
  }

  attach(link: Link): void {
    this.#link = link;
    // It may have ended while there was no link to say so.
    if (isEnded(this.#state)) return this.#tellEnd();
    this.#apply({ type: 'connected' });
  }

  detach(): void {
    this.#link = undefined;
    this.#accepted?.requests.drop();
    this.#apply({ type: 'disconnected' });
  }

  pause(): void {
    this.#apply({ type: 'pause', by: 'me' });
  }

  resume(): void {
    this.#apply({ type: 'resume', by: 'me' });
  }

  cancel(reason: 'user' | 'other-device' = 'user'): void {
    this.#apply({ type: 'cancel', by: 'me', reason });
  }

  fail(error: FerryError): void {
    const entry = error instanceof ContentError ? error.entry : undefined;
    this.#apply({ type: 'fail', code: error.code, entry });
  }

  /** @throws ProtocolError for what no honest receiver says */
  handle(message: TransferMessage): void {
    switch (message.type) {
      case 'list':
        return this.#list(message.firstEntry);
      case 'accept':
        return this.#accept(message.entries);
      case 'decline':
        return this.#apply({ type: 'declined' });
      case 'request':
        return this.#request(message.chunks);
      case 'have':
        return this.#have(message.chunks);
      case 'complete':
        return this.#complete(message);
      case 'pause':
      case 'resume':
        return this.#apply({ type: message.type, by: 'peer' });
      case 'cancel':
        return this.#apply({ type: 'cancel', by: 'peer', reason: message.reason });
      case 'abort':
        return this.#apply({ type: 'fail', code: message.code, entry: message.entry });
      default:
        throw ProtocolError.unexpected(`${message.type} to a sender`);
    }
  }

  #list(firstEntry: number): void {
    const entries = manifestPage(this.#bundle.manifest, firstEntry);
    this.#link?.send({ type: 'manifest', transfer: this.transfer, firstEntry, entries });
  }

  #accept(chosen: Run[]): void {
    if (isEnded(this.#state)) return this.#tellEnd();
    if (chosen.length === 0 || !runsAreOrdered(chosen, this.#bundle.manifest.entries.length)) {
      throw ProtocolError.malformed('the chosen entries are none, or not in order');
    }
    // A receiver says it again on every link, and then again what it holds and lacks.
    this.#accepted?.requests.drop();
    this.#accepted = this.#accepted ? restarted(this.#accepted, chosen) : this.#prepare(chosen);
    this.#apply({ type: 'accepted' });
  }

  #prepare(chosen: Run[]): Accepted {
    const manifest = chooseEntries(this.#bundle.manifest, chosen);
    const layout = new BundleLayout(manifest);
    const source = this.#bundle.choose([...indexesOf(chosen)]);
    return {
      chosen,
      manifest,
      layout,
      source,
      hashes: new ChunkHashes(layout.chunkCount),
      held: new Bitfield(layout.chunkCount),
      agreed: new Bitfield(layout.entryCount),
      progress: new Progress(layout.totalBytes),
      requests: new RequestQueue(layout, (chunk) => this.#serve(chunk)),
      isAsking: false,
    };
  }

  #request(chunks: Run[]): void {
    const accepted = this.#requireAccepted('request');
    if (this.#state.status !== 'serving') return;
    accepted.isAsking = true;
    accepted.requests.add(chunks);
  }

  async #serve(chunk: number): Promise<void> {
    const { source, hashes } = this.#requireAccepted('request');
    const link = this.#link;
    try {
      const bytes = await source.read(chunk);
      const hash = await hashChunk(bytes);
      hashes.set(chunk, hash);
      if (this.#state.status !== 'serving' || link !== this.#link) return;
      await link?.sendChunk({ type: 'chunk', transfer: this.transfer, index: chunk, hash, bytes });
    } catch (error) {
      this.fail(error instanceof FerryError ? error : ContentError.storeFailed(error));
    }
  }

  #have(chunks: Run[]): void {
    const { layout, held, progress, isAsking } = this.#requireAccepted('have');
    let bytes = 0;
    for (const chunk of indexesOf(chunks)) {
      if (chunk >= layout.chunkCount) throw ProtocolError.malformed('a chunk beyond the end is held');
      if (held.set(chunk)) bytes += layout.lengthOf(chunk);
    }
    if (isAsking) progress.add(bytes, this.#clock.now());
    else progress.found(bytes);
    this.events.emit('change', undefined);
  }

  #complete({ firstEntry, entryCount, root }: CompleteMessage): void {
    const { layout, hashes, agreed } = this.#requireAccepted('complete');
    if (entryCount === 0 || firstEntry + entryCount > layout.entryCount) {
      throw ProtocolError.malformed('entries beyond the end are complete');
    }
    const own = bundleRoot(layout, { first: firstEntry, count: entryCount }, (chunk) => hashes.get(chunk));
    if (!own || !hashesEqual(own, root)) return this.fail(ContentError.chunkCorrupt('the content ids differ'));
    for (let entry = firstEntry; entry < firstEntry + entryCount; entry++) agreed.set(entry);
    this.#link?.send({ type: 'complete', transfer: this.transfer, firstEntry, entryCount, root: own });
    if (agreed.isFull) this.#apply({ type: 'agreed' });
  }

  #requireAccepted(what: string): Accepted {
    if (!this.#accepted) throw ProtocolError.unexpected(`${what} before accept`);
    return this.#accepted;
  }

  #apply(event: SenderEvent): void {
    const [state, effects] = senderTransition(this.#state, event);
    const changed = state !== this.#state;
    this.#state = state;
    if (changed) this.progress?.restart();
    for (const effect of effects) this.#perform(effect);
    if (changed) this.events.emit('change', undefined);
  }

  #perform(effect: SenderEffect): void {
    const { transfer } = this;
    switch (effect) {
      case 'announce':
        return this.#link?.send({ type: 'announce', transfer, ...this.#summary });
      case 'drop-requests':
        this.#accepted?.requests.drop();
        return this.#link?.dropChunks(transfer);
      case 'tell-pause':
        return this.#link?.send({ type: 'pause', transfer });
      case 'tell-resume':
        return this.#link?.send({ type: 'resume', transfer });
      case 'tell-cancel':
      case 'tell-failure':
        return this.#tellEnd();
    }
  }

  /** Says how it ended; also to a receiver that missed it. */
  #tellEnd(): void {
    const { transfer } = this;
    const state = this.#state;
    if (state.status === 'cancelled') this.#link?.send({ type: 'cancel', transfer, reason: state.reason });
    if (state.status === 'failed') this.#link?.send({ type: 'abort', transfer, code: state.code, entry: state.entry });
  }
}

function restarted(accepted: Accepted, chosen: Run[]): Accepted {
  if (JSON.stringify(chosen) !== JSON.stringify(accepted.chosen)) {
    throw ProtocolError.unexpected('the choice changed after it was accepted');
  }
  const { layout } = accepted;
  const held = new Bitfield(layout.chunkCount);
  return { ...accepted, held, progress: new Progress(layout.totalBytes), isAsking: false };
}
