// A column as a file of a bundle: without a name, a type or a time, which nobody who keeps it shall know. Pure.
import type { Column } from '@ferry/shared';
import { BundleLayout, type BundleSummary, type Manifest, type ManifestEntry } from '@ferry/webrtc-core';
import { base64url } from 'jose';
import { columnKey } from './column-key.ts';

export interface DescribedColumn {
  readonly column: Column;
  readonly sizeBytes: number;
  readonly contentId: string | null;
}

export function columnEntry({ column, sizeBytes, contentId }: DescribedColumn): ManifestEntry {
  const entry = { path: [columnKey(column)], sizeBytes, modifiedMs: 0, mediaType: '' };
  return contentId === null ? entry : { ...entry, contentId: base64url.decode(contentId) };
}

export function columnManifest(column: DescribedColumn): Manifest {
  return { entries: [columnEntry(column)] };
}

export function columnLayout(column: DescribedColumn): BundleLayout {
  return new BundleLayout(columnManifest(column));
}

export function columnSummary({ column, sizeBytes }: DescribedColumn): BundleSummary {
  return { title: columnKey(column), itemCount: 1, entryCount: 1, totalBytes: sizeBytes };
}
