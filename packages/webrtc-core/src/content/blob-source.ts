// Files and Blobs as a bundle to send: reads slices on demand, never a whole file.
import { ContentError } from '../errors.ts';
import { BundleLayout } from './layout.ts';
import type { Manifest, ManifestEntry } from './manifest.ts';
import type { Bundle, ChunkSource } from './source.ts';

/** RFC 6838, section 4.2: 127 characters on each side of the slash. */
const MEDIA_TYPE_CHARACTERS = 255;

/** A file to send and the path it shall have at the receiver. */
export interface BlobEntry {
  path: readonly string[];
  blob: Blob;
  /** Milliseconds since the epoch; a File's own `lastModified` when absent. */
  modifiedMs?: number;
}

/**
 * A bundle made of Blobs. A File that is edited, deleted or renamed after it was picked makes reads fail
 * with `source-changed`: the browser notices, because a File is a snapshot (W3C File API, section 4).
 *
 * @example blobBundle([{ path: ['photos', 'a.jpg'], blob: file }])
 */
export function blobBundle(entries: readonly BlobEntry[]): Bundle {
  const manifest: Manifest = { entries: entries.map(manifestEntry) };
  return {
    manifest,
    choose: (chosen) => new BlobSource(chosen.map((index) => entries[index]!)),
  };
}

class BlobSource implements ChunkSource {
  readonly #entries: readonly BlobEntry[];
  readonly #layout: BundleLayout;

  constructor(entries: readonly BlobEntry[]) {
    this.#entries = entries;
    this.#layout = new BundleLayout({ entries: entries.map(manifestEntry) });
  }

  async read(chunk: number, signal?: AbortSignal): Promise<Uint8Array> {
    const place = this.#layout.place(chunk);
    const slice = this.#entries[place.entry]!.blob.slice(place.entryOffset, place.entryOffset + place.length);
    const buffer = await slice.arrayBuffer().catch((cause: unknown) => {
      throw ContentError.sourceChanged(place.entry, cause);
    });
    signal?.throwIfAborted();
    if (buffer.byteLength !== place.length) throw ContentError.sourceChanged(place.entry);
    return new Uint8Array(buffer);
  }
}

function manifestEntry({ path, blob, modifiedMs }: BlobEntry): ManifestEntry {
  return {
    path,
    sizeBytes: blob.size,
    modifiedMs: modifiedMs ?? (blob instanceof File ? blob.lastModified : 0),
    mediaType: blob.type.length <= MEDIA_TYPE_CHARACTERS ? blob.type : '',
  };
}
