// Lets those move whose turn it is, and tells the others their place: what the queue decides, done to transfers. Decides
// nothing itself.
import { type Clock, isEnded, type Outgoing } from '@ferry/webrtc-core';
import type { QueuedDownload } from './queued-requester.ts';
import { type QueueDecision, ServingQueue, type ServingQueueOptions } from './serving-queue.ts';

/** Turns end while nothing else happens. */
const LOOK_AFTER_MS = 5000;

/** Something that is served. */
export interface TakesTurns {
  /** Whoever has the bytes paused this one. */
  isPaused: boolean;
  /** In the queue, as told last. */
  place?: string;
}

export interface ServingTurnsOptions extends ServingQueueOptions {
  /** All that is served, by transfer. */
  served: { readonly size: number; get(transferId: string): TakesTurns | undefined };
  outgoing: (transferId: string) => Outgoing | undefined;
  clock: Clock;
}

export class ServingTurns {
  readonly #options: ServingTurnsOptions;
  readonly #queue: ServingQueue;
  #isLooking = false;
  #isBalancing = false;

  constructor(options: ServingTurnsOptions) {
    this.#options = options;
    this.#queue = new ServingQueue(options);
  }

  /** @param isPaused nobody is served */
  apply({ slots, isPaused }: { slots: number; isPaused: boolean }): void {
    this.#queue.slots = Math.max(1, slots);
    this.#queue.isPaused = isPaused;
    this.#balance();
  }

  /** @returns false when too many wait already */
  enter(download: QueuedDownload): boolean {
    return this.#queue.enter(download, this.#nowMs());
  }

  /** It can move now, or cannot any more. */
  changed(outgoing: Outgoing, served: TakesTurns): void {
    this.#queue.setActive(outgoing.transfer, isActive(outgoing, served), this.#nowMs());
    this.#balance();
    this.#lookLater();
  }

  /** @param keepsPlace whoever asked is gone, and may come back; else it has ended */
  leave(transferId: string, { keepsPlace }: { keepsPlace: boolean }): void {
    this.#queue.leave(transferId, { keepsPlace }, this.#nowMs());
    this.#balance();
  }

  /** Once for all that changes in one task. */
  #balance(): void {
    if (this.#isBalancing) return;
    this.#isBalancing = true;
    queueMicrotask(() => {
      this.#isBalancing = false;
      for (const [transferId, decision] of this.#queue.decide(this.#nowMs())) {
        const served = this.#options.served.get(transferId);
        const outgoing = this.#options.outgoing(transferId);
        if (!served || !outgoing || isEnded(outgoing.state)) continue;
        const place = JSON.stringify(decision.place);
        if (served.place !== place) outgoing.tellPlace(decision.place);
        served.place = place;
        if (!served.isPaused) obey(outgoing, decision);
      }
    });
  }

  #lookLater(): void {
    if (this.#isLooking || this.#options.served.size === 0) return;
    this.#isLooking = true;
    this.#options.clock.after(LOOK_AFTER_MS, () => {
      this.#isLooking = false;
      this.#balance();
      this.#lookLater();
    });
  }

  #nowMs(): number {
    return this.#options.clock.now();
  }
}

/** It could move now, were it its turn. */
function isActive({ state }: Outgoing, { isPaused }: TakesTurns): boolean {
  if (isPaused) return false;
  if (state.status === 'paused') return state.connected && state.by.peer === null;
  // Whoever has not accepted it has no room for it, perhaps.
  return state.status === 'serving';
}

function obey(outgoing: Outgoing, decision: QueueDecision): void {
  const { state } = outgoing;
  // Whoever is gone, or stopped by themselves, need not be told to wait.
  if (state.status !== 'serving' && !(state.status === 'paused' && state.by.me)) return;
  const pausedBy = state.status === 'paused' ? state.by.me : null;
  if (decision.moves && pausedBy) outgoing.resume();
  if (!decision.moves && pausedBy !== decision.reason) outgoing.pause(decision.reason);
}
