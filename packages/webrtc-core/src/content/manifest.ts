// What a bundle contains: its files, in an order both sides share. Knows nothing of chunks or of storage.
import { ContentError } from '../errors.ts';
import type { Run } from './run.ts';
import { indexesOf } from './run.ts';

/** One file of a bundle. */
export interface ManifestEntry {
  /** At least one segment; the last one is the file's name. */
  path: readonly string[];
  sizeBytes: number;
  /** Milliseconds since the epoch, as the sender's disk tells. */
  modifiedMs: number;
  /** Media type, empty when unknown. */
  mediaType: string;
  /** Root over the hashes of its chunks, 32 bytes, when it is known beforehand; every chunk is held to it then. */
  contentId?: Uint8Array | undefined;
}

export interface Manifest {
  readonly entries: readonly ManifestEntry[];
}

/** What is known of a bundle before its entries are. */
export interface BundleSummary {
  /** The name of the file or folder, or of the first of several items. */
  title: string;
  /** Top-level items, as the sender picked them. */
  itemCount: number;
  entryCount: number;
  totalBytes: number;
}

export function totalBytes(manifest: Manifest): number {
  return manifest.entries.reduce((sum, entry) => sum + entry.sizeBytes, 0);
}

/** The bundle that holds only the chosen entries; indexes in it count from zero again. */
export function chooseEntries(manifest: Manifest, chosen: readonly Run[]): Manifest {
  const entries: ManifestEntry[] = [];
  for (const index of indexesOf(chosen)) {
    const entry = manifest.entries[index];
    if (!entry) throw ContentError.manifestInvalid(`there is no entry ${index}`);
    entries.push(entry);
  }
  return { entries };
}
