// Which way the bytes go, told from the statistics of a connection: same network, direct, or relayed.
// Pure; knows no connection.

export type PathKind = 'lan' | 'direct' | 'relayed';

export interface PeerPath {
  kind: PathKind;
  /** Types of the selected pair's ends: `host`, `srflx`, `prflx`, `relay`. */
  localCandidate: string;
  remoteCandidate: string;
  /** `udp` or `tcp`; for a relay, how it is reached: `udp`, `tcp` or `tls`. */
  protocol: string;
  roundTripMs: number | null;
}

/** The fields used of W3C's RTCIceCandidatePairStats, RTCTransportStats and RTCIceCandidateStats. */
interface CandidateStats {
  id: string;
  type: string;
  candidateType?: string;
  protocol?: string;
  relayProtocol?: string;
  address?: string | null;
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

/** The path in use, or undefined while none is. */
export function readPath(report: Iterable<[string, unknown]>): PeerPath | undefined {
  const stats = new Map(report) as Map<string, CandidateStats & PairStats & TransportStats>;
  const pair = selectedPair(stats);
  const local = stats.get(pair?.localCandidateId ?? '');
  const remote = stats.get(pair?.remoteCandidateId ?? '');
  if (!pair || !local?.candidateType || !remote?.candidateType) return undefined;
  return {
    kind: kindOf(local, remote),
    localCandidate: local.candidateType,
    remoteCandidate: remote.candidateType,
    protocol: local.relayProtocol ?? local.protocol ?? 'udp',
    roundTripMs: pair.currentRoundTripTime === undefined ? null : pair.currentRoundTripTime * 1000,
  };
}

function selectedPair(stats: Map<string, CandidateStats & PairStats & TransportStats>): PairStats | undefined {
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

/** RFC 1918, 3927, 4193, 4291, 6598, loopback, and mDNS names. */
export function isPrivateAddress(address: string): boolean {
  return (
    /^(10\.|127\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/.test(
      address,
    ) ||
    /^(::1$|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/i.test(address) ||
    address.endsWith('.local')
  );
}
