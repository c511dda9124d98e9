// Fetches what this device is to keep, two columns at a time, as long as there is room, and lets go of what it is not to
// keep any more. Signs nothing: whatever is whole is on the shelf as `fetched`.
import type { Column } from '@ferry/shared';
import { type Clock, Emitter, type Exchange, type TransferId } from '@ferry/webrtc-core';
import { ColumnFetch } from './column-fetch.ts';
import { columnKey } from './column-key.ts';
import type { ColumnShelf } from './column-shelf.ts';
import type { FetchOutcome } from './fetch-outcome.ts';
import { IdleReview, type Mover } from './idle-review.ts';
import { KeepAgenda, type RoomNow } from './keep-agenda.ts';
import type { KeepDuty } from './keep-duty.ts';
import { MovedColumns } from './moved-columns.ts';
import { provenOutcome } from './proven-outcome.ts';

const MOST_AT_ONCE = 2;

export interface KeepDutiesOptions {
  exchange: Exchange;
  shelf: ColumnShelf;
  /** As it is now, but for what is fetched here. */
  room: () => Promise<RoomNow>;
  clock: Clock;
  /** See {@link ColumnFetch}. */
  own: Set<TransferId>;
}

export interface KeepDutiesEvents {
  /** A fetch began, moved or ended. */
  change: undefined;
  /** A column is whole: its receipt can be signed. */
  fetched: Column;
  /** The disk had no room, though it was thought to have. */
  full: undefined;
}

/** As it may be shown. */
export interface FetchUnderWay {
  readonly column: Column;
  readonly sizeBytes: number;
  readonly doneBytes: number;
  /** What came in this go. */
  readonly movedBytes: number;
  /** Somebody has it, and gives to others first. */
  readonly isQueued: boolean;
}

interface Running {
  readonly duty: KeepDuty;
  readonly fetch: ColumnFetch;
  readonly settled: Promise<void>;
}

export class KeepDuties {
  readonly events = new Emitter<KeepDutiesEvents>();
  readonly #options: KeepDutiesOptions;
  readonly #agenda: KeepAgenda;
  readonly #review: IdleReview;
  readonly #running = new Map<string, Running>();
  readonly #moved = new MovedColumns();
  #isStarting = false;
  #isStopped = false;

