// One bundle to one person, as whoever sends it sees it and decides about it. Knows no links, and of the devices only
// which one answered.
import type { ReadonlyBitfield } from '../content/bitfield.ts';
import type { BundleSummary, Manifest } from '../content/manifest.ts';
import type { Run } from '../content/run.ts';
import type { Bundle } from '../content/source.ts';
import type { FerryError } from '../errors.ts';
import { Emitter } from '../util/emitter.ts';
import type { QueuePlace } from '../wire/asking-message.ts';
import type { PauseReason } from '../wire/stop-message.ts';
import type { TransferId } from '../wire/transfer-id.ts';
import { AddressedDevices } from './addressed-devices.ts';
import type { SentOutcome } from './outcomes.ts';
import type { Progress } from './progress.ts';
import { isEnded } from './receiver-state.ts';
import { Sender, type SenderOptions } from './sender.ts';
import type { SenderState } from './sender-state.ts';
import type { Serving } from './serving.ts';

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
  /** What its devices do. */
  readonly devices: AddressedDevices;
  #bundle: Bundle | undefined;
  /** How it ended without any device's answer. */
  #ended: SenderState | undefined;

  constructor(options: OutgoingOptions) {
    this.transfer = options.transfer;
    this.summary = options.summary;
    this.manifest = options.manifest;
    this.askedBy = options.askedBy;
    this.#options = options;
    this.devices = new AddressedDevices({
      newSender: (peerId) => {
        const sender = new Sender({ ...options, peerId });
        sender.bundle = this.#bundle;
        return sender;
      },
      isOpen: () => !this.#ended,
      onChange: () => this.#changed(),
    });
  }

  get state(): SenderState {
    return this.#answered?.state ?? this.#ended ?? { status: 'announced' };
  }

  get chosen(): Manifest | undefined {
    return this.#serving?.manifest;
  }

  /** Indexes of {@link chosen} in {@link manifest}: what restoring it needs. */
  get chosenRuns(): readonly Run[] | undefined {
    return this.#serving?.chosen;
  }

  get progress(): Progress | undefined {
    return this.#serving?.progress;
  }

  get held(): ReadonlyBitfield | undefined {
    return this.#serving?.held;
  }

  get movedBytes(): number {
    return this.#serving?.movedBytes ?? 0;
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
    return this.#answered ? [this.#answered.peerId] : this.devices.peerIds;
  }

  /** Where the files are; undefined while they are not at hand, and whoever accepts waits for them. */
  get bundle(): Bundle | undefined {
    return this.#bundle;
  }

  set bundle(bundle: Bundle | undefined) {
    this.#bundle = bundle;
    for (const sender of this.devices.all()) sender.bundle = bundle;
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
    if (this.devices.has(peerId) || this.#answered || this.#ended) return;
    this.devices.add(peerId);
    this.events.emit('change', undefined);
  }

  /** Goes on with what a device accepted in an earlier life of this program. */
  restore(peerId: string, chosen: readonly Run[]): void {
    this.devices.restore(peerId, chosen);
    this.events.emit('change', undefined);
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
    for (const sender of this.devices.all()) sender.tellPlace(place);
  }

  cancel(): void {
    if (isEnded(this.state)) return;
    if (!this.#answered) this.#ended = { status: 'cancelled', by: 'me', reason: 'user' };
    for (const sender of this.devices.all()) sender.cancel('user');
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
    for (const sender of this.devices.all()) await sender.close();
    await this.#options.journals.delete(this.transfer).catch(() => {
      // It takes little room, and whoever keeps journals finds it again.
    });
  }

  /** No path to this device; ends the transfer when it was the last hope of an answer. */
  unreachable(peerId: string, error: FerryError): void {
    if (this.#answered || this.#ended || this.askedBy || !this.devices.remove(peerId)) return;
    this.#ended = { status: 'failed', by: 'me', code: error.code };
    this.events.emit('change', undefined);
  }

  get #answered(): Sender | undefined {
    return this.devices.answered;
  }

  get #serving(): Serving | undefined {
    return this.#answered?.serving;
  }

  #changed(): void {
    if (isEnded(this.state) && this.state.status !== 'failed') void this.close();
    this.events.emit('change', undefined);
  }
}
