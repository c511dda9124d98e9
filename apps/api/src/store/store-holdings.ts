// Who keeps what of each version, read once and kept until it changes: a page of the list shows fifty files, each of hundreds
// of groups. How safe one is follows from that and from who is online now.
import type { StoreHealth } from '@ferry/shared';
import type { Database } from '../db/client.ts';
import { type HeldRun, heldRuns } from '../db/queries/store-place-runs.ts';
import { isUnderRepair } from '../db/queries/store-repair-state.ts';
import type { VersionRow } from '../db/queries/store-versions.ts';
import type { Code } from './code.ts';
import { groupCode } from './group-code.ts';
import { type Segment, segmentsOf } from './segments.ts';
import { type HealthFacts, storeHealth } from './store-health.ts';
import type { StorePool } from './store-pool.ts';
import { groupCount } from './stored-size.ts';
import { uploaderHasFile } from './uploader-has-file.ts';

/** Runs that are remembered of all versions together: some ten megabytes. */
const MOST_RUNS = 100_000;

type Version = Pick<VersionRow, 'versionId' | 'sizeBytes' | 'k' | 'n' | 'acceptedAt' | 'uploaderDeviceId'>;

interface Holdings {
  readonly runs: readonly HeldRun[];
  readonly segments: readonly Segment[];
}

export class StoreHoldings {
  readonly #db: Database;
  readonly #pool: StorePool;
  /** The one that was asked for last comes last. */
  readonly #known = new Map<string, Holdings>();
  #runCount = 0;

  constructor(db: Database, pool: StorePool) {
    this.#db = db;
    this.#pool = pool;
  }

  runs(version: Version): readonly HeldRun[] {
    return this.#holdings(version).runs;
  }

  segments(version: Version): readonly Segment[] {
    return this.#holdings(version).segments;
  }

  health(version: Version, nowMs: number): StoreHealth {
    return storeHealth(this.facts(version, nowMs));
  }

  facts(version: Version, nowMs: number): HealthFacts {
    const { versionId, sizeBytes, uploaderDeviceId } = version;
    return {
      sizeBytes,
      code: codeOf(version),
      segments: this.#holdings(version).segments,
      peers: this.#pool.peers(nowMs),
      nowMs,
      isUploaderThere: uploaderHasFile(version, nowMs) && this.#pool.onlineSinceMs(uploaderDeviceId) !== undefined,
      isBeingRepaired: isUnderRepair(this.#db, versionId, nowMs),
    };
  }

  /** Somebody keeps more or less of it. */
  forget(versionId: string): void {
    const known = this.#known.get(versionId);
    if (!known) return;
    this.#known.delete(versionId);
    this.#runCount -= known.runs.length;
  }

  #holdings(version: Version): Holdings {
    const { versionId } = version;
    const known = this.#known.get(versionId);
    this.forget(versionId);
    const holdings = known ?? this.#read(version);
    this.#known.set(versionId, holdings);
    this.#runCount += holdings.runs.length;
    for (const oldest of this.#known.keys()) {
      if (this.#runCount <= MOST_RUNS || oldest === versionId) break;
      this.forget(oldest);
    }
    return holdings;
  }

  #read(version: Version): Holdings {
    const code = codeOf(version);
    if (!code) return { runs: [], segments: [] };
    const { versionId, sizeBytes } = version;
    const runs = heldRuns(this.#db, versionId);
    const last = groupCount(sizeBytes, code.k) - 1;
    const cuts = last > 0 && groupCode(code, sizeBytes, last).absent > 0 ? [last] : [];
    return { runs, segments: segmentsOf(runs, last + 1, cuts) };
  }
}

/** Null as long as nobody could keep it. */
export function codeOf({ k, n }: Pick<VersionRow, 'k' | 'n'>): Code | null {
  return k === null || n === null ? null : { k, n };
}
