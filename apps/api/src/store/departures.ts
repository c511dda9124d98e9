// Which peers are gone for good, as far as anybody can tell, or might as well be. A disk that was wiped is no departure: the peer's inventory says
// what is missing, and it may hold something else at once.
import type { StorePeer } from './store-peer.ts';

/** Longer than a weekend, an illness or a conference; shorter than what makes people forget where a file was. */
export const DEAD_AFTER_MS = 7 * 86_400_000;

/** What a dead peer holds counts for nothing until it comes back; then it counts again. */
export function isDead(peer: StorePeer | undefined, nowMs: number, deadAfterMs = DEAD_AFTER_MS): boolean {
  if (!peer || peer.isQuarantined || peer.isSilent) return true;
  return peer.onlineSinceMs === null && nowMs - peer.lastContactMs >= deadAfterMs;
}
