// Offers one bundle to one device: answers what the receiver asks, never pushes. Knows links and messages, not
// how they travel, and not the receiver's other devices.
import type { BundleSummary } from '../content/manifest.ts';
import type { Run } from '../content/run.ts';
import type { Bundle } from '../content/source.ts';
import { ContentError, type FerryError, ProtocolError } from '../errors.ts';
import { Emitter } from '../util/emitter.ts';
import type { QueuePlace } from '../wire/asking-message.ts';
import type { Link } from '../wire/link.ts';
import type { TransferMessage } from '../wire/message.ts';
import type { PullMessage } from '../wire/pull-message.ts';
import type { CancelReason, PauseReason } from '../wire/stop-message.ts';
import type { TransferId } from '../wire/transfer-id.ts';
import { Acceptance, type AcceptanceOptions } from './acceptance.ts';
import { lastWordOf } from './last-word.ts';
import { manifestPage } from './manifest-page.ts';
import type { SentOutcome } from './outcomes.ts';
import { peerEventOf } from './peer-event.ts';
import { isEnded } from './receiver-state.ts';
import { type SenderEffect, type SenderEvent, type SenderState, senderTransition } from './sender-state.ts';
import type { Serving } from './serving.ts';
import { toldWord } from './told-word.ts';
import { TransferMachine } from './transfer-machine.ts';

export interface SenderOptions extends AcceptanceOptions {
  peerId: string;
  summary: BundleSummary;
}

export class Sender {
  readonly transfer: TransferId;
  readonly peerId: string;
  /** `change`: something that {@link Sender} shows is different. */
  readonly events = new Emitter<{ change: undefined }>();
  readonly #options: SenderOptions;
  readonly #acceptance: Acceptance;
  readonly #machine: TransferMachine<SenderState, SenderEvent, SenderEffect>;
  #link: Link | undefined;

