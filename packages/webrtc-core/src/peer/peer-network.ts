// Keeps sessions to the peers that are wanted: starts them, answers others', replaces what failed with
// backoff. Knows peers by id only; what the channels carry is not its business.
import { ConnectionError, type FerryError, ProtocolError } from '../errors.ts';
import { type Clock, systemClock } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import { retryDelayMs } from './backoff.ts';
import type { PeerPath } from './path.ts';
import { Session, type SessionOptions } from './session.ts';
import { readSessionSignal, type SessionSignal, writeSessionSignal } from './session-signal.ts';
import type { SignalingChannel } from './signaling.ts';

export interface PeerNetworkEvents {
  /** A new session's channel, just made: transfer it in this very task or never. `ended` aborts with the session. */
  channel: { peerId: string; channel: RTCDataChannel; ended: AbortSignal };
  /** A session got a path or lost it. */
  connected: { peerId: string; connected: boolean };
  /** An attempt ended without a path; others follow. */
  unreachable: { peerId: string; error: FerryError };
}

export interface PeerNetworkOptions {
  /** This device's own id: decides which side is polite. */
  selfId: string;
  signaling: SignalingChannel;
  /** Asked before each session, so that credentials are fresh. */
  configuration: () => Promise<RTCConfiguration>;
  createConnection?: SessionOptions['createConnection'];
  clock?: Clock;
}

interface Peer {
  session: Session | undefined;
  wanted: boolean;
  /** Sessions in a row that found no path. */
  failures: number;
  cancelTimer: (() => void) | undefined;
  /** Starting a session waits for its configuration; what arrives meanwhile must wait behind it, in order. */
  turn: Promise<void>;
}

/** An idle connection costs little and saves the next transfer its setup; after this it is closed. */
const IDLE_MS = 60_000;

export class PeerNetwork {
  readonly events = new Emitter<PeerNetworkEvents>();
  readonly #selfId: string;
  readonly #signaling: SignalingChannel;
  readonly #configuration: () => Promise<RTCConfiguration>;
  readonly #createConnection: SessionOptions['createConnection'];
  readonly #clock: Clock;
  readonly #peers = new Map<string, Peer>();
  readonly #off: (() => void)[];

