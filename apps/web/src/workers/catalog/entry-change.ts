// What becomes of a remembered file when it is found, gone or hashed, what the server must be told of that, and what it
// adds to its share's sums. Pure: an unchanged entry is the same object.
import type { ContentId } from '@ferry/shared';
import type { ShareTally } from './catalog-database.ts';

/** A file as its disk tells. */
export interface FoundFile {
  /** Within the share. */
  path: string;
  sizeBytes: number;
  modifiedMs: number;
  mediaType: string;
}

/** A file of a share as it is remembered. */
export interface Entry extends FoundFile {
  shareId: string;
  /** Null while it is unverified. */
  contentId: ContentId | null;
  /** Hashing it failed: that is tried again with the next walk. */
  isUnreadable: boolean;
}

export type FileState = Pick<FoundFile, 'sizeBytes' | 'modifiedMs'>;

/** The entry after a step; undefined: there is none. */
export type EntryStep = (entry: Entry | undefined) => Entry | undefined;

export function isSameState(a: FileState, b: FileState): boolean {
  return a.sizeBytes === b.sizeBytes && a.modifiedMs === b.modifiedMs;
}

/** New, changed, or as it was. What changed has lost its content id. */
export function found(shareId: string, { path, sizeBytes, modifiedMs, mediaType }: FoundFile): EntryStep {
  return (entry) => {
    if (entry && !entry.isUnreadable && isSameState(entry, { sizeBytes, modifiedMs })) return entry;
    return { shareId, path, sizeBytes, modifiedMs, mediaType, contentId: null, isUnreadable: false };
  };
}

export const gone: EntryStep = () => undefined;

/** Its content id is known, or null when it cannot be read; unless it is another file by now. */
export function hashed(state: FileState, contentId: ContentId | null): EntryStep {
  return (entry) => {
    if (!entry || !isSameState(entry, state) || (contentId !== null && entry.contentId === contentId)) return entry;
    return { ...entry, contentId, isUnreadable: contentId === null };
  };
}

/** What the server must be told, if it is anything. */
export function toldOf(before: Entry | undefined, after: Entry | undefined): 'put' | 'remove' | undefined {
  if (!after) return before && 'remove';
  const isSame = before && isSameState(before, after) && before.contentId === after.contentId;
  return isSame ? undefined : 'put';
}

/** The sums of files once `after` has taken the place of `before`. */
export function tallied(tally: ShareTally, before: Entry | undefined, after: Entry | undefined): ShareTally {
  return {
    ...tally,
    fileCount: tally.fileCount + (after ? 1 : 0) - (before ? 1 : 0),
    totalBytes: tally.totalBytes + (after?.sizeBytes ?? 0) - (before?.sizeBytes ?? 0),
    verifiedCount: tally.verifiedCount + (after?.contentId ? 1 : 0) - (before?.contentId ? 1 : 0),
  };
}

export function emptyTally(shareId: string): ShareTally {
  return { shareId, fileCount: 0, totalBytes: 0, verifiedCount: 0, untoldCount: 0, nextPage: 0 };
}
