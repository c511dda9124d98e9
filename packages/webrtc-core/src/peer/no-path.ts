// Why no path was found, told from what this side had to offer. Pure; knows no connection.
import type { NoPathCode } from '../errors.ts';
import type { CandidateType } from './candidate.ts';
import { iceUrls, isRelayUrl } from './ice-urls.ts';

/** The ways in that a connection has found for itself. */
interface Found {
  types: ReadonlySet<CandidateType>;
  /** There will be no more of them, or there was all the time that they get. */
  isOver: boolean;
}

/** Of an attempt that the other side answered. */
export function noPathCode(
  { types, isOver }: Found,
  { iceServers, iceTransportPolicy }: RTCConfiguration,
): Exclude<NoPathCode, 'connect-timeout'> {
  const hasRelay = iceUrls(iceServers).some(({ url }) => isRelayUrl(url));
  const relayWouldDo = hasRelay && iceTransportPolicy === 'relay';
  if (isOver && types.size === 0 && !relayWouldDo) return 'candidates-missing';
  if (!hasRelay) return types.size > 0 ? 'relay-missing' : 'ice-failed';
  return isOver && !types.has('relay') ? 'relay-failed' : 'ice-failed';
}
