// One RTCPeerConnection's life: negotiates, watches the path, restarts ICE, and ends. Knows the other side
// as an incarnation id, nothing of users, transfers or what follows after it.
import { ConnectionError, type FerryError, type NoPathCode } from '../errors.ts';
import type { Clock } from '../util/clock.ts';
import { Emitter } from '../util/emitter.ts';
import { IceRestart } from './ice-restart.ts';
import { Negotiation } from './negotiation.ts';
import { type PeerPath, readPath } from './path.ts';
import { PathSearch } from './path-search.ts';
import type { SessionSignal } from './session-signal.ts';
import { type SessionEffect, type SessionEvent, type SessionState, sessionTransition } from './session-state.ts';

export interface SessionOptions {
  polite: boolean;
  configuration: RTCConfiguration;
  /** See {@link IceRestart}. */
  refresh: () => Promise<RTCConfiguration>;
  /** RTCPeerConnection in browsers; another implementation of it in Node. */
  createConnection: (configuration: RTCConfiguration) => RTCPeerConnection;
  send: (signal: SessionSignal) => void;
  clock: Clock;
  /** How long to wait for the other side's first word, which may have missed this side's. */
  unheardTimeoutMs?: number;
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
  readonly #search = new PathSearch();
  readonly #iceRestart: IceRestart;
  #state: SessionState = { status: 'connecting' };
  #remoteId: string | null = null;
  #cancelTimer: (() => void) | undefined;

  constructor(options: SessionOptions) {
    const { polite, configuration, refresh, createConnection, send, clock } = options;
    this.#send = send;
    this.#clock = clock;
    this.#connection = createConnection(configuration);
    this.#connection.onconnectionstatechange = () =>
      this.#apply({ type: 'connection-state', state: this.#connection.connectionState });
    this.#iceRestart = new IceRestart({
      connection: this.#connection,
      configuration,
      refresh,
      isNeeded: () => this.#state.status === 'disconnected',
      ended: this.ended,
      clock,
    });
    this.#negotiation = new Negotiation({
      connection: this.#connection,
      polite,
      send: (body) => this.#say(body),
      onCandidate: (candidate) => this.#gathered(candidate),
      beforeLaterAnswer: () => this.#iceRestart.answer(),
      onError: () => {
        this.#search.broke();
        this.#apply({ type: 'connection-state', state: 'failed' });
      },
    });
    this.channel = this.#connection.createDataChannel('ferry', { negotiated: true, id: 0, ordered: true });
    this.#startTimer(options.unheardTimeoutMs);
  }

  get state(): SessionState {
    return this.#state;
  }

  /** Whether there ever was a path: to lose one is not the same as to find none. */
  get wasConnected(): boolean {
    return this.#search.wasConnected;
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

  /** Why there is no path, of one that failed before there was any. */
  get noPathCode(): NoPathCode {
    return this.#search.noPathCode(this.#iceRestart.configuration);
  }

  /** Takes a signal meant for this incarnation. */
  handle({ from, body }: SessionSignal): void {
    const isFirst = this.#remoteId === null;
    this.#remoteId = from;
    this.#search.heard();
    if (isFirst && this.#state.status === 'connecting') this.#startTimer();
    if (body.type === 'bye') return this.#left(body.because);
    this.#negotiation.handle(body);
    this.#endIfHopeless();
  }

  /** The path may be dead although ICE does not say so. */
  suspect(): void {
    this.#apply({ type: 'suspect' });
  }

  /** The route in use; undefined while there is none. */
  async path(): Promise<PeerPath | undefined> {
    return readPath(await this.#connection.getStats(), this.#iceRestart.configuration.iceTransportPolicy);
  }

  /** Ends it and says so to the other side. */
  close(): void {
    this.#say({ type: 'bye' });
    this.#apply({ type: 'close' });
  }

  #left(because: 'no-path' | undefined): void {
    this.#search.left();
    this.#apply(because ? { type: because } : { type: 'connection-state', state: 'closed' });
  }

  #say(body: SessionSignal['body']): void {
    // An offer that was still being made when it ended would pass for a new session's.
    if (!this.#ended.signal.aborted) this.#send({ from: this.id, to: this.#remoteId, body });
  }

  #apply(event: SessionEvent): void {
    const [state, effects] = sessionTransition(this.#state, event);
    const changed = state !== this.#state;
    this.#state = state;
    if (state.status === 'connected') this.#search.connected();
    for (const effect of effects) this.#perform(effect);
    if (changed) this.events.emit('state', state);
  }

  #perform(effect: SessionEffect): void {
    switch (effect) {
      case 'restart-ice':
        return this.#iceRestart.request();
      case 'start-timer':
        return this.#startTimer();
      case 'stop-timer':
        return this.#cancelTimer?.();
      case 'release':
        // The other side need not wait for its own timeout.
        if (this.#state.status === 'failed') this.#say(this.#search.farewell);
        this.#connection.close();
        return this.#ended.abort(this.#endReason());
    }
  }

  #gathered(line: string | null): void {
    this.#search.gathered(line);
    this.#endIfHopeless();
  }

  #endIfHopeless(): void {
    if (this.#state.status === 'connecting' && this.#search.isHopeless) this.#apply({ type: 'no-path' });
  }

  #endReason(): FerryError {
    if (this.#state.status !== 'failed') return ConnectionError.channelClosed();
    return this.#search.failure(this.#iceRestart.configuration);
  }

  #startTimer(timeoutMs = CONNECT_TIMEOUT_MS): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#clock.after(timeoutMs, () => this.#apply({ type: 'timeout' }));
  }
}
