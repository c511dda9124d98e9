// What this device is to keep and has not got yet: what may be fetched now, and in which order. Fetches nothing.
import { byKey, columnKey } from './column-key.ts';
import type { ColumnShelf } from './column-shelf.ts';
import { gaveWay, groupOf, isStartable, type KeepDuty, type Tries, triedInVain, UNTRIED } from './keep-duty.ts';
import { hasRoomFor, type Room } from './room.ts';

export type RoomNow = Pick<Room, 'offeredBytes' | 'freeBytes'>;

export class KeepAgenda {
  readonly #shelf: ColumnShelf;
  #duties = new Map<string, KeepDuty>();
  readonly #tries = new Map<string, Tries>();

  constructor(shelf: ColumnShelf) {
    this.#shelf = shelf;
  }

  /** @param options.isPart there is more than is said at once: what is not said may be wanted all the same */
  replace(duties: readonly KeepDuty[], { isPart }: { isPart: boolean }): void {
    const told = byKey(duties);
    this.#duties = isPart ? new Map([...this.#duties, ...told]) : told;
    for (const key of this.#tries.keys()) if (!this.#duties.has(key)) this.#tries.delete(key);
  }

  delete(key: string): void {
    this.#duties.delete(key);
    this.#tries.delete(key);
  }

  get(key: string): KeepDuty | undefined {
    return this.#duties.get(key);
  }

  /** What could be fetched now, were it its turn; that which waits longest first. */
  waiting(room: RoomNow, running: ReadonlyMap<string, { duty: KeepDuty }>, nowMs: number): KeepDuty[] {
    const busyGroups = new Set([...running.values()].map(({ duty }) => groupOf(duty)));
    const isWaiting = ([key, duty]: [string, KeepDuty]) =>
      !running.has(key) && !busyGroups.has(groupOf(duty)) && isStartable(duty, this.#triesOf(key), nowMs);
    const waiting = [...this.#duties].filter(isWaiting).map(([, duty]) => duty);
    return waiting.filter((duty) => this.#fits(duty, room)).sort((a, b) => this.#lastMs(a) - this.#lastMs(b));
  }

  began({ column }: KeepDuty, nowMs: number): void {
    const key = columnKey(column);
    this.#tries.set(key, { ...this.#triesOf(key), lastMs: nowMs });
  }

  /** @param how it came to nothing: others had waited, or it did not work */
  ended(key: string, how: 'stopped' | 'in vain', nowMs: number): void {
    if (!this.#duties.has(key)) return;
    this.#tries.set(key, (how === 'stopped' ? gaveWay : triedInVain)(this.#triesOf(key), nowMs));
  }

  forgetTries(key: string): void {
    this.#tries.delete(key);
  }

  /** False, too, for what is here already. */
  #fits({ column, sizeBytes }: KeepDuty, room: RoomNow): boolean {
    const record = this.#shelf.get(column);
    if (record && record.state !== 'fetching') return false;
    const { usedBytes, comingBytes } = this.#shelf.totals;
    // What was begun before has its room already.
    return hasRoomFor(record ? 0 : sizeBytes, { ...room, usedBytes, comingBytes });
  }

  #triesOf(key: string): Tries {
    return this.#tries.get(key) ?? UNTRIED;
  }

  #lastMs({ column }: KeepDuty): number {
    return this.#triesOf(columnKey(column)).lastMs;
  }
}
