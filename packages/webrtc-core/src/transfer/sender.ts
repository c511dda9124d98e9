// Offers one bundle to one device: answers what the receiver asks, never pushes. Knows links and messages, not
// how they travel, and not the receiver's other devices.
import type { ReadonlyBitfield } from '../content/bitfield.ts';
import { chunkCount } from '../content/chunk.ts';
import { type BundleSummary, chooseEntries, type Manifest } from '../content/manifest.ts';
import { indexesOf, type Run, runsAreOrdered } from '../content/run.ts';
import type { Bundle } from '../content/source.ts';
import { ContentError, type FerryError, ProtocolError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import type { Link } from '../wire/link.ts';
import type { CancelReason, PauseReason, QueuePlace, TransferId, TransferMessage } from '../wire/message.ts';
import type { RateLimit } from '../wire/rate-limit.ts';
import type { HashJournal, HashJournals } from './hash-journal.ts';
import { lastWordOf } from './last-word.ts';
import { manifestPage } from './manifest-page.ts';
import type { SentOutcome } from './outcomes.ts';
import type { Progress } from './progress.ts';
import { isEnded } from './receiver-state.ts';
import { type SenderEffect, type SenderEvent, type SenderState, senderTransition } from './sender-state.ts';
import { type Delivered, Serving } from './serving.ts';

export interface SenderOptions {
  transfer: TransferId;
  peerId: string;
  summary: BundleSummary;
  manifest: Manifest;
  journals: HashJournals;
  /** See {@link Serving}. */
  remember: (delivered: Delivered) => Promise<void>;
  clock: Clock;
  /** See {@link Serving}. */
  rate?: RateLimit | undefined;
}

export class Sender {
  readonly transfer: TransferId;
  readonly peerId: string;
  /** `change`: something that {@link Sender} shows is different. */
  readonly events = new Emitter<{ change: undefined }>();
  readonly #options: SenderOptions;
  #state: SenderState = { status: 'announced' };
  #bundle: Bundle | undefined;
  #serving: Serving | undefined;
  #link: Link | undefined;

  constructor(options: SenderOptions) {
    this.transfer = options.transfer;
    this.peerId = options.peerId;
    this.#options = options;
  }

  get state(): SenderState {
    return this.#state;
  }

  /** What the receiver chose; undefined before it accepted. */
  get chosen(): Manifest | undefined {
    return this.#serving?.manifest;
  }

  /** Indexes of {@link chosen} in the announced manifest. */
  get chosenRuns(): readonly Run[] | undefined {
    return this.#serving?.chosen;
  }

  get progress(): Progress | undefined {
    return this.#serving?.progress;
  }

  /** What the receiver holds; undefined before it accepted. */
  get held(): ReadonlyBitfield | undefined {
    return this.#serving?.held;
  }

  get movedBytes(): number {
    return this.#serving?.movedBytes ?? 0;
  }

  /** What is to be remembered of it once it has ended; undefined for a failure. */
  get outcome(): SentOutcome | undefined {
    const delivered = this.#serving?.delivered;
    if (this.#state.status === 'done' && delivered) return { status: 'done', ...delivered };
    return this.#state.status === 'cancelled' ? { status: 'cancelled' } : undefined;
  }

  /** Where the files are; undefined while they are not at hand: then a receiver that accepts is told to wait. */
  set bundle(bundle: Bundle | undefined) {
    this.#bundle = bundle;
    this.#connectSource();
    if (!bundle) this.#apply({ type: 'pause', by: 'me', reason: 'files' });
    else if (this.#state.status === 'paused' && this.#state.by.me === 'files') this.resume();
  }

  /** The name of the first file that is not, in a sample, what was sent before; undefined when all is the same. */
  async differenceIn(bundle: Bundle): Promise<string | undefined> {
    const serving = this.#serving;
    const entry = await serving?.firstDifference(bundle.choose([...indexesOf(serving.chosen)]));
    return entry === undefined ? undefined : serving?.manifest.entries[entry]?.path.at(-1);
  }

  /** Goes on with what was accepted in an earlier life of this program. */
  restore(chosen: readonly Run[]): void {
    this.#prepare([...chosen], this.#openJournal([...chosen]));
    this.#state = { status: 'stalled' };
    if (!this.#bundle) this.#apply({ type: 'pause', by: 'me', reason: 'files' });
  }

  attach(link: Link): void {
    this.#setLink(link);
    // It may have ended while there was no link to say so.
    if (isEnded(this.#state)) return this.#tellEnd();
    this.#apply({ type: 'connected' });
  }

  detach(): void {
    this.#serving?.drop();
    this.#setLink(undefined);
    this.#apply({ type: 'disconnected' });
  }

  pause(reason: PauseReason = 'user'): void {
    this.#apply({ type: 'pause', by: 'me', reason });
  }

  /** Without its files it cannot: then it waits for those. */
  resume(): void {
    if (this.#bundle) this.#apply({ type: 'resume', by: 'me' });
    else this.#apply({ type: 'pause', by: 'me', reason: 'files' });
  }

  cancel(reason: CancelReason = 'user'): void {
    this.#apply({ type: 'cancel', by: 'me', reason });
  }

  fail(error: FerryError): void {
    const entry = error instanceof ContentError ? error.entry : undefined;
    this.#apply({ type: 'fail', by: 'me', code: error.code, entry });
  }

  /** Where it is in the queue, for a receiver that asked for it. */
  tellPlace(place: QueuePlace): void {
    if (!isEnded(this.#state)) this.#link?.send({ type: 'queued', transfer: this.transfer, ...place });
  }

  /** Lets go of what only a transfer that goes on needs. */
  async close(): Promise<void> {
    await this.#serving?.close();
  }

  /** Tries again what failed. */
  retry(): void {
    this.#apply({ type: 'retry', accepted: this.#serving !== undefined, connected: this.#link !== undefined });
    if (!this.#bundle) this.#apply({ type: 'pause', by: 'me', reason: 'files' });
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
      case 'hash-request':
        return this.#requireAccepted('hash-request').tellHashes(message);
      case 'have':
        return this.#requireAccepted('have').have(message.chunks);
      case 'complete':
        return this.#requireAccepted('complete').complete(message);
      case 'pause':
        return this.#apply({ type: 'pause', by: 'peer', reason: message.reason });
      case 'resume':
        return this.#apply({ type: 'resume', by: 'peer' });
      case 'cancel':
        return this.#apply({ type: 'cancel', by: 'peer', reason: message.reason });
      case 'abort':
        return this.#apply({ type: 'fail', by: 'peer', code: message.code, entry: message.entry });
      default:
        throw ProtocolError.unexpected(`${message.type} to a sender`);
    }
  }

  #list(firstEntry: number): void {
    const entries = manifestPage(this.#options.manifest, firstEntry);
    this.#link?.send({ type: 'manifest', transfer: this.transfer, firstEntry, entries });
  }

  #accept(chosen: Run[]): void {
    const { manifest } = this.#options;
    const isGivenUp = this.#state.status === 'failed' && this.#state.by === 'peer';
    if (isEnded(this.#state) && !isGivenUp) return this.#tellEnd();
    if (chosen.length === 0 || !runsAreOrdered(chosen, manifest.entries.length)) {
      throw ProtocolError.malformed('the chosen entries are none, or not in order');
    }
    // A receiver says it again on every link, and then again what it holds and lacks.
    if (this.#serving && isSame(chosen, this.#serving.chosen)) this.#serving.restart();
    else this.#prepare(chosen, this.#newJournal(chosen));
    this.#apply({ type: 'accepted' });
    if (!this.#bundle) this.#apply({ type: 'pause', by: 'me', reason: 'files' });
  }

  #prepare(chosen: Run[], journal: Promise<HashJournal>): void {
    const { transfer, remember, clock, rate } = this.#options;
    const manifest = chooseEntries(this.#options.manifest, chosen);
    const serving = new Serving({ transfer, chosen, manifest, journal, remember, clock, rate });
    serving.events.on('progress', () => this.events.emit('change', undefined));
    serving.events.on('agreed', () => serving === this.#serving && this.#apply({ type: 'agreed' }));
    serving.events.on('error', (error) => serving === this.#serving && this.fail(error));
    serving.link = this.#link;
    this.#serving = serving;
    this.#connectSource();
  }

  #openJournal(chosen: Run[]): Promise<HashJournal> {
    const { transfer, manifest, journals } = this.#options;
    return journals.open(transfer, countChunks(chooseEntries(manifest, chosen)));
  }

  /** What was sent of another choice has other numbers. */
  async #newJournal(chosen: Run[]): Promise<HashJournal> {
    await this.#serving?.close();
    await this.#options.journals.delete(this.transfer);
    return this.#openJournal(chosen);
  }

  #connectSource(): void {
    if (!this.#serving) return;
    const bundle = this.#bundle;
    if (!bundle) {
      this.#serving.content = undefined;
      return;
    }
    const chosen = [...indexesOf(this.#serving.chosen)];
    this.#serving.content = {
      source: bundle.choose(chosen),
      hashesOf: bundle.chunkHashes && ((entry) => bundle.chunkHashes!(chosen[entry]!)),
      availability: bundle.availability?.(chosen),
    };
  }

  #setLink(link: Link | undefined): void {
    this.#link = link;
    if (this.#serving) this.#serving.link = link;
  }

  #request(chunks: Run[]): void {
    const serving = this.#requireAccepted('request');
    if (this.#state.status === 'serving') serving.request(chunks);
  }

  #requireAccepted(what: string): Serving {
    if (!this.#serving) throw ProtocolError.unexpected(`${what} before accept`);
    return this.#serving;
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
    const state = this.#state;
    switch (effect) {
      case 'announce':
        return this.#link?.send({
          type: 'announce',
          transfer,
          ...this.#options.summary,
          isPartial: this.#bundle?.availability !== undefined,
        });
      case 'drop-requests':
        return this.#serving?.drop();
      case 'tell-pause':
        if (state.status !== 'paused' || !state.by.me) return;
        return this.#link?.send({ type: 'pause', transfer, reason: state.by.me });
      case 'tell-resume':
        return this.#link?.send({ type: 'resume', transfer });
      case 'tell-cancel':
      case 'tell-failure':
        return this.#tellEnd();
    }
  }

  /** Says how it ended; also to a receiver that missed it. */
  #tellEnd(): void {
    // Whether it was declined is the receiver's to say.
    const word = this.#state.status === 'declined' ? undefined : lastWordOf(this.transfer, this.#state);
    if (word) this.#link?.send(word);
  }
}

function countChunks(manifest: Manifest): number {
  return manifest.entries.reduce((sum, { sizeBytes }) => sum + chunkCount(sizeBytes), 0);
}

function isSame(a: readonly Run[], b: readonly Run[]): boolean {
  return a.length === b.length && a.every(({ first, count }, at) => first === b[at]!.first && count === b[at]!.count);
}
