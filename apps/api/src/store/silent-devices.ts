// Which devices are there and give nothing: several people asked them on different days, and none got what it was to have. Read
// now and then of each, and when somebody has said something of it. Knows not what follows.
import type { Database } from '../db/client.ts';
import { type FailedAudit, failedAuditsOf } from '../db/queries/store-audits.ts';

const LEAST_PEOPLE = 3;
/** From one evening to the next morning: a network that fails for an afternoon is nobody's fault. */
const LEAST_APART_MS = 15 * 60 * 60_000;
/** Audits are forgotten after a month; whoever keeps nothing any more is not asked again. */
const READ_EVERY_MS = 60 * 60_000;

/** @param failed all since the last that was good, in order */
export function isSilent(failed: readonly FailedAudit[]): boolean {
  const [first, last] = [failed[0], failed.at(-1)];
  if (!first || !last || last.concludedAt - first.concludedAt < LEAST_APART_MS) return false;
  return new Set(failed.map(({ auditorOwnerId }) => auditorOwnerId)).size >= LEAST_PEOPLE;
}

export class SilentDevices {
  readonly #db: Database;
  readonly #known = new Map<string, { readonly isSilent: boolean; readonly readAtMs: number }>();

  constructor(db: Database) {
    this.#db = db;
  }

  has(deviceId: string, nowMs: number): boolean {
    const known = this.#known.get(deviceId);
    if (known && nowMs - known.readAtMs < READ_EVERY_MS) return known.isSilent;
    const read = { isSilent: isSilent(failedAuditsOf(this.#db, deviceId)), readAtMs: nowMs };
    this.#known.set(deviceId, read);
    return read.isSilent;
  }

  /** An audit of it is concluded. @returns whether it is another one than before */
  audited(deviceId: string, nowMs: number): boolean {
    const before = this.#known.get(deviceId)?.isSilent ?? false;
    this.#known.delete(deviceId);
    return this.has(deviceId, nowMs) !== before;
  }
}
