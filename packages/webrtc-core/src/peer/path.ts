// Which way the bytes go, told from the statistics of a connection: same network, direct, or relayed.
// Pure; knows no connection.
import { endpointText, isPrivateAddress } from './address.ts';

export type PathKind = 'lan' | 'direct' | 'relayed';

export interface PeerPath {
  kind: PathKind;
  /** Types of the selected pair's ends: `host`, `srflx`, `prflx`, `relay`. */
  localCandidate: string;
  remoteCandidate: string;
  /** `udp` or `tcp`; for a relay, how it is reached: `udp`, `tcp` or `tls`. */
  protocol: string;
  roundTripMs: number | null;
  /** `address:port` of each end, where the browser tells: the other side's may be hidden. */
  localAddress: string | null;
  remoteAddress: string | null;
  /** Why no direct path is used; null for one that is not relayed. */
  relayReason: RelayReason | null;
}

export type RelayReason =
  /** This side allows no other path. */
  | 'relay-only'
  /** The other side offers nothing but its relay. */
  | 'remote-relay-only'
  /** Not even the relay is reached by UDP from here. */
  | 'udp-blocked'
  /** Both sides offered direct paths, and none worked. */
  | 'no-direct-path';

/** The fields used of W3C's RTCIceCandidatePairStats, RTCTransportStats and RTCIceCandidateStats. */
interface CandidateStats {
  id: string;
  type: string;
  candidateType?: string;
  protocol?: string;
  relayProtocol?: string;
  address?: string | null;
  port?: number;
}
interface PairStats {
  id: string;
  type: string;
  localCandidateId?: string;
  remoteCandidateId?: string;
  state?: string;
  nominated?: boolean;
  /** Firefox only. */
  selected?: boolean;
  currentRoundTripTime?: number;
}
interface TransportStats {
  type: string;
  selectedCandidatePairId?: string;
}

type Stats = CandidateStats & PairStats & TransportStats;

/**
 * The path in use, or undefined while none is.
 * @param policy this side's own
 */
export function readPath(
  report: Iterable<[string, unknown]>,
  policy: RTCIceTransportPolicy = 'all',
): PeerPath | undefined {
  const stats = new Map(report) as Map<string, Stats>;
  const pair = selectedPair(stats);
  const local = stats.get(pair?.localCandidateId ?? '');
  const remote = stats.get(pair?.remoteCandidateId ?? '');
  if (!pair || !local?.candidateType || !remote?.candidateType) return undefined;
  const kind = kindOf(local, remote);
  return {
    kind,
    localCandidate: local.candidateType,
    remoteCandidate: remote.candidateType,
    protocol: local.relayProtocol ?? local.protocol ?? 'udp',
    roundTripMs: pair.currentRoundTripTime === undefined ? null : pair.currentRoundTripTime * 1000,
    localAddress: endpointText(local.address, local.port),
    remoteAddress: endpointText(remote.address, remote.port),
    relayReason: kind === 'relayed' ? relayReasonOf(local, [...stats.values()], policy) : null,
  };
}

function selectedPair(stats: Map<string, Stats>): PairStats | undefined {
  const all = [...stats.values()];
  const transport = all.find(({ type, selectedCandidatePairId }) => type === 'transport' && selectedCandidatePairId);
  const pairs = all.filter(({ type, state }) => type === 'candidate-pair' && state === 'succeeded');
  // Firefox has no transport statistics but says which pair is selected; after an ICE restart several are nominated.
  return (
    stats.get(transport?.selectedCandidatePairId ?? '') ??
    pairs.find(({ selected }) => selected) ??
    pairs.find(({ nominated }) => nominated)
  );
}

function kindOf(local: CandidateStats, remote: CandidateStats): PathKind {
  if (local.candidateType === 'relay' || remote.candidateType === 'relay') return 'relayed';
  // A peer-reflexive end is one whose candidate had not arrived yet, or was hidden by mDNS; between two
  // private addresses, or with a local end that is a plain host, no address translation was crossed.
  if (isLocal(local) && isLocal(remote)) return 'lan';
  return 'direct';
}

function isLocal({ candidateType, address }: CandidateStats): boolean {
  if (candidateType === 'host') return true;
  return address ? isPrivateAddress(address) : candidateType === 'prflx';
}

function relayReasonOf(used: CandidateStats, all: Stats[], policy: RTCIceTransportPolicy): RelayReason {
  if (policy === 'relay') return 'relay-only';
  const own = all.filter(({ type }) => type === 'local-candidate');
  const theirs = all.filter(({ type }) => type === 'remote-candidate');
  const isStream = used.relayProtocol === 'tcp' || used.relayProtocol === 'tls';
  if (isStream && !own.some(wasAnsweredByUdp)) return 'udp-blocked';
  return theirs.every(({ candidateType }) => candidateType === 'relay') ? 'remote-relay-only' : 'no-direct-path';
}

/** Some server out there answered to UDP, as no blocked network lets it. */
function wasAnsweredByUdp({ candidateType, relayProtocol }: CandidateStats): boolean {
  return candidateType === 'srflx' || (candidateType === 'relay' && relayProtocol === 'udp');
}