  constructor(options: SenderOptions) {
    this.transfer = options.transfer;
    this.peerId = options.peerId;
    this.#options = options;
    this.#acceptance = new Acceptance(options);
    this.#acceptance.events.on('progress', () => this.events.emit('change', undefined));
    this.#acceptance.events.on('agreed', () => this.#machine.apply({ type: 'agreed' }));
    this.#acceptance.events.on('error', (error) => this.fail(error));
    this.#machine = new TransferMachine<SenderState, SenderEvent, SenderEffect>({
      transition: senderTransition,
      state: { status: 'announced' },
      onEnter: () => this.serving?.progress.restart(),
      perform: (effect) => this.#perform(effect),
      onChange: () => this.events.emit('change', undefined),
    });
  }

  get state(): SenderState {
    return this.#machine.state;
  }

  /** Of what the receiver chose; undefined before it accepted. */
  get serving(): Serving | undefined {
    return this.#acceptance.serving;
  }

  /** What is to be remembered of it once it has ended; undefined for a failure. */
  get outcome(): SentOutcome | undefined {
    const delivered = this.serving?.delivered;
    if (this.state.status === 'done' && delivered) return { status: 'done', ...delivered };
    return this.state.status === 'cancelled' ? { status: 'cancelled' } : undefined;
  }

  /** Where the files are; undefined while they are not at hand: then a receiver that accepts is told to wait. */
  set bundle(bundle: Bundle | undefined) {
    this.#acceptance.bundle = bundle;
    if (!bundle) this.#waitForFiles();
    else if (this.state.status === 'paused' && this.state.by.me === 'files') this.resume();
  }

  /** See {@link Acceptance.differenceIn}. */
  async differenceIn(bundle: Bundle): Promise<string | undefined> {
    return this.#acceptance.differenceIn(bundle);
  }

  /** Goes on with what was accepted in an earlier life of this program. */
  restore(chosen: readonly Run[]): void {
    this.#acceptance.restore([...chosen]);
    this.#machine.restore({ status: 'stalled' });
    this.#waitForFiles();
  }

  attach(link: Link): void {
    this.#setLink(link);
    // It may have ended while there was no link to say so.
    if (isEnded(this.state)) return this.#tellEnd();
    this.#machine.apply({ type: 'connected' });
  }

  detach(): void {
    this.serving?.drop();
    this.#setLink(undefined);
    this.#machine.apply({ type: 'disconnected' });
  }

  pause(reason: PauseReason = 'user'): void {
    this.#machine.apply({ type: 'pause', by: 'me', reason });
  }

  /** Without its files it cannot: then it waits for those. */
  resume(): void {
    if (this.#acceptance.bundle) this.#machine.apply({ type: 'resume', by: 'me' });
    else this.#waitForFiles();
  }

  cancel(reason: CancelReason = 'user'): void {
    this.#machine.apply({ type: 'cancel', by: 'me', reason });
  }

  fail(error: FerryError): void {
    const entry = error instanceof ContentError ? error.entry : undefined;
    this.#machine.apply({ type: 'fail', by: 'me', code: error.code, entry });
  }

  /** Where it is in the queue, for a receiver that asked for it. */
  tellPlace(place: QueuePlace): void {
    if (!isEnded(this.state)) this.#link?.send({ type: 'queued', transfer: this.transfer, ...place });
  }

  /** Lets go of what only a transfer that goes on needs. */
  async close(): Promise<void> {
    await this.#acceptance.close();
  }

  /** Tries again what failed. */
  retry(): void {
    const [accepted, connected] = [this.serving !== undefined, this.#link !== undefined];
    this.#machine.apply({ type: 'retry', accepted, connected });
    this.#waitForFiles();
  }

  /** @throws ProtocolError for what no honest receiver says */
  handle(message: TransferMessage): void {
    switch (message.type) {
      case 'list':
        return this.#list(message.firstEntry);
      case 'accept':
        return this.#accept(message.entries);
      case 'decline':
        return this.#machine.apply({ type: 'declined' });
      case 'request':
      case 'hash-request':
      case 'have':
      case 'complete':
        return this.#pulled(message);
      case 'pause':
      case 'resume':
      case 'cancel':
      case 'abort':
        return this.#machine.apply(peerEventOf(message));
      default:
        throw ProtocolError.unexpected(`${message.type} to a sender`);
    }
  }

  #list(firstEntry: number): void {
    const entries = manifestPage(this.#options.manifest, firstEntry);
    this.#link?.send({ type: 'manifest', transfer: this.transfer, firstEntry, entries });
  }

  #accept(chosen: Run[]): void {
    const isGivenUp = this.state.status === 'failed' && this.state.by === 'peer';
    if (isEnded(this.state) && !isGivenUp) return this.#tellEnd();
    this.#acceptance.accept(chosen);
    this.#machine.apply({ type: 'accepted' });
    this.#waitForFiles();
  }

  #pulled(message: PullMessage): void {
    // What was ended while it was being accepted: both were said at the same time, and the other side is told by now.
    if (!this.serving && isEnded(this.state)) return;
    this.#acceptance.handle(message, this.state.status === 'serving');
  }

  #waitForFiles(): void {
    if (!this.#acceptance.bundle) this.pause('files');
  }

  #setLink(link: Link | undefined): void {
    this.#link = link;
    this.#acceptance.link = link;
  }

  #perform(effect: SenderEffect): void {
    if (effect === 'announce') return this.#announce();
    if (effect === 'drop-requests') return this.serving?.drop();
    const word = toldWord(effect, this.transfer, this.state);
    if (word) this.#link?.send(word);
  }

  #announce(): void {
    const isPartial = this.#acceptance.bundle?.availability !== undefined;
    this.#link?.send({ type: 'announce', transfer: this.transfer, ...this.#options.summary, isPartial });
  }

  /** Says how it ended, to a receiver that missed it. */
  #tellEnd(): void {
    // Whether it was declined is the receiver's to say.
    const word = this.state.status === 'declined' ? undefined : lastWordOf(this.transfer, this.state);
    if (word) this.#link?.send(word);
  }
}
