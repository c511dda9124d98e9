// The columns of a version as files of one bundle, and which chunk of it is which shard. Knows no holders and no bytes.
import { BundleLayout } from '../content/layout.ts';
import type { Manifest, ManifestEntry } from '../content/manifest.ts';
import type { Run } from '../content/run.ts';
import { ErasureError } from './erasure-error.ts';
import { STRIPES_PER_GROUP, type StripeGeometry } from './stripe-geometry.ts';

/** What one holder keeps of a group. */
export interface Column {
  readonly group: number;
  readonly index: number;
  readonly contentId?: Uint8Array | undefined;
}

/** A shard's place: which one of which stripe it is. */
export interface ShardPlace {
  readonly stripe: number;
  readonly index: number;
}

export interface ColumnBundleOptions {
  readonly versionId: string;
  readonly geometry: StripeGeometry;
  /** Those that somebody may have, in any order; all of all groups when absent. */
  readonly columns?: readonly Column[];
}

/** Entries are in the order of groups, and within a group of indexes. Columns without a shard are left out. */
export class ColumnBundle {
  readonly geometry: StripeGeometry;
  readonly manifest: Manifest;
  readonly layout: BundleLayout;
  /** Of which there are columns, in order. */
  readonly groups: readonly number[];
  /** By entry. */
  readonly #columns: readonly Column[];
  /** Entries of each group. */
  readonly #entries = new Map<number, Run>();

  /** @throws ErasureError `index-invalid` for a column that there is not, or that is there twice */
  constructor({ versionId, geometry, columns = allColumns(geometry) }: ColumnBundleOptions) {
    this.geometry = geometry;
    this.#columns = columns
      .filter(({ group, index }) => geometry.columnBytes(group, index) > 0)
      .sort((a, b) => a.group - b.group || a.index - b.index);
    for (const [entry, { group, index }] of this.#columns.entries()) {
      const before = this.#columns[entry - 1];
      if (before?.group === group && before.index === index) {
        throw ErasureError.indexInvalid(`column ${index} of group ${group}, twice`);
      }
      const { first, count } = this.#entries.get(group) ?? { first: entry, count: 0 };
      this.#entries.set(group, { first, count: count + 1 });
    }
    this.groups = [...this.#entries.keys()];
    this.manifest = { entries: this.#columns.map((column) => columnEntry(versionId, geometry, column)) };
    this.layout = new BundleLayout(this.manifest);
  }

  /** Of an entry of the manifest. */
  columnOf(entry: number): Column {
    const column = this.#columns[entry];
    if (!column) throw ErasureError.indexInvalid(`entry ${entry} of ${this.#columns.length}`);
    return column;
  }

  /** The shard that a chunk of the bundle is. */
  placeOf(chunk: number): ShardPlace {
    const entry = this.layout.entryOf(chunk);
    const { group, index } = this.columnOf(entry);
    return { stripe: group * STRIPES_PER_GROUP + chunk - this.layout.chunksOf(entry).first, index };
  }

  /** Chunks of the bundle that are shards of a stripe, by their index; in the order of indexes. */
  shardsOf(stripe: number): Map<number, number> {
    const shards = new Map<number, number>();
    const { first, count } = this.#entries.get(this.geometry.groupOf(stripe)) ?? { first: 0, count: 0 };
    const at = stripe % STRIPES_PER_GROUP;
    for (let entry = first; entry < first + count; entry++) {
      const chunks = this.layout.chunksOf(entry);
      // A column without a shard of the last stripe is shorter.
      if (at < chunks.count) shards.set(this.columnOf(entry).index, chunks.first + at);
    }
    return shards;
  }
}

function* indexes(count: number): Generator<number> {
  for (let index = 0; index < count; index++) yield index;
}

function allColumns({ groupCount, n }: StripeGeometry): Column[] {
  return [...indexes(groupCount)].flatMap((group) => [...indexes(n)].map((index) => ({ group, index })));
}

function columnEntry(versionId: string, geometry: StripeGeometry, { group, index, contentId }: Column): ManifestEntry {
  return {
    path: [`${versionId}-${group}-${index}`],
    sizeBytes: geometry.columnBytes(group, index),
    modifiedMs: 0,
    mediaType: '',
    contentId,
  };
}
