// Looks at every stored version again and again, a few at a time, whether it must be repaired; at those of which something was
// lost at once. Knows no groups: what a look is, it is told.
import type { Database } from '../db/client.ts';
import { versionsToRepair } from '../db/queries/store-versions.ts';

const TICK_MS = 1000;
/** A look at a version of a few gigabytes takes less than a millisecond; nobody shall notice a large one either. */
const LEAST_ROUND_MS = 60_000;
const VERSIONS_A_TICK = 100;
const BUSY_MS_A_TICK = 25;

export class RepairRounds {
  readonly #db: Database;
  readonly #beginLook: () => (versionId: string) => void;
  readonly #urgent = new Set<string>();
  #waiting: string[] = [];
  /** Where this round is. */
  #cursor = '';
  #roundStartedMs = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** @param beginLook once for all that are looked at together */
  constructor(db: Database, beginLook: () => (versionId: string) => void) {
    this.#db = db;
    this.#beginLook = beginLook;
  }

  start(): void {
    this.#timer ??= setInterval(() => this.tick(performance.now()), TICK_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  /** Before its turn. */
  soon(versionIds: Iterable<string>): void {
    for (const versionId of versionIds) this.#urgent.add(versionId);
  }

  tick(nowMs: number): void {
    const untilMs = performance.now() + BUSY_MS_A_TICK;
    let look: ((versionId: string) => void) | undefined;
    for (let looked = 0; looked < VERSIONS_A_TICK && performance.now() < untilMs; looked++) {
      const versionId = this.#next(nowMs);
      if (versionId === undefined) return;
      look ??= this.#beginLook();
      look(versionId);
    }
  }

  #next(nowMs: number): string | undefined {
    const [urgent] = this.#urgent;
    if (urgent !== undefined) {
      this.#urgent.delete(urgent);
      return urgent;
    }
    if (this.#waiting.length === 0) this.#waiting = this.#read(nowMs);
    const versionId = this.#waiting.shift();
    if (versionId !== undefined) this.#cursor = versionId;
    return versionId;
  }

  #read(nowMs: number): string[] {
    if (this.#cursor === '') {
      if (nowMs - this.#roundStartedMs < LEAST_ROUND_MS) return [];
      this.#roundStartedMs = nowMs;
    }
    const versionIds = versionsToRepair(this.#db, this.#cursor, VERSIONS_A_TICK);
    if (versionIds.length === 0) this.#cursor = '';
    return versionIds;
  }
}
