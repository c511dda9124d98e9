// Whether something that is asked for is served, and what of: checks leave, place and audience, and puts together what is
// shared here and what was downloaded. Serves nothing itself.
import type { CapabilityClaims, Want } from '@ferry/shared';
import type { CapabilityChecker } from '@ferry/store-holder';
import { type Bundle, entryBundle, type RefusalReason, totalBytes } from '@ferry/webrtc-core';
import { isLeaveFor, parseReference } from './ask-reference.ts';
import { type OfferedContentsOptions, offeredContents } from './offered-contents.ts';
import { isFor, type SharedFiles } from './shared-files.ts';

/** Something that may be served. */
export interface Offer {
  userId: string;
  want: Want;
  bundle: Bundle;
  title: string;
  itemCount: number;
  sizeBytes: number;
  /** Of what is passed on: until when its leave is good, in milliseconds since the epoch. */
  untilMs?: number;
}

export interface OfferOptions extends OfferedContentsOptions {
  /** Whose engine this is. */
  ownUserId: string;
  checker: Pick<CapabilityChecker, 'check'>;
  shared: OfferedContentsOptions['shared'] & Pick<SharedFiles, 'at'>;
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
  const { isHeld, ...about } = found;
  const offer = { ...about, userId: claims.sub, want, sizeBytes: totalBytes(found.bundle.manifest) };
  return isHeld ? { ...offer, untilMs: claims.exp * 1000 } : offer;
}

/** Whether all of it may still be served: shares may have been ended, narrowed, or be for others since. */
export async function isStillOffered({ userId, want, bundle }: Offer, options: OfferOptions): Promise<boolean> {
  const found = await findFor(want, { sub: userId }, options);
  return typeof found !== 'string' && found.bundle.manifest.entries.length >= bundle.manifest.entries.length;
}

type Found = Pick<Offer, 'bundle' | 'title' | 'itemCount'> & { isHeld?: boolean };
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
  { of }: Extract<Want, { type: 'contents' }>,
  { sub }: Asking,
  options: OfferOptions,
): Promise<Found | RefusalReason> {
  const found = await offeredContents(of, sub, options);
  if (typeof found === 'string') return found;
  const { files, isHeld } = found;
  return { bundle: entryBundle(files), title: files[0]!.entry.path.at(-1)!, itemCount: files.length, isHeld };
}