  constructor(options: PeerNetworkOptions) {
    this.#selfId = options.selfId;
    this.#signaling = options.signaling;
    this.#configuration = options.configuration;
    this.#createConnection = options.createConnection ?? ((configuration) => new RTCPeerConnection(configuration));
    this.#clock = options.clock ?? systemClock;
    this.#off = [
      this.#signaling.events.on('signal', ({ from, payload }) => this.#receive(from, payload)),
      this.#signaling.events.on('available', ({ peerId }) => this.#retryNow(peerId)),
    ];
  }

  want(peerId: string): void {
    const peer = this.#peer(peerId);
    peer.wanted = true;
    peer.cancelTimer?.();
    this.#startSoon(peerId, peer);
  }

  release(peerId: string): void {
    const peer = this.#peers.get(peerId);
    if (!peer?.wanted) return;
    peer.wanted = false;
    peer.cancelTimer?.();
    peer.cancelTimer = this.#clock.after(IDLE_MS, () => this.#drop(peerId));
  }

  /** The route to a peer; undefined while there is none. */
  async path(peerId: string): Promise<PeerPath | undefined> {
    return this.#peers.get(peerId)?.session?.path();
  }

  /** Ends everything and says so to the peers. */
  close(): void {
    for (const off of this.#off) off();
    for (const peerId of [...this.#peers.keys()]) this.#drop(peerId);
  }

  #peer(peerId: string): Peer {
    const known = this.#peers.get(peerId);
    if (known) return known;
    const peer: Peer = { session: undefined, wanted: false, failures: 0, cancelTimer: undefined, turn: Promise.resolve() };
    this.#peers.set(peerId, peer);
    return peer;
  }

  #drop(peerId: string): void {
    const peer = this.#peers.get(peerId);
    this.#peers.delete(peerId);
    peer?.cancelTimer?.();
    peer?.session?.close();
  }

  #startSoon(peerId: string, peer: Peer): void {
    peer.turn = peer.turn.then(async () => {
      // Meanwhile an offer may have come in, or nobody wants it any more.
      if (peer.wanted && !peer.session) await this.#start(peerId, peer);
    });
  }

  async #start(peerId: string, peer: Peer): Promise<Session | undefined> {
    const configuration = await this.#configuration().catch((): RTCConfiguration => ({}));
    if (this.#peers.get(peerId) !== peer) return undefined;
    const old = peer.session;
    peer.session = this.#newSession(peerId, peer, configuration);
    old?.close();
    return peer.session;
  }

  #newSession(peerId: string, peer: Peer, configuration: RTCConfiguration): Session {
    const session = new Session({
      polite: this.#selfId > peerId,
      configuration,
      createConnection: this.#createConnection,
      send: (signal) => this.#send(peerId, signal),
      clock: this.#clock,
    });
    session.events.on('state', ({ status }) => {
      if (peer.session === session) this.#changed(peerId, peer, status);
    });
    this.events.emit('channel', { peerId, channel: session.channel, ended: session.ended });
    return session;
  }

  #changed(peerId: string, peer: Peer, status: Session['state']['status']): void {
    if (status === 'connected') peer.failures = 0;
    if (status === 'failed' || status === 'closed') {
      peer.session = undefined;
      if (status === 'failed') this.#failed(peerId, peer, ConnectionError.iceFailed());
      else this.#retryLater(peerId, peer);
    }
    this.events.emit('connected', { peerId, connected: status === 'connected' });
  }

  #failed(peerId: string, peer: Peer, error: FerryError): void {
    peer.failures++;
    this.events.emit('unreachable', { peerId, error });
    this.#retryLater(peerId, peer);
  }

  #retryLater(peerId: string, peer: Peer): void {
    if (!peer.wanted) return;
    peer.cancelTimer?.();
    const delayMs = retryDelayMs(peer.failures, Math.random());
    peer.cancelTimer = this.#clock.after(delayMs, () => this.#startSoon(peerId, peer));
  }

  #retryNow(peerId: string): void {
    const peer = this.#peers.get(peerId);
    if (!peer?.wanted || peer.session) return;
    peer.failures = 0;
    peer.cancelTimer?.();
    this.#startSoon(peerId, peer);
  }

  #send(peerId: string, signal: SessionSignal): void {
    this.#signaling.send(peerId, writeSessionSignal(signal)).catch(() => {
      // The peer is offline, or the carrier is: nothing is lost but time. The session times out or goes on.
      const peer = this.#peers.get(peerId);
      if (!peer?.session || peer.session.id !== signal.from || peer.session.state.status !== 'connecting') return;
      const { session } = peer;
      peer.session = undefined;
      session.close();
      peer.failures++;
      this.#retryLater(peerId, peer);
    });
  }

  #receive(from: string, payload: string): void {
    let signal: SessionSignal;
    try {
      signal = readSessionSignal(payload);
    } catch (error) {
      if (error instanceof ProtocolError) return this.events.emit('unreachable', { peerId: from, error });
      throw error;
    }
    const peer = this.#peer(from);
    peer.turn = peer.turn.then(() => this.#take(from, peer, signal));
  }

  async #take(from: string, peer: Peer, signal: SessionSignal): Promise<void> {
    const { session } = peer;
    if (signal.to !== null && signal.to !== session?.id) {
      // Meant for an incarnation that is gone: the other side should know, unless it is leaving itself.
      if (signal.body.type !== 'bye') this.#send(from, { from: signal.to, to: signal.from, body: { type: 'bye' } });
      return;
    }
    const isKnown = session && (session.remoteId === null || session.remoteId === signal.from);
    const isOffer = signal.body.type === 'description' && signal.body.description.type === 'offer';
    if (isKnown) session.handle(signal);
    else if (isOffer) (await this.#start(from, peer))?.handle(signal);
  }
}
