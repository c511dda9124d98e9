// Somebody who fetches from here, with whatever they fetch: queues are of people, not of downloads. Decides nothing.

/** Done before it would be worth a place. */
const SMALL_BYTES = 512 * 1024;

export interface QueuedDownload {
  transferId: string;
  userId: string;
  sizeBytes: number;
}

interface Download extends QueuedDownload {
  /** Whoever asked for it can be reached, and has not stopped it. */
  isActive: boolean;
}

export interface Person {
  userId: string;
  downloads: Map<string, Download>;
  /** When the present turn began; undefined in the line. */
  servedSinceMs: number | undefined;
  /** Since when nothing of it could move; undefined while something can. */
  awaySinceMs: number | undefined;
}

export function isPresent({ awaySinceMs }: Person): boolean {
  return awaySinceMs === undefined;
}

export function isSmall({ sizeBytes }: Pick<QueuedDownload, 'sizeBytes'>): boolean {
  return sizeBytes < SMALL_BYTES;
}

/** Something that needs a turn could move, were it this person's. */
export function canMove({ downloads }: Person): boolean {
  return [...downloads.values()].some((download) => download.isActive && !isSmall(download));
}
