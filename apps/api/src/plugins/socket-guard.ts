// Bounds what one WebSocket, one user and one address may ask of the server, and closes sockets whose
// session ended. Knows no messages.
import type { WebSocket } from 'ws';
import type { Session, Sessions } from '../accounts/sessions.ts';

/** A transfer's setup is some thirty signals in a burst; then there is almost nothing. */
const BURST_MESSAGES = 300;
const MESSAGES_PER_SECOND = 50;
/** Tabs of several devices, and those that are just being replaced. */
const SOCKETS_PER_USER = 40;
/** An office behind one address. */
const SOCKETS_PER_ADDRESS = 2000;
/** Nobody needs a socket without a session but for the moment of signing in. */
const ANONYMOUS_SOCKETS_PER_ADDRESS = 20;

const POLICY_VIOLATION = 1008;

export class SocketGuard {
  readonly #sessions: Sessions;
  readonly #counts = new Map<string, number>();

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
  }

  watch(socket: WebSocket, address: string, session: Session | undefined): void {
    this.#limitMessages(socket);
    this.#limitSockets(socket, `address ${address}`, SOCKETS_PER_ADDRESS);
    if (!session) return this.#limitSockets(socket, `anonymous ${address}`, ANONYMOUS_SOCKETS_PER_ADDRESS);
    this.#limitSockets(socket, `user ${session.account.userId}`, SOCKETS_PER_USER);
    const forget = this.#sessions.whenEnded(session.sessionId, () => socket.close(POLICY_VIOLATION, 'signed out'));
    socket.once('close', forget);
  }

  /** A token bucket: bursts pass, floods do not. */
  #limitMessages(socket: WebSocket): void {
    let tokens = BURST_MESSAGES;
    let lastMs = performance.now();
    socket.on('message', () => {
      const nowMs = performance.now();
      tokens = Math.min(BURST_MESSAGES, tokens + ((nowMs - lastMs) / 1000) * MESSAGES_PER_SECOND) - 1;
      lastMs = nowMs;
      if (tokens < 0) this.#refuse(socket, 'too many messages');
    });
  }

  #limitSockets(socket: WebSocket, key: string, limit: number): void {
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    socket.once('close', () => {
      const left = (this.#counts.get(key) ?? 1) - 1;
      if (left > 0) this.#counts.set(key, left);
      else this.#counts.delete(key);
    });
    if (count > limit) this.#refuse(socket, 'too many connections');
  }

  #refuse(socket: WebSocket, reason: string): void {
    socket.close(POLICY_VIOLATION, reason);
    // Whoever floods does not wait for the closing handshake either.
    socket.terminate();
  }
}
