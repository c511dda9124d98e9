// A bundle whose bytes are in memory, so that reading one takes no time of its own and a test stays
// repeatable. Knows no files.
import { BundleLayout } from '../content/layout.ts';
import { chooseEntries } from '../content/manifest.ts';
import { runsOf } from '../content/run.ts';
import type { Bundle, ChunkSource } from '../content/source.ts';
import { seededRandom } from './random.ts';
import { sizedManifest } from './sized-manifest.ts';

export interface MemoryBundle extends Bundle {
  /** Each entry's bytes. */
  readonly contents: readonly Uint8Array[];
}

/** Entries of these sizes with bytes drawn from the seed. */
export function memoryBundle(sizes: readonly number[], seed: number): MemoryBundle {
  const random = seededRandom(seed);
  const contents = sizes.map((size) => random.bytes(size));
  const manifest = sizedManifest(sizes);
  return {
    manifest,
    contents,
    choose(chosen): ChunkSource {
      const layout = new BundleLayout(chooseEntries(manifest, runsOf(chosen)));
      return {
        async read(chunk) {
          const { entry, entryOffset, length } = layout.place(chunk);
          return contents[chosen[entry]!]!.slice(entryOffset, entryOffset + length);
        },
      };
    },
  };
}
