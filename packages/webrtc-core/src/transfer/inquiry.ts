// What a receiver has with one device that it asks for something: asking, being told what there is, waiting for a turn,
// asking again. Knows its link, not what becomes of the chunks.
import type { BundleLayout } from '../content/layout.ts';
import type { Manifest } from '../content/manifest.ts';
import type { Clock } from '../util/clock.ts';
import type { RefusalReason } from '../wire/asking-message.ts';
import type { AnnounceMessage, ManifestMessage } from '../wire/bundle-message.ts';
import type { Link } from '../wire/link.ts';
import type { TransferId } from '../wire/transfer-id.ts';
import type { SourceInfo, SourceOptions, SourceStatus } from './asking.ts';
import { AskingPace } from './asking-pace.ts';
import type { EntryMap } from './entry-map.ts';
import { SourceAnswer } from './source-answer.ts';

export class Inquiry {
  options: SourceOptions;
  movedBytes = 0;
  /** What it says on its present link. */
  answer = new SourceAnswer();
  readonly pace: AskingPace;
  /** When it was asked, or has said something since. */
  heardAtMs = 0;
  /** When the last chunk came from it. */
  gaveAtMs: number | undefined;
  readonly #clock: Clock;
  readonly #transfer: TransferId;
  readonly #onChange: () => void;
  #link: Link | undefined;
  #status: 'unreachable' | 'asking' | 'ready' | 'refused' | 'dropped' = 'unreachable';

  /** @param onChange it is ready now, or is so no longer, or shows something new */
  constructor(transfer: TransferId, options: SourceOptions, clock: Clock, onChange: () => void) {
    this.#transfer = transfer;
    this.options = options;
    this.pace = new AskingPace(clock);
    this.#clock = clock;
    this.#onChange = onChange;
  }

  get link(): Link | undefined {
    return this.#link;
  }

  /** What it has; undefined until it has told all of it on the present link. */
  get manifest(): Manifest | undefined {
    return this.#status === 'ready' ? this.answer.manifest : undefined;
  }

  get summary(): AnnounceMessage | undefined {
    return this.answer.summary;
  }

  /** Chunks may be asked of it. */
  get isActive(): boolean {
    const isWilling = this.answer.pausedBy === null && !this.answer.isEmpty;
    return this.#status === 'ready' && isWilling && !this.pace.isResting;
  }

  /** It would be asked, were it there. */
  get isHopeful(): boolean {
    return this.#status !== 'dropped' && !(this.#status === 'refused' && this.answer.refusal === 'not-found');
  }

  get info(): SourceInfo {
    const { options, movedBytes } = this;
    const { place, refusal } = this.answer;
    const info: SourceInfo = { peerId: options.peerId, status: this.#shown, isOrigin: options.isOrigin, movedBytes };
    if (place && this.#status === 'ready') info.place = place;
    if (refusal && this.#status === 'refused') info.refusal = refusal;
    return info;
  }

  /** How its entries are those that were chosen; only while it is ready. */
  mapTo(chosen: Manifest, layout: BundleLayout): EntryMap {
    return this.answer.mapTo(chosen, layout, this.options.isOrigin);
  }

  attach(link: Link): void {
    this.#link = link;
    if (this.#status !== 'dropped') this.ask();
  }

  detach(): void {
    this.#link = undefined;
    this.close();
  }

  /** On the link it has, with a fresh reference; no effect without a link. */
  ask(): void {
    const link = this.#link;
    if (!link) return;
    this.#forget();
    this.#status = 'asking';
    this.heardAtMs = this.#clock.now();
    const isStill = () => this.#link === link && this.#status === 'asking' && this.answer.summary === undefined;
    this.options.reference().then(
      (reference) => {
        if (!isStill()) return;
        if (reference !== undefined) return link.send({ type: 'ask', transfer: this.#transfer, reference });
        this.#status = 'unreachable';
        this.#onChange();
      },
      () => isStill() && this.askLater(),
    );
    this.#onChange();
  }

  /** It does not go on with it; that may be another matter soon. */
  askLater(): void {
    this.#forget();
    this.#status = 'unreachable';
    this.pace.later(() => this.ask());
    this.#onChange();
  }

  announced(message: AnnounceMessage): void {
    if (this.#status !== 'asking' && this.#status !== 'ready') return;
    this.#forget();
    this.#status = 'asking';
    this.heardAtMs = this.#clock.now();
    this.answer = new SourceAnswer(message);
    this.#list();
  }

  /** @throws what {@link SourceAnswer.addPage} throws */
  page(message: ManifestMessage): void {
    const found = this.answer.addPage(message);
    this.heardAtMs = this.#clock.now();
    if (found === 'more') return this.#list();
    if (found !== 'whole') return;
    this.#status = 'ready';
    this.#onChange();
  }

  refused(reason: RefusalReason): void {
    if (this.#status !== 'asking') return;
    this.#forget();
    this.#status = 'refused';
    this.answer.refusal = reason;
    this.#onChange();
  }

  /** It is asked no more, unless somebody wants to try once more. */
  drop(): void {
    this.#forget();
    this.#status = 'dropped';
    this.#onChange();
  }

  /** Tries again, also one that was dropped. */
  revive(): void {
    this.pace.reset();
    if (this.#status === 'asking' || this.#status === 'ready') return;
    this.#status = 'unreachable';
    this.ask();
  }

  gave(bytes: number): void {
    this.movedBytes += bytes;
    this.gaveAtMs = this.#clock.now();
    this.pace.reset();
  }

  /** It need not wait for this side any longer. */
  dismiss(): void {
    this.#link?.send({ type: 'cancel', transfer: this.#transfer, reason: 'user' });
    this.close();
  }

  /** Whatever it said is over: should the transfer go on after all, it is asked anew. */
  close(): void {
    this.#forget();
    if (this.#status === 'asking' || this.#status === 'ready') this.#status = 'unreachable';
  }

  get #shown(): SourceStatus {
    if (this.#status !== 'ready') return this.#status;
    if (this.answer.isEmpty) return 'refused';
    if (this.answer.pausedBy === 'queue') return 'queued';
    return this.answer.pausedBy ? 'paused' : 'serving';
  }

  #list(): void {
    // Also of an empty manifest: there is a page of nothing then.
    this.#link?.send({ type: 'list', transfer: this.#transfer, firstEntry: this.answer.nextEntry });
  }

  /** Everything it said on a link that is gone, or in an answer that is taken back. */
  #forget(): void {
    this.pace.cancel();
    this.answer = new SourceAnswer();
  }
}
