// Entries as rows that already know their share and owner, and how they become what people are shown. Used by whatever
// reads entries; knows not how they were found.
import type { CatalogEntry, CatalogKind, CatalogSource } from '@ferry/shared';

export interface ShownRow {
  kind: CatalogKind;
  userId: string;
  deviceId: string;
  shareId: string;
  path: string;
  name: string;
  /** Null for picked files. */
  shareTitle: string | null;
  sizeBytes: number;
  modifiedMs: number;
  fileCount: number;
  contentId: Buffer | null;
}

/** Makes a {@link ShownRow} of `entries`, `shares` and `owners` under these names. */
export const SHOWN_COLUMNS = `entries.kind, owners.user_id AS userId, shares.device_id AS deviceId,
  shares.share_id AS shareId, entries.path, entries.name,
  CASE shares.is_folder WHEN 1 THEN shares.title END AS shareTitle, entries.size_bytes AS sizeBytes,
  entries.modified_ms AS modifiedMs, entries.file_count AS fileCount, entries.content_id AS contentId`;

/** How many sources each of many entries is shown with. */
const FEW_SOURCES = 4;

export interface Surroundings {
  /** Devices that can serve now. */
  online: ReadonlySet<string>;
  /** Whether one of them is a holder that shares nothing equal. */
  isPassedOn: boolean;
  mostSources?: number;
}

/**
 * @param copies all that sources.ts found of its content, itself included or not
 */
export function toEntry(
  row: ShownRow,
  copies: readonly CatalogSource[],
  { online, isPassedOn, mostSources = FEW_SOURCES }: Surroundings,
): CatalogEntry {
  const { userId, deviceId, shareId, path, contentId, ...shown } = row;
  const self: CatalogSource = { userId, deviceId, shareId, path };
  const all = [self, ...copies.filter((copy) => copy.deviceId !== deviceId)];
  const isOnline = (source: CatalogSource) => online.has(source.deviceId);
  const sources = [...all.filter(isOnline), ...all.filter((source) => !isOnline(source))].slice(0, mostSources);
  if (!sources.includes(self)) sources.splice(-1, 1, self);
  return {
    ...shown,
    ...self,
    contentId: contentId?.toString('base64url') ?? null,
    sources,
    sourceCount: all.length,
    isPassedOn,
  };
}
