// One bundle to one person, announced to all of their devices: the first that accepts gets it, the others
// are told so. Knows links only to pass them on.
import type { ReadonlyBitfield } from '../content/bitfield.ts';
import type { BundleSummary, Manifest } from '../content/manifest.ts';
import type { Run } from '../content/run.ts';
import type { Bundle } from '../content/source.ts';
import type { FerryError } from '../errors.ts';
import { Emitter } from '../util/emitter.ts';
import type { Link } from '../wire/link.ts';
import type { PauseReason, QueuePlace, TransferId, TransferMessage } from '../wire/message.ts';
import type { SentOutcome } from './outcomes.ts';
import type { Progress } from './progress.ts';
import { isEnded } from './receiver-state.ts';
import { Sender, type SenderOptions } from './sender.ts';
import type { SenderState } from './sender-state.ts';

export type OutgoingOptions = Omit<SenderOptions, 'peerId'> & {
  /** The only device that it is for: the link is its to keep, and on a new one it asks anew. */
  askedBy?: string;
};

export class Outgoing {
  readonly transfer: TransferId;
  readonly summary: BundleSummary;
  readonly manifest: Manifest;
  readonly events = new Emitter<{ change: undefined }>();
  /** Who asked for it, where it was not announced by itself. */
  readonly askedBy: string | undefined;
  readonly #options: OutgoingOptions;
  readonly #senders = new Map<string, Sender>();
  #bundle: Bundle | undefined;
  /** Whose answer counts; set by the first that accepts or declines. */
  #answered: Sender | undefined;
  /** How it ended without any device's answer. */
  #ended: SenderState | undefined;

  constructor(options: OutgoingOptions) {
    this.transfer = options.transfer;
    this.summary = options.summary;
    this.manifest = options.manifest;
    this.askedBy = options.askedBy;
    this.#options = options;
  }

  get state(): SenderState {
    return this.#answered?.state ?? this.#ended ?? { status: 'announced' };
  }

  get chosen(): Manifest | undefined {
    return this.#answered?.chosen;
  }

  /** Indexes of {@link chosen} in {@link manifest}: what restoring it needs. */
  get chosenRuns(): readonly Run[] | undefined {
    return this.#answered?.chosenRuns;
  }

  get progress(): Progress | undefined {
    return this.#answered?.progress;
  }

  get held(): ReadonlyBitfield | undefined {
    return this.#answered?.held;
  }

  get movedBytes(): number {
    return this.#answered?.movedBytes ?? 0;
  }

  /** What is to be remembered of it once it has ended; undefined for a failure. */
  get outcome(): SentOutcome | undefined {
    return this.#answered?.outcome;
  }

  /** The device that answered; undefined while nobody did. */
  get peerId(): string | undefined {
    return this.#answered?.peerId;
  }

  /** Devices it matters to be connected with. */
  get peerIds(): string[] {
    if (isEnded(this.state) || this.askedBy) return [];
    return this.#answered ? [this.#answered.peerId] : [...this.#senders.keys()];
  }

  /** Where the files are; undefined while they are not at hand, and whoever accepts waits for them. */
  get bundle(): Bundle | undefined {
    return this.#bundle;
  }

  set bundle(bundle: Bundle | undefined) {
    this.#bundle = bundle;
    for (const sender of this.#senders.values()) sender.bundle = bundle;
    this.events.emit('change', undefined);
  }

  /**
   * The name of the first file that is not, in a sample, what was sent before: files that are to be set as
   * {@link bundle} again must be the same.
   * @throws ContentError `source-changed` for one that cannot be read
   */
  async differenceIn(bundle: Bundle): Promise<string | undefined> {
    return this.#answered?.differenceIn(bundle);
  }

  /** Announces to one more device, as soon as it is connected. No effect once somebody answered. */
  addPeer(peerId: string): void {
    if (this.#senders.has(peerId) || this.#answered || this.#ended) return;
    this.#add(peerId);
    this.events.emit('change', undefined);
  }

  /** Goes on with what a device accepted in an earlier life of this program. */
  restore(peerId: string, chosen: readonly Run[]): void {
    this.#answered = this.#add(peerId);
    this.#answered.restore(chosen);
    this.events.emit('change', undefined);
  }

  has(peerId: string): boolean {
    return this.#senders.has(peerId);
  }

  attach(peerId: string, link: Link): void {
    this.#senders.get(peerId)?.attach(link);
  }

  detach(peerId: string): void {
    this.#senders.get(peerId)?.detach();
  }

  handle(peerId: string, message: TransferMessage): void {
    this.#senders.get(peerId)?.handle(message);
  }

  /** The reason is told to the other side. No effect while nobody has accepted. */
  pause(reason: PauseReason = 'user'): void {
    this.#answered?.pause(reason);
  }

  resume(): void {
    this.#answered?.resume();
  }

  /** Tells a receiver that asked for it where it is in the queue. */
  tellPlace(place: QueuePlace): void {
    for (const sender of this.#senders.values()) sender.tellPlace(place);
  }

  cancel(): void {
    if (isEnded(this.state)) return;
    if (!this.#answered) this.#ended = { status: 'cancelled', by: 'me', reason: 'user' };
    for (const sender of this.#senders.values()) sender.cancel('user');
    void this.close();
    this.events.emit('change', undefined);
  }

  /** Tries again what failed, from where it was. */
  retry(): void {
    if (this.#answered) return this.#answered.retry();
    if (this.#ended?.status !== 'failed') return;
    this.#ended = undefined;
    this.events.emit('change', undefined);
  }

  /** It has ended and will not be tried again: lets go of what only a transfer that goes on needs. */
  async close(): Promise<void> {
    for (const sender of this.#senders.values()) await sender.close();
    await this.#options.journals.delete(this.transfer).catch(() => {
      // It takes little room, and whoever keeps journals finds it again.
    });
  }

  /** No path to this device; ends the transfer when it was the last hope of an answer. */
  unreachable(peerId: string, error: FerryError): void {
    const sender = this.#senders.get(peerId);
    if (!sender || this.#answered || this.#ended || this.askedBy) return;
    this.#senders.delete(peerId);
    if (this.#senders.size > 0) return;
    this.#ended = { status: 'failed', by: 'me', code: error.code };
    this.events.emit('change', undefined);
  }

  /** This device broke the protocol. */
  fail(peerId: string, error: FerryError): void {
    this.#senders.get(peerId)?.fail(error);
  }

  #add(peerId: string): Sender {
    const sender = new Sender({ ...this.#options, peerId });
    sender.bundle = this.#bundle;
    sender.events.on('change', () => this.#changed(sender));
    this.#senders.set(peerId, sender);
    return sender;
  }

  #changed(sender: Sender): void {
    if (!this.#answered && !this.#ended && sender.state.status !== 'announced') {
      this.#answered = sender;
      for (const other of this.#senders.values()) if (other !== sender) other.cancel('other-device');
    }
    if (sender !== this.#answered) return;
    if (isEnded(this.state) && this.state.status !== 'failed') void this.close();
    this.events.emit('change', undefined);
  }
}
