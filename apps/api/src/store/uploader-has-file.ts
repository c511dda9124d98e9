// How long an uploader has the file that it uploads, and makes columns of it without pulling any. Counted from when enough
// people keep it, as the uploader counts: an upload that takes a week, or waits a month for the first who could keep
// anything, goes on all the same. Knows not whether the uploader is there.

export const UPLOADER_KEEPS_MS = 72 * 3_600_000;

/** @param version when it was accepted, null before that */
export function uploaderHasFile({ acceptedAt }: { readonly acceptedAt: number | null }, nowMs: number): boolean {
  return acceptedAt === null || nowMs - acceptedAt < UPLOADER_KEEPS_MS;
}
