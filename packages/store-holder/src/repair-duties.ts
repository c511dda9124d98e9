// Repairs that this device has leased, one at a time: makes the columns, says so, and keeps them for those who are to have
// them. Whoever is too slow has lost the lease, and hears so by not being asked any more.
import { type Clock, Emitter } from '@ferry/webrtc-core';
import { columnKey } from './column-key.ts';
import { GroupRepair, type GroupRepairOptions, type RepairOutcome } from './group-repair.ts';
import type { HolderServer } from './holder-server.ts';
import type { RoomNow } from './keep-agenda.ts';
import { describedIn, type RepairDuty, repairKey } from './repair-duty.ts';
import { hasRoomFor } from './room.ts';

/** A lease is for ten minutes; it goes on for as long as bytes come. */
const RENEW_AFTER_MS = 2 * 60_000;
/** Whoever was to have it has not come for it: the server finds somebody else, and has it made again. */
const MADE_KEPT_MS = 24 * 60 * 60_000;

export interface RepairDutiesOptions extends GroupRepairOptions {
  deviceId: string;
  server: Pick<HolderServer, 'renewLease' | 'repaired'>;
  room: () => Promise<RoomNow>;
  clock: Clock;
}

export interface RepairDutiesEvents {
  change: undefined;
  /** Columns are made: the server can be told. */
  made: undefined;
}

interface Running {
  readonly key: string;
  readonly repair: GroupRepair;
  readonly settled: Promise<void>;
  renewedAtMs: number;
  renewedBytes: number;
}

export class RepairDuties {
  readonly events = new Emitter<RepairDutiesEvents>();
  readonly #options: RepairDutiesOptions;
  #running: Running | undefined;
  /** Of which nothing comes, by {@link repairKey}: the lease runs out, and somebody else tries. */
  readonly #inVain = new Set<string>();

  constructor(options: RepairDutiesOptions) {
    this.#options = options;
  }

  get isBusy(): boolean {
    return this.#running !== undefined;
  }

  /** What the server says now is all that is leased to this device. */
  async take(duties: readonly RepairDuty[]): Promise<void> {
    const wanted = new Map(duties.map((duty) => [repairKey(duty), duty]));
    for (const key of this.#inVain) if (!wanted.has(key)) this.#inVain.delete(key);
    const current = this.#running && wanted.get(this.#running.key);
    if (this.#running && !current) await this.stop();
    await this.#deleteOld(duties);
    for (const duty of duties) await this.#tell(duty);
    if (this.#running && current) await this.#goOn(this.#running, current);
    else await this.#beginNext(duties);
  }

  async stop(): Promise<void> {
    await this.#running?.repair.stop();
    await this.#running?.settled;
  }

  async #beginNext(duties: readonly RepairDuty[]): Promise<void> {
    for (const duty of duties) {
      if (this.#running) return;
      if (!this.#inVain.has(repairKey(duty)) && !this.#isMade(duty) && (await this.#hasRoom(duty))) this.#begin(duty);
    }
  }

  #begin(duty: RepairDuty): void {
    const key = repairKey(duty);
    const repair = new GroupRepair(duty, this.#options);
    const settled = repair.ended.then((outcome) => this.#ended(key, outcome));
    this.#running = { key, repair, settled, renewedAtMs: this.#options.clock.now(), renewedBytes: 0 };
    this.events.emit('change', undefined);
  }

  #ended(key: string, outcome: RepairOutcome): void {
    this.#running = undefined;
    // What is here in part is gone on with, or deleted, with the next look.
    if (outcome === 'wrong' || outcome === 'full') this.#inVain.add(key);
    this.events.emit('change', undefined);
    if (outcome === 'made') this.events.emit('made', undefined);
  }

  async #goOn(running: Running, duty: RepairDuty): Promise<void> {
    const { clock, server, deviceId } = this.#options;
    const { repair } = running;
    repair.update(duty);
    const isDue = clock.now() - running.renewedAtMs >= RENEW_AFTER_MS && repair.movedBytes > running.renewedBytes;
    if (!isDue) return;
    running.renewedAtMs = clock.now();
    running.renewedBytes = repair.movedBytes;
    const { versionId, group, token } = duty;
    // A lease that is lost is not among the duties next time.
    await server.renewLease({ deviceId, versionId, group, token }).catch(() => {});
  }

  /** As long as it is asked for: what was said before was not heard. */
  async #tell(duty: RepairDuty): Promise<void> {
    if (!this.#isMade(duty)) return;
    const { server, deviceId } = this.#options;
    const { versionId, group, token, make } = duty;
    const indexes = make.map(({ index }) => index);
    await server.repaired({ deviceId, versionId, group, token, indexes }).catch(() => {});
  }

  /** What was begun and is not wanted any more, and what nobody came for. */
  async #deleteOld(duties: readonly RepairDuty[]): Promise<void> {
    const { shelf } = this.#options;
    const alive = duties.filter((duty) => !this.#inVain.has(repairKey(duty)));
    const wanted = new Set(
      alive.flatMap((duty) => duty.make.map((column) => columnKey(describedIn(duty, column).column))),
    );
    const isOld = (sinceMs: number) => Date.now() - sinceMs >= MADE_KEPT_MS;
    const old = shelf.in('making', 'made').filter(({ column, state, sinceMs }) => {
      return state === 'making' ? !wanted.has(columnKey(column)) : isOld(sinceMs);
    });
    for (const { column } of old) await shelf.delete(column);
  }

  #isMade(duty: RepairDuty): boolean {
    return duty.make.every((column) => this.#options.shelf.isWhole(describedIn(duty, column).column));
  }

  /** Room for what is to be made, although it is not kept here. */
  async #hasRoom(duty: RepairDuty): Promise<boolean> {
    const { shelf, room } = this.#options;
    const missing = duty.make.filter((column) => !shelf.get(describedIn(duty, column).column));
    const neededBytes = missing.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const { usedBytes, comingBytes } = shelf.totals;
    return hasRoomFor(neededBytes, { ...(await room()), usedBytes, comingBytes });
  }
}
