// What one source has said since it was asked: what it has, where this transfer is in its queue, or why not. Nothing of it
// counts on the next link. Knows no link, and no other source.
import { Bitfield } from '../content/bitfield.ts';
import type { BundleLayout } from '../content/layout.ts';
import type { Manifest } from '../content/manifest.ts';
import { indexesOf, type Run } from '../content/run.ts';
import { ProtocolError } from '../errors.ts';
import type { QueuePlace, RefusalReason } from '../wire/asking-message.ts';
import type { AnnounceMessage, ManifestMessage } from '../wire/bundle-message.ts';
import type { PauseReason } from '../wire/stop-message.ts';
import { EntryMap } from './entry-map.ts';
import type { SourceContent } from './fetch-source.ts';
import { ManifestCollector } from './manifest-collector.ts';

export class SourceAnswer {
  /** It stopped for now. */
  pausedBy: PauseReason | null = null;
  place: QueuePlace | undefined;
  refusal: RefusalReason | undefined;
  /** Undefined until it has said that it has something. */
  readonly summary: AnnounceMessage | undefined;
  readonly #collector: ManifestCollector | undefined;
  #manifest: Manifest | undefined;
  #map: EntryMap | undefined;
  /** What it has in own numbers; for one that has not all of it. */
  #available: Bitfield | undefined;

  constructor(summary?: AnnounceMessage) {
    this.summary = summary;
    this.#collector = summary && new ManifestCollector(summary);
  }

  /** What it has; undefined until it has told all of it. */
  get manifest(): Manifest | undefined {
    return this.#manifest;
  }

  /** What to ask for next. */
  get nextEntry(): number {
    return this.#collector?.nextEntry ?? 0;
  }

  /** Nothing of what was chosen is there. */
  get isEmpty(): boolean {
    return this.#map?.isEmpty ?? false;
  }

  /**
   * @returns whether there is more to ask for; undefined for a page that nobody asked for
   * @throws what {@link ManifestCollector.add} throws
   */
  addPage(page: ManifestMessage): 'more' | 'whole' | undefined {
    if (!this.#collector || this.#manifest) return undefined;
    this.#manifest = this.#collector.add(page);
    return this.#manifest ? 'whole' : 'more';
  }

  /**
   * How its entries are those that were chosen; only once it has told its manifest.
   * @param isOrigin whether what it has is what is wanted
   */
  mapTo(chosen: Manifest, layout: BundleLayout, isOrigin: boolean): EntryMap {
    this.#map ??= EntryMap.between({ chosen, layout }, this.#manifest!, { isOrigin });
    return this.#map;
  }

  /** It says anew what it has, with every accept. */
  acceptedFrom(map: EntryMap, chunkCount: number): SourceContent {
    this.#available = this.summary?.isPartial ? new Bitfield(chunkCount) : undefined;
    return { map, available: this.#available };
  }

  /**
   * It has these, besides what it had.
   * @returns whether that is news
   * @throws ProtocolError for chunks that do not exist
   */
  has(chunks: readonly Run[]): boolean {
    const [map, available] = [this.#map, this.#available];
    if (!map || !available) return false;
    for (const { first, count } of chunks) {
      if (first + count > map.theirs.chunkCount) throw ProtocolError.malformed('a chunk beyond the end is held');
    }
    for (const chunk of indexesOf(map.toOwn(chunks))) available.set(chunk);
    return true;
  }
}
