// A manifest for tests that care about sizes alone; names are the entries' numbers.
import { BundleLayout } from '../content/layout.ts';
import type { Manifest } from '../content/manifest.ts';

export function sizedManifest(sizes: readonly number[]): Manifest {
  return {
    entries: sizes.map((sizeBytes, entry) => ({ path: [`${entry}`], sizeBytes, modifiedMs: 0, mediaType: '' })),
  };
}

export function sizedLayout(sizes: readonly number[]): BundleLayout {
  return new BundleLayout(sizedManifest(sizes));
}
