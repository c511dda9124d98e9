// A bundle put together from files that come from different places: shared ones, received ones, ones that are still being
// received. Knows none of those places.
import { ContentError } from '../errors.ts';
import { Emitter } from '../util/emitter.ts';
import { Bitfield } from './bitfield.ts';
import { BundleLayout } from './layout.ts';
import type { Manifest, ManifestEntry } from './manifest.ts';
import type { Run } from './run.ts';
import type { Availability, Bundle, ChunkSource } from './source.ts';

/** One file of it; chunks are numbered within the file. */
export interface BundledFile {
  entry: ManifestEntry;
  source: ChunkSource;
  /** Of all chunks, end to end, where they are known. */
  hashes(): Promise<Uint8Array | undefined>;
  /** For one that is not all here. */
  partial?: PartialFile;
}

export interface PartialFile {
  has(chunk: number): boolean;
  /** Calls back with chunks that have come. */
  onMore(listener: (chunks: Run) => void): void;
}

export function entryBundle(files: readonly BundledFile[]): Bundle {
  const manifest: Manifest = { entries: files.map(({ entry }) => entry) };
  const bundle: Bundle = {
    manifest,
    choose: (chosen) => sourceOf(chosen.map((index) => files[index]!)),
    chunkHashes: async (index) => files[index]?.hashes(),
  };
  if (files.every(({ partial }) => !partial)) return bundle;
  return { ...bundle, availability: (chosen) => availabilityOf(chosen.map((index) => files[index]!)) };
}

/** The files of a bundle, each for itself. */
export function filesOf(bundle: Bundle): BundledFile[] {
  return bundle.manifest.entries.map((entry, index) => ({
    entry,
    source: bundle.choose([index]),
    hashes: async () => bundle.chunkHashes?.(index),
  }));
}

function sourceOf(files: readonly BundledFile[]): ChunkSource {
  const layout = layoutOf(files);
  return {
    async read(chunk, signal) {
      const entry = layout.entryOf(chunk);
      try {
        return await files[entry]!.source.read(chunk - layout.chunksOf(entry).first, signal);
      } catch (error) {
        // Which file it was counts among all of them.
        const isChanged = error instanceof ContentError && error.code === 'source-changed';
        throw isChanged ? ContentError.sourceChanged(entry, error) : error;
      }
    },
  };
}

function availabilityOf(files: readonly BundledFile[]): Availability {
  const layout = layoutOf(files);
  const have = new Bitfield(layout.chunkCount);
  const events = new Emitter<{ more: Run[] }>();
  for (const [entry, { partial }] of files.entries()) {
    const { first, count } = layout.chunksOf(entry);
    for (let index = 0; index < count; index++) if (partial?.has(index) ?? true) have.set(first + index);
    partial?.onMore((chunks) => {
      for (let index = chunks.first; index < chunks.first + chunks.count; index++) have.set(first + index);
      events.emit('more', [{ first: first + chunks.first, count: chunks.count }]);
    });
  }
  return { have, events };
}

function layoutOf(files: readonly BundledFile[]): BundleLayout {
  return new BundleLayout({ entries: files.map(({ entry }) => entry) });
}