  constructor(options: KeepDutiesOptions) {
    this.#options = options;
    this.#agenda = new KeepAgenda(options.shelf);
    this.#review = new IdleReview({
      ...{ clock: options.clock, count: () => this.#running.size },
      review: (isIdle) => this.#makeWay(isIdle),
    });
  }

  get underWay(): FetchUnderWay[] {
    return [...this.#running.values()].map(
      ({ duty: { column, sizeBytes }, fetch: { doneBytes, movedBytes, isQueued } }) => {
        return { column, sizeBytes, doneBytes, movedBytes, isQueued };
      },
    );
  }

  /** Columns of which bytes came since this was asked last. */
  takeMoved(): Column[] {
    for (const { duty, fetch } of this.#running.values()) this.#moved.look(duty.column, fetch);
    return this.#moved.take();
  }

  /**
   * What the server says now is all there is to keep; resolves when nothing else is being fetched.
   * @param options.isPart there is more than it says at once: what it does not say may be wanted all the same
   */
  async take(duties: readonly KeepDuty[], { isPart = false } = {}): Promise<void> {
    const { shelf, room } = this.#options;
    this.#agenda.replace(duties, { isPart });
    // Less is offered than there was: what is not here yet is not begun to be kept.
    const isTooMuch = shelf.totals.usedBytes > (await room()).offeredBytes;
    const isGone = (key: string) => isTooMuch || !(isPart || this.#agenda.get(key));
    await Promise.all([...this.#running].filter(([key]) => isGone(key)).map(([, running]) => stopped(running)));
    for (const { column } of shelf.in('fetching')) {
      const key = columnKey(column);
      if (isGone(key) && !this.#running.has(key)) await shelf.delete(column);
    }
    for (const [key, { duty, fetch }] of this.#running) fetch.setSources(onlineOf(this.#agenda.get(key) ?? duty));
    await this.#start();
  }

  /** It is not wanted any more; resolves when its files are free. */
  async drop(column: Column): Promise<void> {
    const key = columnKey(column);
    this.#agenda.delete(key);
    const running = this.#running.get(key);
    if (running) await stopped(running);
  }

  /** Fetches nothing any more; what is here in part stays. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#review.stop();
    await Promise.all([...this.#running.values()].map(stopped));
  }

  /** Begins what can be begun now. */
  async #start(): Promise<void> {
    if (this.#isStarting || this.#isStopped) return;
    this.#isStarting = true;
    try {
      const room = await this.#options.room();
      for (let duty = this.#next(room); duty && !this.#isStopped; duty = this.#next(room)) await this.#begin(duty);
    } finally {
      this.#isStarting = false;
    }
    this.#review.later();
  }

  #next(room: RoomNow): KeepDuty | undefined {
    return this.#running.size < MOST_AT_ONCE ? this.#waiting(room)[0] : undefined;
  }

  #waiting(room: RoomNow): KeepDuty[] {
    return this.#agenda.waiting(room, this.#running, this.#options.clock.now());
  }

  async #begin(duty: KeepDuty): Promise<void> {
    const { exchange, shelf, clock, own } = this.#options;
    const { column, sizeBytes, contentId } = duty;
    this.#agenda.began(duty, clock.now());
    // Before its store is made: a store that nobody remembers is deleted.
    if (!shelf.get(column)) await shelf.put({ column, sizeBytes, contentId, state: 'fetching' });
    const fetch = new ColumnFetch({
      ...{ exchange, stores: shelf.stores, clock, own, column, sizeBytes, contentId },
      from: onlineOf(duty),
    });
    const settled = fetch.ended.then((outcome) => {
      this.#moved.look(column, fetch);
      return this.#ended(duty, outcome);
    });
    this.#running.set(columnKey(column), { duty, fetch, settled });
    this.events.emit('change', undefined);
  }

  async #ended(duty: KeepDuty, fetched: FetchOutcome): Promise<void> {
    const { shelf, clock } = this.#options;
    const { column } = duty;
    const key = columnKey(column);
    const outcome = await provenOutcome(fetched, { shelf, column, told: this.#agenda.get(key)?.contentId ?? null });
    // What could not be remembered is fetched again, which costs little: its bytes are here.
    const isKept = outcome.type === 'whole' && (await this.#remember(duty, outcome.contentId));
    if (isKept) this.#agenda.forgetTries(key);
    else this.#agenda.ended(key, outcome.type === 'stopped' ? 'stopped' : 'in vain', clock.now());
    // What does not fit is in the way of what does; what is wrong would be found to be whole.
    if (outcome.type === 'full' || outcome.type === 'wrong') await shelf.delete(column).catch(() => {});
    this.#running.delete(key);
    this.events.emit('change', undefined);
    if (isKept) this.events.emit('fetched', column);
    if (outcome.type === 'full') this.events.emit('full', undefined);
    // The next look begins what cannot be begun now.
    await this.#start().catch(() => {});
  }

  async #remember({ column, sizeBytes }: KeepDuty, contentId: string): Promise<boolean> {
    const { shelf } = this.#options;
    return shelf.put({ column, sizeBytes, contentId, state: 'fetched' }).then(
      () => true,
      () => false,
    );
  }

  /** Whatever holds a place and does not move makes way, while others wait. */
  async #makeWay(isIdle: (mover: Mover) => boolean): Promise<void> {
    if (this.#waiting(await this.#options.room()).length === 0) return;
    await Promise.all([...this.#running.values()].filter(({ fetch }) => isIdle(fetch)).map(stopped));
  }
}

function onlineOf({ from }: KeepDuty): KeepDuty['from'] {
  return from.filter(({ isOnline }) => isOnline);
}

async function stopped({ fetch, settled }: Running): Promise<void> {
  await fetch.stop();
  await settled;
}
