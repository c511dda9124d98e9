// Somebody who fetches from here, a person or a device, with whatever they fetch: queues are of requesters, not of
// downloads. Decides nothing.

/** Done before it would be worth a place. */
const SMALL_BYTES = 512 * 1024;

export interface QueuedDownload {
  transferId: string;
  /** Whoever all of whose downloads share one place. */
  requesterId: string;
  sizeBytes: number;
}

interface Download extends QueuedDownload {
  /** Whoever asked for it can be reached, and has not stopped it. */
  isActive: boolean;
}

export interface Requester {
  requesterId: string;
  downloads: Map<string, Download>;
  /** When the present turn began; undefined in the line. */
  servedSinceMs: number | undefined;
  /** Since when nothing of it could move; undefined while something can. */
  awaySinceMs: number | undefined;
}

export function isPresent({ awaySinceMs }: Requester): boolean {
  return awaySinceMs === undefined;
}

export function isSmall({ sizeBytes }: Pick<QueuedDownload, 'sizeBytes'>): boolean {
  return sizeBytes < SMALL_BYTES;
}

/** Something that needs a turn could move, were it this requester's. */
export function canMove({ downloads }: Requester): boolean {
  return [...downloads.values()].some((download) => download.isActive && !isSmall(download));
}
