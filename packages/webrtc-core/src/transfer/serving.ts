// The moving part of a sender, from accept to the last agreed entry: serves what is asked for, tells what there is, notes
// what the receiver holds. Knows no states and no user.
import { Bitfield } from '../content/bitfield.ts';
import { HASH_BYTES } from '../content/hash.ts';
import { BundleLayout } from '../content/layout.ts';
import type { Manifest } from '../content/manifest.ts';
import { indexesOf, type Run } from '../content/run.ts';
import type { ChunkSource } from '../content/source.ts';
import { ContentError, FerryError, ProtocolError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import { WIRE_LIMITS } from '../wire/limits.ts';
import type { Link } from '../wire/link.ts';
import type { CompleteMessage, HashRequestMessage } from '../wire/pull-message.ts';
import type { RateLimit } from '../wire/rate-limit.ts';
import type { TransferId } from '../wire/transfer-id.ts';
import { ChunkServing } from './chunk-serving.ts';
import { type Delivered, Delivery, type DeliveryOptions } from './delivery.ts';
import type { HashJournal } from './hash-journal.ts';
import { Progress } from './progress.ts';
import { ServedContent, type ServingContent } from './served-content.ts';
import { ToldAvailability } from './told-availability.ts';

export interface ServingEvents {
  progress: undefined;
  /** The receiver holds everything it chose, and both agree on every content id; this side remembers it. */
  agreed: undefined;
  error: FerryError;
}

export interface ServingOptions {
  transfer: TransferId;
  /** Indexes of the chosen entries in the announced manifest. */
  chosen: Run[];
  manifest: Manifest;
  journal: Promise<HashJournal>;
  /** See {@link Delivery}. */
  remember: DeliveryOptions['remember'];
  clock: Clock;
  /** See {@link ChunkServing}. */
  rate?: RateLimit | undefined;
}

export class Serving {
  readonly chosen: readonly Run[];
  readonly manifest: Manifest;
  readonly events = new Emitter<ServingEvents>();
  link: Link | undefined;
  readonly #transfer: TransferId;
  readonly #layout: BundleLayout;
  readonly #clock: Clock;
  readonly #served: ServedContent;
  readonly #chunks: ChunkServing;
  readonly #delivery: Delivery;
  readonly #availability: ToldAvailability;
  #held: Bitfield;
  #progress: Progress;
  /** Something was asked for since the last accept: what the receiver held before that was not sent now. */
  #isAsking = false;

  constructor({ transfer, chosen, manifest, journal, remember, clock, rate }: ServingOptions) {
    this.#transfer = transfer;
    this.chosen = chosen;
    this.manifest = manifest;
    this.#clock = clock;
    const layout = new BundleLayout(manifest);
    const served = new ServedContent(manifest, layout, journal, clock);
    const onError = (error: unknown) => this.#fail(error);
    this.#layout = layout;
    this.#served = served;
    this.#chunks = new ChunkServing({ transfer, layout, served, link: () => this.link, clock, rate, onError });
    this.#delivery = new Delivery({
      ...{ layout, served, remember, onError },
      confirm: ({ first: firstEntry, count: entryCount }, root) =>
        this.link?.send({ type: 'complete', transfer, firstEntry, entryCount, root }),
      onAgreed: () => this.events.emit('agreed', undefined),
    });
    this.#availability = new ToldAvailability((chunks) => this.link?.send({ type: 'have', transfer, chunks }));
    this.#held = new Bitfield(layout.chunkCount);
    this.#progress = new Progress(layout.totalBytes);
  }

  /** Where chunks are read; undefined while the files are not at hand. */
  set content(content: ServingContent | undefined) {
    this.#served.content = content;
    this.#availability.start(content?.availability);
  }

  /** What the receiver says it holds. */
  get held(): Bitfield {
    return this.#held;
  }

  get progress(): Progress {
    return this.#progress;
  }

  /** Chunk bytes that were sent, those sent again included. */
  get movedBytes(): number {
    return this.#chunks.movedBytes;
  }

  /** Undefined until both agree on everything. */
  get delivered(): Delivered | undefined {
    return this.#delivery.delivered;
  }

  /** The receiver accepts again, on a new link or after a pause: it says anew what it holds and lacks. */
  restart(): void {
    this.drop();
    this.#delivery.restart();
    this.#held = new Bitfield(this.#layout.chunkCount);
    this.#progress = new Progress(this.#layout.totalBytes);
    this.#isAsking = false;
    this.#availability.start(this.#served.content?.availability);
  }

  /** @throws ProtocolError for chunks that do not exist or too many requests */
  request(chunks: Run[]): void {
    this.#isAsking = true;
    this.#chunks.request(chunks);
  }

  /** Forgets what was asked for, also what is being read. */
  drop(): void {
    this.#chunks.drop();
  }

  /** @throws ProtocolError for chunks that do not exist */
  have(chunks: Run[]): void {
    let bytes = 0;
    for (const chunk of indexesOf(chunks)) {
      if (chunk >= this.#layout.chunkCount) throw ProtocolError.malformed('a chunk beyond the end is held');
      if (this.#held.set(chunk)) bytes += this.#layout.lengthOf(chunk);
    }
    if (this.#isAsking) this.#progress.add(bytes, this.#clock.now());
    else this.#progress.found(bytes);
    this.events.emit('progress', undefined);
  }

  /** @throws ProtocolError for entries that do not exist */
  complete(message: CompleteMessage): void {
    this.#delivery.complete(message);
  }

  /**
   * Tells the hashes that make up an entry's content id; none when they are not known.
   * @throws ProtocolError for an entry that does not exist
   */
  tellHashes({ entry, firstChunk }: HashRequestMessage): void {
    if (entry >= this.#layout.entryCount) throw ProtocolError.malformed('hashes of an entry beyond the end');
    this.#served.hashesOf(entry).then(
      (known) => {
        const from = firstChunk * HASH_BYTES;
        const hashes = known?.subarray(from, from + WIRE_LIMITS.maxHashes * HASH_BYTES) ?? new Uint8Array(0);
        this.link?.send({ type: 'hashes', transfer: this.#transfer, entry, firstChunk, hashes });
      },
      (error: unknown) => this.#fail(error),
    );
  }

  /** The first entry of which a sample reads otherwise in another source than what was sent; undefined when none does. */
  async firstDifference(other: ChunkSource): Promise<number | undefined> {
    return this.#served.firstDifference(other);
  }

  async close(): Promise<void> {
    this.#availability.stop();
    this.drop();
    await this.#served.close();
  }

  #fail(error: unknown): void {
    this.events.emit('error', error instanceof FerryError ? error : ContentError.storeFailed(error));
  }
}
