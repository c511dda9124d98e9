// How long a group is left alone after nobody could repair it: a repairer that holds a lease for an hour and makes nothing of
// it, over and over, would take everybody's network for nothing. In memory: after a restart of the server it is tried at once.

/** After leases that ran out without anything made, one after the other. */
const RESTS_MS = [10 * 60_000, 60 * 60_000, 6 * 3_600_000];
/** Whoever was tried again by nobody for as long was repaired otherwise, or is gone. */
const FORGOTTEN_AFTER_MS = 86_400_000;

interface Rest {
  readonly inVain: number;
  readonly untilMs: number;
}

export class LeaseRests {
  readonly #rests = new Map<string, Rest>();

  isResting(group: string, nowMs: number): boolean {
    return nowMs < (this.#rests.get(group)?.untilMs ?? Number.NEGATIVE_INFINITY);
  }

  /** Nothing was made of a lease that was good until then. */
  ranOut(group: string, atMs: number): void {
    for (const [key, { untilMs }] of this.#rests) {
      if (atMs - untilMs < FORGOTTEN_AFTER_MS) break;
      this.#rests.delete(key);
    }
    const inVain = this.#rests.get(group)?.inVain ?? 0;
    this.#rests.delete(group);
    const restMs = RESTS_MS[Math.min(inVain, RESTS_MS.length - 1)]!;
    this.#rests.set(group, { inVain: inVain + 1, untilMs: atMs + restMs });
  }

  repaired(group: string): void {
    this.#rests.delete(group);
  }
}
