// All peers at once: hands each one its signals and says what became of its sessions. Knows peers by id
// only; what the channels carry is not its business.
import { type NoPathCode, ProtocolError } from '../errors.ts';
import { type Clock, systemClock } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import type { PeerPath } from './path.ts';
import { RemotePeer, type RemotePeerOptions } from './remote-peer.ts';
import { readSessionSignal, writeSessionSignal } from './session-signal.ts';
import type { SignalingChannel } from './signaling.ts';

export interface PeerNetworkEvents {
  /**
   * A new session's channel, just made: transfer it in this very task or never. `ended` aborts with the session;
   * call `end` when the channel closed before it: a channel does not open again, so the session is of no more use.
   */
  channel: { peerId: string; channel: RTCDataChannel; ended: AbortSignal; end: () => void };
  /** A session got a path or lost it. */
  connected: { peerId: string; connected: boolean };
  /** An attempt ended without a path; others follow while the peer is wanted. */
  unreachable: { peerId: string; code: NoPathCode };
}

export interface PeerNetworkOptions {
  /** This device's own id: decides which side is polite. */
  selfId: string;
  signaling: SignalingChannel;
  /** Asked before each session and each restart of ICE, so that credentials are fresh. */
  configuration: () => Promise<RTCConfiguration>;
  /**
   * Whether this device may only be reached through relays: then nobody is told its own addresses, not even when
   * there is no `configuration`. Asked as often as that; false when absent. See {@link PeerNetwork.replaceAll}.
   */
  isRelayOnly?: () => boolean;
  /** Another implementation of RTCPeerConnection, as in Node. */
  createConnection?: RemotePeerOptions['createConnection'];
  clock?: Clock;
}

/**
 * @example
 * const network = new PeerNetwork({ selfId, signaling, configuration: async () => ({ iceServers }) });
 * network.want('their-device-id');
 */
export class PeerNetwork {
  readonly events = new Emitter<PeerNetworkEvents>();
  readonly #options: PeerNetworkOptions;
  readonly #peers = new Map<string, RemotePeer>();
  readonly #off: (() => void)[];

  constructor(options: PeerNetworkOptions) {
    this.#options = options;
    const { events } = options.signaling;
    this.#off = [
      events.on('signal', ({ from, payload }) => this.#receive(from, payload)),
      events.on('available', ({ peerId }) => this.#peers.get(peerId)?.available()),
    ];
  }

  /** From now on, keep a session to this peer as far as possible. Said again, it does not wait for its next try. */
  want(peerId: string): void {
    this.#peer(peerId).want();
  }

  /** It is no longer needed; it is closed after a while. */
  release(peerId: string): void {
    this.#peers.get(peerId)?.release();
  }

  /** Its channel is silent: restarts ICE, whatever ICE says. */
  suspect(peerId: string): void {
    this.#peers.get(peerId)?.suspect();
  }

  /** This computer woke up or changed its network: every path is in doubt. */
  suspectAll(): void {
    for (const peer of this.#peers.values()) peer.suspect();
  }

  /** What the configuration allows has changed: every session is replaced by one that keeps to it. */
  replaceAll(): void {
    for (const peer of this.#peers.values()) peer.replace();
  }

  /** The route to a peer; undefined while there is none. */
  async path(peerId: string): Promise<PeerPath | undefined> {
    return this.#peers.get(peerId)?.path();
  }

  /** Ends everything and says so to the peers. */
  close(): void {
    for (const off of this.#off) off();
    for (const peer of this.#peers.values()) peer.close();
    this.#peers.clear();
  }

  #peer(peerId: string): RemotePeer {
    const peer = this.#peers.get(peerId) ?? this.#newPeer(peerId);
    this.#peers.set(peerId, peer);
    return peer;
  }

  #newPeer(peerId: string): RemotePeer {
    const { selfId, signaling, configuration, isRelayOnly, createConnection, clock } = this.#options;
    return new RemotePeer({
      polite: selfId > peerId,
      configuration,
      isRelayOnly: isRelayOnly ?? (() => false),
      createConnection: createConnection ?? ((options) => new RTCPeerConnection(options)),
      clock: clock ?? systemClock,
      send: (signal) => signaling.send(peerId, writeSessionSignal(signal)),
      onSession: (session) => {
        const { channel, ended } = session;
        // Channels close because their session ends, too: that must not pass for a wish of this side's.
        const end = () => {
          if (!ended.aborted) session.close();
        };
        this.events.emit('channel', { peerId, channel, ended, end });
      },
      onConnected: (connected) => this.events.emit('connected', { peerId, connected }),
      onUnreachable: (code) => this.events.emit('unreachable', { peerId, code }),
    });
  }

  #receive(from: string, payload: string): void {
    try {
      this.#peer(from).handle(readSessionSignal(payload));
    } catch (error) {
      // A malformed signal is the other side's fault and changes nothing here.
      if (!(error instanceof ProtocolError)) throw error;
    }
  }
}
