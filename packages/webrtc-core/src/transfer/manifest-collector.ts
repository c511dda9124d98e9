// Collects the pages of an announced manifest and checks them against what was announced. Pure but for
// its memory, which the announced and limited numbers bound.

import { chunkCount } from '../content/chunk.ts';
import type { BundleSummary, Manifest, ManifestEntry } from '../content/manifest.ts';
import { ContentError, ProtocolError } from '../errors.ts';
import type { ManifestMessage } from '../wire/bundle-message.ts';
import { WIRE_LIMITS } from '../wire/limits.ts';

export class ManifestCollector {
  readonly #summary: BundleSummary;
  readonly #entries: ManifestEntry[] = [];
  #bytes = 0;
  #chunks = 0;
  #characters = 0;

  constructor(summary: BundleSummary) {
    this.#summary = summary;
  }

  /** The first entry not yet known: what to ask for next. */
  get nextEntry(): number {
    return this.#entries.length;
  }

  /**
   * Takes a page.
   * @returns the manifest once it is whole
   * @throws ProtocolError for a page nobody asked for, ContentError `manifest-invalid` when it contradicts the announcement
   */
  add(page: ManifestMessage): Manifest | undefined {
    if (page.firstEntry !== this.nextEntry) throw ProtocolError.unexpected('a manifest page out of order');
    if (page.entries.length === 0 && !this.#isWhole) throw ContentError.manifestInvalid('an empty page');
    for (const entry of page.entries) {
      this.#entries.push(entry);
      this.#bytes += entry.sizeBytes;
      this.#chunks += chunkCount(entry.sizeBytes);
      this.#characters += entry.path.reduce((sum, segment) => sum + segment.length, entry.mediaType.length);
    }
    const { entryCount, totalBytes } = this.#summary;
    if (this.#entries.length > entryCount) throw ContentError.manifestInvalid('more entries than announced');
    if (this.#bytes > totalBytes) throw ContentError.manifestInvalid('more bytes than announced');
    if (this.#chunks > WIRE_LIMITS.maxChunks) throw ContentError.manifestInvalid('too many chunks');
    if (this.#characters > WIRE_LIMITS.maxManifestCharacters) throw ContentError.manifestInvalid('names too long');
    if (!this.#isWhole) return undefined;
    if (this.#bytes !== totalBytes) throw ContentError.manifestInvalid('fewer bytes than announced');
    return { entries: this.#entries };
  }

  get #isWhole(): boolean {
    return this.#entries.length >= this.#summary.entryCount;
  }
}
