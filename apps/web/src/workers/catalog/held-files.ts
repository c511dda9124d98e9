// Files that were downloaded, or are being downloaded, as others may fetch them from here: read-only, whoever holds them.
// Knows no server and decides nothing about who may have them.
import {
  type BundledFile,
  BundleLayout,
  type ChunkSource,
  ContentError,
  isEnded,
  type Receiver,
} from '@ferry/webrtc-core';
import type { BundleEntries } from '../bundle-record.ts';

export interface KeptBundle extends Pick<BundleEntries, 'chosen'> {
  /** All bytes, files end to end. */
  content(): Promise<Blob>;
  /** The hash a kept chunk was verified with. */
  hashes(): Promise<(chunk: number) => Uint8Array | undefined>;
}

/** A file of a bundle that is kept. */
export function keptFile(bundle: KeptBundle, index: number, contentId: Uint8Array): BundledFile {
  const layout = new BundleLayout(bundle.chosen);
  const { first, count } = layout.chunksOf(index);
  let content: Promise<Blob> | undefined;
  const source: ChunkSource = {
    async read(chunk) {
      content ??= bundle.content();
      const { storageOffset, length } = layout.place(first + chunk);
      const bytes = await content.then((blob) => blob.slice(storageOffset, storageOffset + length).arrayBuffer());
      if (bytes.byteLength !== length) throw ContentError.sourceChanged(0);
      return new Uint8Array(bytes);
    },
  };
  const hashes = async () => {
    const hashOf = await bundle.hashes().catch(() => undefined);
    return hashOf && joined(Array.from({ length: count }, (_, at) => hashOf(first + at)));
  };
  return { entry: { ...bundle.chosen.entries[index]!, contentId }, source: cleared(source), hashes };
}

export interface PartialFileOptions {
  /** Whether whoever it is for may have what has come so far; asked again and again, for more may come from elsewhere. */
  mayPassOn: () => boolean;
  /** Called when something has come that they may not have. */
  outgrown: () => void;
  /** Where it is read once it has come to its end. */
  kept: () => Promise<BundledFile>;
}

/** A file of which some chunks are here, while others still come. */
export function partialFile(
  receiver: Receiver,
  index: number,
  { mayPassOn, outgrown, kept }: PartialFileOptions,
): BundledFile {
  const chosen = receiver.chosen!;
  const { first, count } = new BundleLayout(chosen).chunksOf(index);
  let whole: Promise<BundledFile> | undefined;
  return {
    entry: chosen.entries[index]!,
    source: {
      read: async (chunk, signal) => {
        if (!mayPassOn()) throw ContentError.sourceChanged(0);
        if (!isEnded(receiver.state)) return receiver.read(first + chunk);
        whole ??= kept();
        return (await whole).source.read(chunk, signal);
      },
    },
    hashes: async () => receiver.chunkHashes(index),
    partial: {
      has: (chunk) => mayPassOn() && (receiver.held?.has(first + chunk) ?? false),
      onMore: (listener) => {
        receiver.events.on('landed', (chunk) => {
          if (chunk < first || chunk >= first + count) return;
          if (mayPassOn()) listener({ first: chunk - first, count: 1 });
          else outgrown();
        });
      },
    },
  };
}

/** What was cleared, or moved by its user, is not here any more. */
function cleared(source: ChunkSource): ChunkSource {
  return {
    read: (chunk, signal) =>
      source.read(chunk, signal).catch((error: unknown) => {
        throw error instanceof ContentError ? error : ContentError.sourceChanged(0, error);
      }),
  };
}

function joined(hashes: readonly (Uint8Array | undefined)[]): Uint8Array | undefined {
  const bytes = new Uint8Array(hashes.length * 32);
  for (const [index, hash] of hashes.entries()) {
    if (!hash) return undefined;
    bytes.set(hash, index * 32);
  }
  return bytes;
}
