// How long an uploader has the file that it uploads, and makes columns of it without pulling any. Counted from when enough
// people keep it, as the uploader counts: an upload that takes a week, or waits a month for the first who could keep
// anything, goes on all the same. Knows not whether the uploader is there.
import type { VersionRow } from '../db/queries/store-versions.ts';

export const UPLOADER_KEEPS_MS = 72 * 3_600_000;

export function uploaderHasFile({ acceptedAt }: Pick<VersionRow, 'acceptedAt'>, nowMs: number): boolean {
  return acceptedAt === null || nowMs - acceptedAt < UPLOADER_KEEPS_MS;
}
