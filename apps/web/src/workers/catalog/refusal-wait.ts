// When a source that refused is asked again. Pure.
import type { RefusalReason } from '@ferry/webrtc-core';

/** Between the two, by chance, so that everybody who was refused at once does not come back at once. */
const SOONEST_MS = 30_000;
const LATEST_MS = 60_000;

/** For whatever may be better later. @param random in [0, 1) */
export function laterMs(random: number): number {
  return SOONEST_MS + random * (LATEST_MS - SOONEST_MS);
}

/**
 * Undefined: not at all, nothing will change by itself.
 * @param isFresh what was refused had just been asked of the server: another one will hardly do better
 */
export function waitAfter(
  reason: RefusalReason,
  { isFresh, random }: { isFresh: boolean; random: number },
): number | undefined {
  switch (reason) {
    case 'expired':
      return isFresh ? laterMs(random) : 0;
    case 'queue-full':
    case 'unreadable':
      return laterMs(random);
    case 'not-found':
      return undefined;
    default:
      return reason satisfies never;
  }
}
