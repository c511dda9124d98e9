// The path of a transfer in words: what each end is, how the bytes travel, and why through a relay. Pure.
import type { ConnectionDetails, Route } from '../../adapters/engine-contract.ts';
import type { DetailsKey } from '../../i18n/details-words.ts';
import type { Phrase } from './phrase.ts';

type RelayReason = NonNullable<ConnectionDetails['relayReason']>;

const CANDIDATES: Partial<Record<string, DetailsKey>> = {
  host: 'details.candidate.host',
  srflx: 'details.candidate.srflx',
  prflx: 'details.candidate.prflx',
  relay: 'details.candidate.relay',
};

const RELAY_REASONS: Record<RelayReason, DetailsKey> = {
  'relay-only': 'details.relayReason.relayOnly',
  'remote-relay-only': 'details.relayReason.remoteRelayOnly',
  'udp-blocked': 'details.relayReason.udpBlocked',
  'no-direct-path': 'details.relayReason.noDirectPath',
};

export function routeExplanation(route: Route): Phrase<DetailsKey> {
  return { key: `details.explained.${route}` };
}

/** What an end of the path is; null for a kind that nobody knows. */
export function candidateWords(candidate: string): Phrase<DetailsKey> | null {
  const key = CANDIDATES[candidate];
  return key ? { key } : null;
}

export function relayReasonWords(reason: RelayReason, peerName: string): Phrase<DetailsKey> {
  return { key: RELAY_REASONS[reason], named: { name: peerName } };
}
