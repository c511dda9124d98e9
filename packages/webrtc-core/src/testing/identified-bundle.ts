// A bundle in memory whose entries' content ids are known beforehand, whole or in part, and the services of whoever
// serves such bundles by name. Knows the exchange, no browser.
import { Bitfield } from '../content/bitfield.ts';
import { hashNode } from '../content/hash.ts';
import { BundleLayout } from '../content/layout.ts';
import type { Manifest } from '../content/manifest.ts';
import { merkleRoot } from '../content/merkle.ts';
import { type Run, runsOf } from '../content/run.ts';
import type { Availability } from '../content/source.ts';
import { Emitter } from '../util/emitter.ts';
import type { MemoryBundle } from './memory-bundle.ts';

/** The same bundle with content ids, and the hashes they are made of: hashed at once, whatever a simulation's clock says. */
export async function identified(bundle: MemoryBundle, names?: readonly string[]): Promise<MemoryBundle> {
  const layout = new BundleLayout(bundle.manifest);
  const all = bundle.choose([...bundle.manifest.entries.keys()]);
  const hashes: Uint8Array[][] = [];
  const entries: Manifest['entries'][number][] = [];
  for (const [index, entry] of bundle.manifest.entries.entries()) {
    const { first, count } = layout.chunksOf(index);
    const ofEntry: Uint8Array[] = [];
    for (let chunk = first; chunk < first + count; chunk++) ofEntry.push(hashNode(await all.read(chunk)));
    hashes.push(ofEntry);
    entries.push({ ...entry, path: names ? [names[index]!] : entry.path, contentId: merkleRoot(ofEntry) });
  }
  return {
    ...bundle,
    manifest: { entries },
    chunkHashes: async (entry) => joined(hashes[entry]!),
  };
}

/** Only some entries of a bundle, in another order. */
export function part(bundle: MemoryBundle, entries: readonly number[]): MemoryBundle {
  const { chunkHashes } = bundle;
  return {
    manifest: { entries: entries.map((entry) => bundle.manifest.entries[entry]!) },
    contents: entries.map((entry) => bundle.contents[entry]!),
    choose: (chosen) => {
      const { manifest } = bundle;
      // Own chunks of the chosen ones, read one by one from the whole.
      const whole = new BundleLayout(manifest);
      const own = new BundleLayout({ entries: chosen.map((at) => manifest.entries[entries[at]!]!) });
      const source = bundle.choose([...manifest.entries.keys()]);
      return {
        read: (chunk) => {
          const { entry } = own.place(chunk);
          const offset = chunk - own.chunksOf(entry).first;
          return source.read(whole.chunksOf(entries[chosen[entry]!]!).first + offset);
        },
      };
    },
    ...(chunkHashes && { chunkHashes: (entry) => chunkHashes(entries[entry]!) }),
  };
}

/** Of which some chunks are here, and more come when the test says so. */
export function partly(bundle: MemoryBundle, has: (chunk: number) => boolean) {
  const events = new Emitter<{ more: Run[] }>();
  const { chunkCount } = new BundleLayout(bundle.manifest);
  const have = new Bitfield(chunkCount);
  for (let chunk = 0; chunk < chunkCount; chunk++) if (has(chunk)) have.set(chunk);
  const availability: Availability = { have, events };
  const add = (chunk: number) => {
    have.set(chunk);
    events.emit('more', runsOf([chunk]));
  };
  return { bundle: { ...bundle, availability: () => availability }, add };
}

function joined(hashes: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(hashes.length * 32);
  for (const [at, hash] of hashes.entries()) bytes.set(hash, at * 32);
  return bytes;
}
