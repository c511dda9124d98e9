// Whether a download can still end well when its owner does not have it for this user any more. Pure.
import type { Receiver } from '@ferry/webrtc-core';

export interface HopeOptions {
  isOwner: (deviceId: string) => boolean;
  isOnline: (deviceId: string) => boolean;
}

/** Without its owner it goes on as long as somebody else may have what is missing. */
export function mayStillCome(
  { sources, chosen }: Pick<Receiver, 'sources' | 'chosen'>,
  { isOwner, isOnline }: HopeOptions,
): boolean {
  return sources.some(({ peerId, status, isOrigin }) => {
    if (isOwner(peerId) || status === 'refused' || status === 'dropped') return false;
    if (status === 'unreachable' && !isOnline(peerId)) return false;
    return chosen !== undefined || isOrigin;
  });
}
