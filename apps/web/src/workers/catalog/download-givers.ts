// Whom a download came from, remembered across reloads: sources come and go, and none knows what it gave in an earlier
// life of this program. Pure.
import type { SourceInfo } from '@ferry/webrtc-core';
import type { CatalogGiver } from './download-record.ts';

/** More than words can name. */
const MOST_GIVERS = 32;

/**
 * With those of its sources that have given something since; the same array when there are none.
 *
 * @param ownerOf whose device it is, as far as that is known
 */
export function giversWith(
  known: readonly CatalogGiver[],
  sources: readonly Pick<SourceInfo, 'peerId' | 'movedBytes'>[],
  ownerOf: (deviceId: string) => CatalogGiver | undefined,
): readonly CatalogGiver[] {
  const givers = new Map(known.map((giver) => [giver.userId, giver]));
  for (const { peerId, movedBytes } of sources) {
    const giver = movedBytes > 0 ? ownerOf(peerId) : undefined;
    if (giver && !givers.has(giver.userId) && givers.size < MOST_GIVERS) givers.set(giver.userId, giver);
  }
  return givers.size === known.length ? known : [...givers.values()];
}
