// What the engine uses of RTCPeerConnection (W3C WebRTC 1.0), over node-datachannel: its own polyfill negotiates by
// itself, never says that it must, and ends in an uncaught error when a channel breaks. Knows nothing of the engine.
import { isIP } from 'node:net';
import native from 'node-datachannel';
import { connectionStats } from './connection-stats.ts';
import { nativeServers } from './native-servers.ts';
import { NodeChannel } from './node-channel.ts';

/** For PeerNetwork. @throws Error for a configuration that the library does not take */
export function createNodeConnection(configuration: RTCConfiguration): RTCPeerConnection {
  return new NodeConnection(configuration) as unknown as RTCPeerConnection;
}

/** A browser hides one address for each of its networks. */
const MOST_NAMES = 16;

interface IceCandidateEvent {
  candidate: { candidate: string; sdpMid: string; sdpMLineIndex: number } | null;
}

class NodeConnection {
  onnegotiationneeded: (() => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  onicecandidate: ((event: IceCandidateEvent) => void) | null = null;
  readonly #native: InstanceType<typeof native.PeerConnection>;
  #connectionState: RTCPeerConnectionState = 'new';
  #isClosed = false;
  #hasDescription = false;
  #namesLeft = MOST_NAMES;

  constructor({ iceServers, iceTransportPolicy }: RTCConfiguration) {
    this.#native = new native.PeerConnection('', {
      iceServers: nativeServers(iceServers),
      iceTransportPolicy: iceTransportPolicy ?? 'all',
      // What is offered, and when, is the engine's to say.
      disableAutoNegotiation: true,
    });
    this.#native.onStateChange((state) => this.#changed(state as RTCPeerConnectionState));
    this.#native.onLocalCandidate((line, sdpMid) => {
      // It writes them as lines of a description (RFC 8839, section 5.1).
      this.#tellCandidate({ candidate: line.replace(/^a=/, ''), sdpMid, sdpMLineIndex: 0 });
    });
    this.#native.onGatheringStateChange((state) => {
      if (state === 'complete') this.#tellCandidate(null);
    });
  }

  get connectionState(): RTCPeerConnectionState {
    return this.#connectionState;
  }

  get signalingState(): RTCSignalingState {
    return this.#isClosed ? 'closed' : this.#native.signalingState();
  }

  get localDescription(): RTCSessionDescriptionInit | null {
    return (this.#isClosed ? null : this.#native.localDescription()) as RTCSessionDescriptionInit | null;
  }

  createDataChannel(label: string, { negotiated, id, ordered = true }: RTCDataChannelInit = {}): NodeChannel {
    const channel = this.#native.createDataChannel(label, {
      unordered: !ordered,
      ...(negotiated === undefined ? {} : { negotiated }),
      ...(id === undefined ? {} : { id }),
    });
    // After what is under way: an offer that came in with the first task makes one of this side's needless.
    setImmediate(() => {
      if (this.signalingState === 'stable' && !this.#hasDescription) this.onnegotiationneeded?.();
    });
    return new NodeChannel(channel);
  }

  /** The description that is called for, as browsers make it without an argument. Candidates follow in later tasks. */
  async setLocalDescription(): Promise<void> {
    this.#hasDescription = true;
    this.#native.setLocalDescription(this.signalingState === 'have-remote-offer' ? 'answer' : 'offer');
  }

  /** @throws Error when it would restart ICE, too; see {@link restartIce} */
  async setRemoteDescription({ type, sdp }: RTCSessionDescriptionInit): Promise<void> {
    this.#hasDescription = true;
    this.#native.setRemoteDescription(sdp ?? '', type);
  }

  async addIceCandidate({ candidate, sdpMid }: RTCIceCandidateInit): Promise<void> {
    const kind = kindOf(candidate ?? '');
    // Each name is looked up on a thread of its own.
    if (kind === 'none' || (kind === 'name' && this.#namesLeft-- <= 0)) return;
    this.#native.addRemoteCandidate(candidate!, sdpMid ?? '0');
  }

  /**
   * libjuice cannot: a connection whose path is in doubt ends, and whoever wants it makes a new one, which takes about as
   * long. What was transferred is kept on both sides.
   */
  restartIce(): void {
    this.#changed('failed');
  }

  /** @throws DOMException always: servers are chosen once, and the next connection has the new ones */
  setConfiguration(): void {
    throw new DOMException('The servers of a connection cannot be changed here', 'InvalidModificationError');
  }

  async getStats(): Promise<Map<string, unknown>> {
    if (this.#isClosed) return new Map();
    return connectionStats(this.#native.getSelectedCandidatePair(), this.#native.rtt());
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#connectionState = 'closed';
    this.#native.close();
  }

  #changed(state: RTCPeerConnectionState): void {
    // Whoever closes it knows.
    if (this.#isClosed) return;
    this.#connectionState = state;
    this.onconnectionstatechange?.();
  }

  #tellCandidate(candidate: IceCandidateEvent['candidate']): void {
    if (!this.#isClosed) this.onicecandidate?.({ candidate });
  }
}

/**
 * UDP at an address, or at a name that the local network resolves (mDNS): other names would be questions to this
 * computer's name servers that a stranger chose.
 */
function kindOf(line: string): 'address' | 'name' | 'none' {
  const [, , transport, , address = ''] = line.split(' ');
  if (transport?.toLowerCase() !== 'udp') return 'none';
  if (/^[\w-]+\.local$/i.test(address)) return 'name';
  return isIP(address) ? 'address' : 'none';
}
