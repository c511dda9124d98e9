// When the server is asked again who has what is being fetched. Pure: asks nobody and measures no time.
import type { Receiver } from '@ferry/webrtc-core';

/** Others may have come to have it: looked for now and then, while it is worth it. */
const MORE_SOURCES_MS = 30_000;
const WORTH_MORE_SOURCES_BYTES = 64 * 1024 * 1024;
/** Nobody is there: whoever comes online is asked at once, this is for those that are not known of. */
const WAITING_MS = 5 * 60_000;
/** A hundred browsers that wait for the same colleague do not ask the server in the same moment. */
const ONLINE_JITTER_MS = 3000;

/** Nothing moves, for want of somebody who has it. */
export function restsWithoutSource({ state }: Pick<Receiver, 'state'>): boolean {
  return state.status === 'announced' || state.status === 'stalled';
}

/** Until the next look. @param random in [0, 1) */
export function nextLookMs(receiver: Pick<Receiver, 'state'>, random: number): number {
  return (restsWithoutSource(receiver) ? WAITING_MS : MORE_SOURCES_MS) * (0.75 + random / 2);
}

/** Of what is nearly here nobody else need be found. */
export function isWorthLooking({ state, progress }: Pick<Receiver, 'state' | 'progress'>): boolean {
  const missingBytes = progress ? progress.totalBytes - progress.doneBytes : 0;
  return restsWithoutSource({ state }) || missingBytes > WORTH_MORE_SOURCES_BYTES;
}

/** Until the server is asked, after somebody who may have it came online. @param random in [0, 1) */
export function cameOnlineMs(random: number): number {
  return random * ONLINE_JITTER_MS;
}
