// One RTCPeerConnection's life: negotiates, watches the path, restarts ICE, and ends. Knows the other side
// as an incarnation id, nothing of users, transfers or what follows after it.
import { ConnectionError, type FerryError } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import { Negotiation } from './negotiation.ts';
import { type PeerPath, readPath } from './path.ts';
import type { SessionSignal } from './session-signal.ts';
import { type SessionEffect, type SessionEvent, type SessionState, sessionTransition } from './session-state.ts';

export interface SessionOptions {
  polite: boolean;
  configuration: RTCConfiguration;
  /** RTCPeerConnection in browsers; another implementation of it in Node. */
  createConnection: (configuration: RTCConfiguration) => RTCPeerConnection;
  send: (signal: SessionSignal) => void;
  clock: Clock;
}

/** Finding a path took at most a second in every network tried; a person should not wait longer than this. */
const CONNECT_TIMEOUT_MS = 15_000;

export class Session {
  /** Names this incarnation to the other side. */
  readonly id = crypto.randomUUID();
  /** Open once connected. Made together with the connection and known to both sides, so it can be transferred at once. */
  readonly channel: RTCDataChannel;
  readonly events = new Emitter<{ state: SessionState }>();
  readonly #ended = new AbortController();
  readonly #connection: RTCPeerConnection;
  readonly #negotiation: Negotiation;
  readonly #send: (signal: SessionSignal) => void;
  readonly #clock: Clock;
  #state: SessionState = { status: 'connecting' };
  #wasConnected = false;
  #remoteId: string | null = null;
  #cancelTimer: (() => void) | undefined;

  constructor({ polite, configuration, createConnection, send, clock }: SessionOptions) {
    this.#send = send;
    this.#clock = clock;
    this.#connection = createConnection(configuration);
    this.#connection.onconnectionstatechange = () =>
      this.#apply({ type: 'connection-state', state: this.#connection.connectionState });
    this.#negotiation = new Negotiation({
      connection: this.#connection,
      polite,
      send: (body) => this.#say(body),
      onError: () => this.#apply({ type: 'connection-state', state: 'failed' }),
    });
    this.channel = this.#connection.createDataChannel('ferry', { negotiated: true, id: 0, ordered: true });
    this.#startTimer();
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Whether there ever was a path: to lose one is not the same as to find none. */
  get wasConnected(): boolean {
    return this.#wasConnected;
  }

  /** The other incarnation, once it has spoken. */
  get remoteId(): string | null {
    return this.#remoteId;
  }

  /** Aborted, with a FerryError as its reason, when the session has ended. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** Whether it offers or is about to: an offer of the other side would collide now. */
  get isOffering(): boolean {
    return this.#negotiation.isOffering;
  }

  /** Takes a signal meant for this incarnation. */
  handle({ from, body }: SessionSignal): void {
    this.#remoteId = from;
    if (body.type === 'bye') this.#apply({ type: 'connection-state', state: 'closed' });
    else this.#negotiation.handle(body);
  }

  /** New credentials for the next ICE restart. */
  configure(configuration: RTCConfiguration): void {
    if (!this.#ended.signal.aborted) this.#connection.setConfiguration(configuration);
  }

  /** The route in use; undefined while there is none. */
  async path(): Promise<PeerPath | undefined> {
    return readPath(await this.#connection.getStats());
  }

  /** Ends it and says so to the other side. */
  close(): void {
    this.#say({ type: 'bye' });
    this.#apply({ type: 'close' });
  }

  #say(body: SessionSignal['body']): void {
    // An offer that was still being made when it ended would pass for a new session's.
    if (!this.#ended.signal.aborted) this.#send({ from: this.id, to: this.#remoteId, body });
  }

  #apply(event: SessionEvent): void {
    const [state, effects] = sessionTransition(this.#state, event);
    if (state === this.#state) return;
    this.#state = state;
    this.#wasConnected ||= state.status === 'connected';
    for (const effect of effects) this.#perform(effect);
    this.events.emit('state', state);
  }

  #perform(effect: SessionEffect): void {
    switch (effect) {
      case 'restart-ice':
        return this.#connection.restartIce();
      case 'start-timer':
        return this.#startTimer();
      case 'stop-timer':
        return this.#cancelTimer?.();
      case 'release':
        // The other side need not wait for its own timeout.
        if (this.#state.status === 'failed') this.#say({ type: 'bye' });
        this.#connection.close();
        return this.#ended.abort(this.#endReason());
    }
  }

  #endReason(): FerryError {
    return this.#state.status === 'failed' ? ConnectionError.iceFailed() : ConnectionError.channelClosed();
  }

  #startTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#clock.after(CONNECT_TIMEOUT_MS, () => this.#apply({ type: 'timeout' }));
  }
}
