// Whose turn it is: a few are served at once, each whatever they fetch, and the others wait in a line that goes round.
// Pure: decides from what it is told, and from the time it is told.
import type { PauseReason, QueuePlace } from '@ferry/webrtc-core';
import { isPresent, isSmall, type QueuedDownload, type Requester } from './queued-requester.ts';
import { ServingLine } from './serving-line.ts';

const MOST_WAITING = 200;
const MOST_OF_ONE = 20;
/** They wait for nobody; this bounds what one requester can have begun at once. */
const MOST_SMALL_OF_ONE = 100;

export type QueueDecision =
  | { moves: true; place: QueuePlace }
  | { moves: false; reason: Extract<PauseReason, 'queue' | 'user'>; place: QueuePlace };

export interface ServingQueueOptions {
  /** How many are served at once. */
  slots: number;
  /** See {@link ServingLine}. */
  turnMs: number;
}

export class ServingQueue {
  slots: number;
  /** Nobody is served. */
  isPaused = false;
  readonly #line: ServingLine;

  constructor({ slots, turnMs }: ServingQueueOptions) {
    this.slots = slots;
    this.#line = new ServingLine(turnMs);
  }

  /**
   * Somebody asks for something; what is known already is so again.
   * @returns false when too many wait already
   */
  enter(download: QueuedDownload, nowMs: number): boolean {
    const requester = this.#line.get(download.requesterId);
    const known = requester?.downloads.get(download.transferId);
    if (!known && !this.#hasRoom(download, requester)) return false;
    const entered = requester ?? this.#line.join(download.requesterId, nowMs);
    entered.downloads.set(download.transferId, { ...download, isActive: known?.isActive ?? true });
    this.#line.update(entered, nowMs);
    return true;
  }

  /** Whether it could move now, were it its turn. */
  setActive(transferId: string, isActive: boolean, nowMs: number): void {
    const requester = this.#line.withDownload(transferId);
    const download = requester?.downloads.get(transferId);
    if (!requester || !download || download.isActive === isActive) return;
    download.isActive = isActive;
    this.#line.update(requester, nowMs);
  }

  /** @param keepsPlace whoever asked is gone, and may come back; else it has ended */
  leave(transferId: string, { keepsPlace }: { keepsPlace: boolean }, nowMs: number): void {
    const requester = this.#line.withDownload(transferId);
    if (!requester) return;
    requester.downloads.delete(transferId);
    this.#line.update(requester, nowMs);
    if (requester.downloads.size === 0 && !keepsPlace) this.#line.forget(requester);
  }

  /** What may move and what waits, by transfer. */
  decide(nowMs: number): Map<string, QueueDecision> {
    this.#line.forgetGone(nowMs);
    if (!this.isPaused) this.#line.giveTurns(this.slots, nowMs);
    const decisions = new Map<string, QueueDecision>();
    const waiting = this.#line.waiting.filter(isPresent).length;
    const first: QueuePlace = { position: 0, waiting, slots: this.slots };
    for (const requester of this.#line.served) this.#decideFor(requester, first, decisions);
    let ahead = 0;
    for (const requester of this.#line.waiting) {
      const isCounted = isPresent(requester);
      const place = { position: ahead + 1, waiting: isCounted ? waiting : waiting + 1, slots: this.slots };
      this.#decideFor(requester, place, decisions);
      if (isCounted) ahead++;
    }
    return decisions;
  }

  #decideFor(requester: Requester, place: QueuePlace, decisions: Map<string, QueueDecision>): void {
    for (const download of requester.downloads.values()) {
      const own = isSmall(download) ? { ...place, position: 0 } : place;
      const { transferId } = download;
      if (this.isPaused) decisions.set(transferId, { moves: false, reason: 'user', place: own });
      else if (own.position === 0) decisions.set(transferId, { moves: true, place: own });
      else decisions.set(transferId, { moves: false, reason: 'queue', place: own });
    }
  }

  #hasRoom(download: QueuedDownload, requester: Requester | undefined): boolean {
    const ofOne = [...(requester?.downloads.values() ?? [])];
    const small = ofOne.filter(isSmall).length;
    if (isSmall(download)) return small < MOST_SMALL_OF_ONE;
    const waiting = this.#line.waiting.reduce((sum, { downloads }) => sum + downloads.size, 0);
    return ofOne.length - small < MOST_OF_ONE && waiting < MOST_WAITING;
  }
}
