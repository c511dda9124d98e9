// Content ids of a bundle's entries, computed from chunk hashes wherever those are kept. Pure.
import type { BundleLayout } from './layout.ts';
import { merkleRoot } from './merkle.ts';
import type { Run } from './run.ts';

type HashOf = (chunk: number) => Uint8Array | undefined;

/** The content id of one entry, or undefined while a chunk's hash is unknown. */
export function contentId(layout: BundleLayout, entry: number, hashOf: HashOf): Uint8Array | undefined {
  const { first, count } = layout.chunksOf(entry);
  return rootOf({ first, count }, hashOf);
}

/** One root over the content ids of several entries, or undefined while one of them is unknown. */
export function bundleRoot(layout: BundleLayout, entries: Run, hashOf: HashOf): Uint8Array | undefined {
  return rootOf(entries, (entry) => contentId(layout, entry, hashOf));
}

function rootOf({ first, count }: Run, hashOf: HashOf): Uint8Array | undefined {
  const hashes: Uint8Array[] = [];
  for (let index = first; index < first + count; index++) {
    const hash = hashOf(index);
    if (!hash) return undefined;
    hashes.push(hash);
  }
  return merkleRoot(hashes);
}
