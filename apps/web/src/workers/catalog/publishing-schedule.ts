// When which share is published next: what changes often is gathered, what failed waits, longer each time. Pure but for
// the dice; knows no server.
const FIRST_RETRY_MS = 1000;
const LONGEST_RETRY_MS = 60_000;

export class PublishingSchedule {
  readonly #dueMs = new Map<string, number>();
  readonly #random: () => number;
  #closedUntilMs = 0;
  #failures = 0;

  /** @param random between 0 and 1 */
  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** At the latest then. */
  add(shareId: string, dueMs: number): void {
    this.#dueMs.set(shareId, Math.min(dueMs, this.#dueMs.get(shareId) ?? Number.POSITIVE_INFINITY));
  }

  delete(shareId: string): void {
    this.#dueMs.delete(shareId);
  }

  /** Takes the share whose turn it is, if one's is: they take turns. */
  take(nowMs: number): string | undefined {
    if (nowMs < this.#closedUntilMs) return undefined;
    for (const [shareId, dueMs] of this.#dueMs) {
      if (dueMs > nowMs) continue;
      this.#dueMs.delete(shareId);
      return shareId;
    }
    return undefined;
  }

  /** When something is due next; undefined when nothing is. */
  get nextMs(): number | undefined {
    if (this.#dueMs.size === 0) return undefined;
    return Math.max(this.#closedUntilMs, Math.min(...this.#dueMs.values()));
  }

  /** The server did not take it: nothing is sent for a while, the longer the more often. */
  failed(nowMs: number, retryAfterMs = 0): void {
    const waitMs = Math.min(FIRST_RETRY_MS * 2 ** this.#failures++, LONGEST_RETRY_MS);
    this.#closedUntilMs = nowMs + Math.max(waitMs * (0.5 + this.#random() / 2), retryAfterMs);
  }

  succeeded(): void {
    this.#failures = 0;
  }

  /** It is worth trying at once. */
  open(): void {
    this.#failures = 0;
    this.#closedUntilMs = 0;
  }
}
