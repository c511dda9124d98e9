// Two programs that sign in with one token end each other's sessions, for ever: notices that, and says how long to stay
// away. Pure; knows no socket.

/** RFC 6455, section 7.4.1: what the server closes the sockets of an ended session with. */
const POLICY_VIOLATION = 1008;
/** A session that was ended sooner was not ended by its owner. */
const SHORT_MS = 30_000;
const TIMES = 3;
const AWAY_MS = 5 * 60_000;

export class Rivalry {
  #openedAtMs = Number.NEGATIVE_INFINITY;
  #times = 0;

  opened(nowMs: number): void {
    this.#openedAtMs = nowMs;
  }

  /** How long to wait before signing in again: zero unless another program does the same. */
  closed(code: number | undefined, nowMs: number): number {
    const wasShort = nowMs - this.#openedAtMs < SHORT_MS;
    this.#times = code === POLICY_VIOLATION && wasShort ? this.#times + 1 : 0;
    return this.#times >= TIMES ? AWAY_MS : 0;
  }
}
