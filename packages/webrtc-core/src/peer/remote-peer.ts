// One peer, as far as this side is concerned with it: keeps a session while it is wanted, answers the
// peer's own, replaces what failed with backoff. Knows the peer by id; what its channels carry is not its business.
import type { NoPathCode } from '../errors.ts';
import type { PeerPath } from './path.ts';
import { Patience } from './patience.ts';
import { type MakeSession, prepareSession, type SessionConditions } from './prepare-session.ts';
import type { Session } from './session.ts';
import type { SessionSignal } from './session-signal.ts';
import type { SessionState } from './session-state.ts';
import { recipientOf } from './signal-recipient.ts';

export interface RemotePeerOptions extends SessionConditions {
  /** Rejects when the peer cannot be signaled now. */
  send: (signal: SessionSignal) => Promise<void>;
  onSession: (session: Session) => void;
  onConnected: (connected: boolean) => void;
  onUnreachable: (code: NoPathCode) => void;
}

/** An idle connection costs little and saves the next transfer its setup; after this it is closed. */
const IDLE_MS = 60_000;
/** A path that is there again shows within a second; a new session would take about as long. */
const HEAL_MS = 1000;

export class RemotePeer {
  readonly #options: RemotePeerOptions;
  #session: Session | undefined;
  #wanted = false;
  #closed = false;
  readonly #patience = new Patience();
  #cancelTimer: (() => void) | undefined;
  /** Starting a session waits for its configuration; what arrives meanwhile must wait behind it, in order. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: RemotePeerOptions) {
    this.#options = options;
  }

  want(): void {
    this.#wanted = true;
    this.#startNow();
  }

  release(): void {
    if (!this.#wanted) return;
    this.#wanted = false;
    this.#later(IDLE_MS, () => this.#session?.close());
  }

  /** The peer came (back), or this side did: waiting makes no sense now. */
  available(): void {
    if (!this.#wanted) return;
    this.#patience.restore();
    // What was signaled while one of the two was away may be lost: a session in doubt is not waited for long.
    if (this.#isInDoubt) this.#later(HEAL_MS, () => this.#isInDoubt && this.#replaceIf(() => this.#isInDoubt));
    else if (!this.#session) this.#startNow();
  }

  /**
   * What the configuration allows has changed. A restart of ICE would go on with a path that is not allowed any more
   * for as long as it finds no other one, so there is a new session instead.
   */
  replace(): void {
    this.#patience.restore();
    if (this.#wanted && !this.#session) this.#startNow();
    else this.#replaceIf(() => true);
  }

  /** The path may be dead although ICE does not say so. */
  suspect(): void {
    this.#session?.suspect();
  }

  async path(): Promise<PeerPath | undefined> {
    return this.#session?.path();
  }

  handle(signal: SessionSignal): void {
    this.#inTurn(async () => {
      const recipient = recipientOf(signal, this.#session, this.#options.polite);
      if (recipient === 'gone') this.#sayGone(signal);
      else if (recipient === 'session') this.#session?.handle(signal);
      else if (recipient === 'new-session') (await this.#start())?.handle(signal);
    });
  }

  close(): void {
    this.#closed = true;
    this.#wanted = false;
    this.#cancelTimer?.();
    this.#session?.close();
  }

  #inTurn(action: () => Promise<void>): void {
    // An error in one turn is its own; the next must still come.
    this.#turn = this.#turn.then(action, action);
  }

  #later(delayMs: number, action: () => void): void {
    this.#cancelTimer?.();
    this.#cancelTimer = this.#options.clock.after(delayMs, action);
  }

  get #isInDoubt(): boolean {
    return this.#session?.state.status === 'disconnected';
  }

  /** What the turn waits for may change what is to be done in it. */
  #replaceIf(isStillNeeded: () => boolean): void {
    this.#inTurn(async () => {
      // Whoever else wants one makes it.
      if (!this.#wanted) this.#session?.close();
      else await this.#start(isStillNeeded);
    });
  }

  #startNow(): void {
    this.#cancelTimer?.();
    this.#inTurn(async () => {
      // Meanwhile an offer may have come in, or nobody wants it any more.
      if (this.#wanted && !this.#session) await this.#start();
    });
  }

  /** A new session in the place of the old one, if it is still needed when there is a configuration for it. */
  async #start(isNeeded = () => true): Promise<Session | undefined> {
    const make = await prepareSession(this.#options);
    if (this.#closed || !isNeeded()) return undefined;
    const session = this.#make(make);
    if (!session) return undefined;
    const old = this.#session;
    session.events.on('state', (state) => this.#changed(session, state));
    this.#session = session;
    old?.close();
    this.#options.onSession(session);
    return session;
  }

  #make(make: MakeSession): Session | undefined {
    try {
      return make({ send: (signal) => this.#send(signal), unheardTimeoutMs: this.#patience.firstWordMs });
    } catch {
      // The next configuration may be better.
      this.#patience.failed();
      this.#options.onUnreachable('ice-failed');
      this.#retryLater();
      return undefined;
    }
  }

  #changed(session: Session, { status }: SessionState): void {
    if (session !== this.#session) return;
    if (status === 'connected') this.#patience.restore();
    const isOver = status === 'failed' || status === 'closed';
    if (isOver) this.#session = undefined;
    this.#options.onConnected(status === 'connected');
    if (!isOver) return;
    if (!session.wasConnected) this.#patience.failed();
    if (status === 'failed') this.#report(session);
    this.#retryLater();
  }

  #report({ wasConnected, noPathCode }: Session): void {
    // A path that was lost says nothing yet about the next try.
    if (wasConnected) return;
    if (noPathCode !== 'connect-timeout' || this.#patience.isOver) this.#options.onUnreachable(noPathCode);
  }

  #retryLater(): void {
    if (this.#wanted) this.#later(this.#patience.retryDelayMs, () => this.#startNow());
  }

  #send(signal: SessionSignal): void {
    this.#options.send(signal).catch(() => {
      // The peer or the carrier is offline. A session that has its path does without; one that looks for it cannot.
      const session = this.#session;
      if (session?.id !== signal.from || session.state.status !== 'connecting') return;
      this.#session = undefined;
      session.close();
      this.#patience.failed();
      this.#retryLater();
    });
  }

  /** Meant for an incarnation that is gone: the other side should know, unless it is leaving itself. */
  #sayGone({ from, to, body }: SessionSignal): void {
    if (body.type !== 'bye' && to !== null) this.#send({ from: to, to: from, body: { type: 'bye' } });
  }
}
