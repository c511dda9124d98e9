// What W3C's getStats tells of the pair in use (webrtc-stats), from what node-datachannel tells. Knows no connection.
import type { SelectedCandidateInfo } from 'node-datachannel';

export interface SelectedPair {
  local: SelectedCandidateInfo;
  remote: SelectedCandidateInfo;
}

/** @param roundTripMs negative as long as nothing was measured */
export function connectionStats(pair: SelectedPair | null, roundTripMs: number): Map<string, unknown> {
  const stats = new Map<string, unknown>();
  if (!pair) return stats;
  stats.set('local', { id: 'local', type: 'local-candidate', ...candidateStats(pair.local) });
  stats.set('remote', { id: 'remote', type: 'remote-candidate', ...candidateStats(pair.remote) });
  stats.set('pair', {
    id: 'pair',
    type: 'candidate-pair',
    state: 'succeeded',
    nominated: true,
    localCandidateId: 'local',
    remoteCandidateId: 'remote',
    ...(roundTripMs < 0 ? {} : { currentRoundTripTime: roundTripMs / 1000 }),
  });
  return stats;
}

function candidateStats({ type, address, port, transportType }: SelectedCandidateInfo) {
  const isRelay = type === 'relay';
  return {
    candidateType: type,
    address,
    port,
    protocol: transportType.toLowerCase(),
    // The only way there is to a relay; see nativeServers.
    ...(isRelay ? { relayProtocol: 'udp' } : {}),
  };
}
