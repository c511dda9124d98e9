// Which shares the chunks of a download came from, as far as it must be known to pass them on (docs/catalog.md, "Passing
// on"). Errs to one side only: of a download of several files, a share that gave chunks of one of them counts for all that
// its leave was for. Pure.
import { type ContentId, type Grant, LIMITS, type OwnedShare } from '@ferry/shared';
import type { CameFrom } from './download-record.ts';

/** What a device gives that is asked with this. */
export function leaveOf({ want, shares }: Pick<Grant, 'want' | 'shares'>): CameFrom[] {
  const groups = want.type === 'place' ? [{ shareIds: [want.shareId], contentIds: null }] : want.of;
  return groups.flatMap(({ shareIds, contentIds }) =>
    shares.filter(({ shareId }) => shareIds.includes(shareId)).map((share) => ({ ...share, contentIds })),
  );
}

/** The same list where there is nothing new in it. */
export function withMore(known: readonly CameFrom[], more: readonly CameFrom[]): readonly CameFrom[] {
  return more.reduce((list, one) => (list.some((other) => covers(other, one)) ? list : added(list, one)), known);
}

/**
 * All the shares that a file of this content came from; undefined where that is not known, or where it is more than can
 * be told: then it is for nobody.
 */
export function sharesOf(contentId: ContentId, cameFrom: readonly CameFrom[] | undefined): OwnedShare[] | undefined {
  const gave = cameFrom?.filter(({ contentIds }) => contentIds === null || contentIds.includes(contentId)) ?? [];
  if (gave.length === 0 || gave.length > LIMITS.catalogHoldingShares) return undefined;
  return gave.map(({ shareId, userId }) => ({ shareId, userId }));
}

/** Whether a file of this content may be passed on to somebody who has leave by these shares. */
export function mayPassOn(
  contentId: ContentId,
  cameFrom: readonly CameFrom[] | undefined,
  shareIds: readonly string[],
): boolean {
  return sharesOf(contentId, cameFrom)?.every(({ shareId }) => shareIds.includes(shareId)) ?? false;
}

function added(list: readonly CameFrom[], one: CameFrom): readonly CameFrom[] {
  const same = list.find((other) => isSameShare(other, one));
  if (!same) return [...list, one];
  const contentIds = same.contentIds && one.contentIds ? [...new Set([...same.contentIds, ...one.contentIds])] : null;
  return list.map((other) => (other === same ? { ...same, contentIds } : other));
}

function covers(known: CameFrom, one: CameFrom): boolean {
  if (!isSameShare(known, one)) return false;
  if (known.contentIds === null) return true;
  return one.contentIds?.every((contentId) => known.contentIds!.includes(contentId)) ?? false;
}

function isSameShare(one: OwnedShare, other: OwnedShare): boolean {
  return one.shareId === other.shareId && one.userId === other.userId;
}
