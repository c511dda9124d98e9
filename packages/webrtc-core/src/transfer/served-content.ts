// What a sender knows of the content it serves: reads chunks with their hashes, notes the hashes, and tells content ids.
// Whoever it is for, and what they asked for, it does not know.
import { contentId } from '../content/content-id.ts';
import { HASH_BYTES, hashChunk, hashesEqual } from '../content/hash.ts';
import type { BundleLayout } from '../content/layout.ts';
import type { Manifest } from '../content/manifest.ts';
import { merkleRoot } from '../content/merkle.ts';
import { indexesOf, type Run } from '../content/run.ts';
import type { Availability, ChunkSource } from '../content/source.ts';
import { ContentError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import type { HashJournal } from './hash-journal.ts';

/** Where the bytes of what was chosen are. */
export interface ServingContent {
  source: ChunkSource;
  /** See {@link Bundle.chunkHashes}. */
  hashesOf?: ((entry: number) => Promise<Uint8Array | undefined>) | undefined;
  /** Absent when all of it is here. */
  availability?: Availability | undefined;
}

/** Chunks of a file chosen again that are compared with what was sent before. */
const SAMPLES = 32;
/** What was sent since the last flush may have to be read again after a crash, never sent again. */
const FLUSH_AFTER_MS = 1000;

export class ServedContent {
  /** Undefined while the files are not at hand. */
  content: ServingContent | undefined;
  readonly #manifest: Manifest;
  readonly #layout: BundleLayout;
  readonly #journal: Promise<HashJournal>;
  readonly #clock: Clock;
  #cancelFlush: (() => void) | undefined;

  constructor(manifest: Manifest, layout: BundleLayout, journal: Promise<HashJournal>, clock: Clock) {
    this.#manifest = manifest;
    this.#layout = layout;
    this.#journal = journal;
    this.#clock = clock;
  }

  /**
   * Undefined while the files are not at hand, or not all of them.
   * @throws ContentError `source-changed`
   */
  async read(chunk: number): Promise<{ bytes: Uint8Array; hash: Uint8Array } | undefined> {
    // What is only partly here was not asked for where it is not, but by somebody who does not listen.
    if (!this.content || this.content.availability?.have.has(chunk) === false) return undefined;
    const bytes = await this.content.source.read(chunk);
    const [hash, journal] = await Promise.all([hashChunk(bytes), this.#journal]);
    const known = journal.hashOf(chunk);
    // Files may look the same and not be: what was sent and is sent again must be of one content.
    const isOther = known && !hashesEqual(known, hash);
    if (isOther || !(await this.#isOfContentId(chunk, hash))) {
      throw ContentError.sourceChanged(this.#layout.entryOf(chunk));
    }
    if (!known) this.#note(journal, chunk, hash);
    return { bytes, hash };
  }

  /** Hashes of all chunks of an entry, for one that has a content id. */
  async hashesOf(entry: number): Promise<Uint8Array | undefined> {
    return this.#manifest.entries[entry]!.contentId ? this.content?.hashesOf?.(entry) : undefined;
  }

  /** Reads what was sent before this program was started and not remembered; false when the files are not at hand. */
  async knowsHashesOf({ first, count }: Run): Promise<boolean> {
    const journal = await this.#journal;
    for (let entry = first; entry < first + count; entry++) {
      if (this.#manifest.entries[entry]!.contentId) continue;
      for (const chunk of indexesOf([this.#layout.chunksOf(entry)])) {
        if (!journal.hashOf(chunk) && !(await this.read(chunk))) return false;
      }
    }
    return true;
  }

  /** Over the content ids of these entries; undefined while one is unknown. */
  async rootOf({ first, count }: Run): Promise<Uint8Array | undefined> {
    const journal = await this.#journal;
    const ids: Uint8Array[] = [];
    for (let entry = first; entry < first + count; entry++) {
      const known = this.#manifest.entries[entry]!.contentId;
      const id = known ?? contentId(this.#layout, entry, (chunk) => journal.hashOf(chunk));
      if (!id) return undefined;
      ids.push(id);
    }
    return merkleRoot(ids);
  }

  /** The first entry of which a sample reads otherwise in another source than what was sent; undefined when none does. */
  async firstDifference(other: ChunkSource): Promise<number | undefined> {
    const journal = await this.#journal;
    for (const chunk of samplesOf(this.#layout.chunkCount, (candidate) => journal.hashOf(candidate) !== undefined)) {
      const hash = await hashChunk(await other.read(chunk));
      if (!hashesEqual(hash, journal.hashOf(chunk)!)) return this.#layout.entryOf(chunk);
    }
    return undefined;
  }

  async close(): Promise<void> {
    this.#cancelFlush?.();
    // What could not be flushed is read again, should it be needed.
    await this.#journal.then((journal) => journal.close()).catch(() => {});
  }

  #note(journal: HashJournal, chunk: number, hash: Uint8Array): void {
    journal.note(chunk, hash);
    this.#cancelFlush ??= this.#clock.after(FLUSH_AFTER_MS, () => {
      this.#cancelFlush = undefined;
      // What is lost is read again: no reason to stop sending.
      journal.flush().catch(() => {});
    });
  }

  /** A file may have another content and look as it did: whoever it is for would blame this side for it. */
  async #isOfContentId(chunk: number, hash: Uint8Array): Promise<boolean> {
    const entry = this.#layout.entryOf(chunk);
    const id = this.#manifest.entries[entry]!.contentId;
    if (!id) return true;
    const { first, count } = this.#layout.chunksOf(entry);
    if (count === 1) return hashesEqual(merkleRoot([hash]), id);
    const known = await this.hashesOf(entry);
    const at = (chunk - first) * HASH_BYTES;
    return !known || hashesEqual(hash, known.subarray(at, at + HASH_BYTES));
  }
}

/** Spread evenly over those that qualify, the first and the last among them. */
function samplesOf(chunkCount: number, qualifies: (chunk: number) => boolean): number[] {
  const known: number[] = [];
  for (let chunk = 0; chunk < chunkCount; chunk++) if (qualifies(chunk)) known.push(chunk);
  const step = Math.max(1, (known.length - 1) / (SAMPLES - 1));
  const samples = new Set<number>();
  for (let at = 0; at < known.length; at += step) samples.add(known[Math.round(at)]!);
  return [...samples];
}
