// Whether something that is asked for is served, and what of: checks leave, place and audience, and puts together what is
// shared here and what was downloaded. Serves nothing itself.
import type { CapabilityClaims, Want } from '@ferry/shared';
import { type Bundle, type RefusalReason, totalBytes } from '@ferry/webrtc-core';
import { isLeaveFor, parseReference } from './ask-reference.ts';
import type { CapabilityChecker } from './capability.ts';
import { contentIdText } from './content-id-text.ts';
import { type BundledFile, entryBundle, filesOf } from './entry-bundle.ts';
import type { Holdings } from './holdings.ts';
import { isFor, type SharedFiles } from './shared-files.ts';

/** Something that may be served. */
export interface Offer {
  userId: string;
  want: Want;
  bundle: Bundle;
  title: string;
  itemCount: number;
  sizeBytes: number;
}

export interface OfferOptions {
  /** Whose engine this is. */
  ownUserId: string;
  checker: Pick<CapabilityChecker, 'check'>;
  shared: Pick<SharedFiles, 'at' | 'withContents' | 'find'>;
  holdings: Pick<Holdings, 'find'>;
}

/** @param peerId the device that asks, as its link vouches for */
export async function offerFor(
  reference: string,
  peerId: string,
  options: OfferOptions,
): Promise<Offer | RefusalReason> {
  const asked = parseReference(reference);
  if (!asked) return 'not-found';
  const claims = await options.checker.check(asked.capability, peerId);
  if (typeof claims === 'string') return claims;
  const { want } = asked;
  if (!isLeaveFor(claims, want)) return 'not-found';
  const found = await findFor(want, claims, options);
  if (typeof found === 'string') return found;
  return { ...found, userId: claims.sub, want, sizeBytes: totalBytes(found.bundle.manifest) };
}

/** Whether all of it may still be served: shares may have been ended, narrowed, or be for others since. */
export async function isStillOffered({ userId, want, bundle }: Offer, options: OfferOptions): Promise<boolean> {
  const found = await findFor(want, { sub: userId }, options);
  return typeof found !== 'string' && found.bundle.manifest.entries.length >= bundle.manifest.entries.length;
}

type Found = Pick<Offer, 'bundle' | 'title' | 'itemCount'>;
type Asking = Pick<CapabilityClaims, 'sub'>;

function findFor(want: Want, asking: Asking, options: OfferOptions): Promise<Found | RefusalReason> {
  return want.type === 'place' ? atPlace(want, asking, options) : withContents(want, asking, options);
}

async function atPlace(
  { shareId, path }: Extract<Want, { type: 'place' }>,
  { sub }: Asking,
  { shared, ownUserId }: OfferOptions,
): Promise<Found | RefusalReason> {
  const place = await shared.at(shareId, path);
  if (typeof place === 'string') return place;
  // The server has said so already: one that is wrong, or lies, is not obeyed.
  if (sub !== ownUserId && !isFor(place.audience, sub)) return 'not-found';
  const { bundle, title, itemCount } = place;
  return { bundle, title, itemCount };
}

async function withContents(
  { contentIds }: Extract<Want, { type: 'contents' }>,
  { sub }: Asking,
  { shared, holdings }: OfferOptions,
): Promise<Found | RefusalReason> {
  const files = await sharedFiles(contentIds, sub, shared);
  let isUnreadable = false;
  const found: BundledFile[] = [];
  for (const contentId of new Set(contentIds)) {
    const file = files.get(contentId) ?? (await holdings.find(contentId));
    if (file) found.push(file);
    else isUnreadable ||= (await shared.find(contentId)) !== undefined;
  }
  const title = found[0]?.entry.path.at(-1);
  if (title === undefined) return isUnreadable ? 'unreadable' : 'not-found';
  return { bundle: entryBundle(found), title, itemCount: found.length };
}

async function sharedFiles(
  contentIds: readonly string[],
  userId: string,
  shared: OfferOptions['shared'],
): Promise<Map<string, BundledFile>> {
  const bundle = await shared.withContents(contentIds, userId);
  const files = bundle ? filesOf(bundle) : [];
  return new Map(files.map((file) => [contentIdText(file.entry.contentId!), file]));
}
