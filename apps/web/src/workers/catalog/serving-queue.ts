// Whose turn it is: a few people are served at once, each whatever they fetch, and the others wait in a line that goes
// round. Pure: decides from what it is told, and from the time it is told.
import type { PauseReason, QueuePlace } from '@ferry/webrtc-core';
import { isPresent, isSmall, type Person, type QueuedDownload } from './queued-person.ts';
import { ServingLine } from './serving-line.ts';

const MOST_WAITING = 200;
const MOST_OF_ONE_USER = 20;
/** They wait for nobody; this bounds what one person can have begun at once. */
const MOST_SMALL_OF_ONE_USER = 100;

export type QueueDecision =
  | { moves: true; place: QueuePlace }
  | { moves: false; reason: Extract<PauseReason, 'queue' | 'user'>; place: QueuePlace };

export class ServingQueue {
  /** How many people are served at once. */
  slots: number;
  /** Nobody is served. */
  isPaused = false;
  readonly #line = new ServingLine();

  constructor(slots: number) {
    this.slots = slots;
  }

  /**
   * Somebody asks for something; what is known already is so again.
   * @returns false when too many wait already
   */
  enter(download: QueuedDownload, nowMs: number): boolean {
    const person = this.#line.get(download.userId);
    const known = person?.downloads.get(download.transferId);
    if (!known && !this.#hasRoom(download, person)) return false;
    const entered = person ?? this.#line.join(download.userId, nowMs);
    entered.downloads.set(download.transferId, { ...download, isActive: known?.isActive ?? true });
    this.#line.update(entered, nowMs);
    return true;
  }

  /** Whether it could move now, were it its turn. */
  setActive(transferId: string, isActive: boolean, nowMs: number): void {
    const person = this.#line.withDownload(transferId);
    const download = person?.downloads.get(transferId);
    if (!person || !download || download.isActive === isActive) return;
    download.isActive = isActive;
    this.#line.update(person, nowMs);
  }

  /** @param keepsPlace whoever asked is gone, and may come back; else it has ended */
  leave(transferId: string, { keepsPlace }: { keepsPlace: boolean }, nowMs: number): void {
    const person = this.#line.withDownload(transferId);
    if (!person) return;
    person.downloads.delete(transferId);
    this.#line.update(person, nowMs);
    if (person.downloads.size === 0 && !keepsPlace) this.#line.forget(person);
  }

  /** What may move and what waits, by transfer. */
  decide(nowMs: number): Map<string, QueueDecision> {
    this.#line.forgetGone(nowMs);
    if (!this.isPaused) this.#line.giveTurns(this.slots, nowMs);
    const decisions = new Map<string, QueueDecision>();
    const waiting = this.#line.waiting.filter(isPresent).length;
    const first: QueuePlace = { position: 0, waiting, slots: this.slots };
    for (const person of this.#line.served) this.#decideFor(person, first, decisions);
    let ahead = 0;
    for (const person of this.#line.waiting) {
      const isCounted = isPresent(person);
      const place = { position: ahead + 1, waiting: isCounted ? waiting : waiting + 1, slots: this.slots };
      this.#decideFor(person, place, decisions);
      if (isCounted) ahead++;
    }
    return decisions;
  }

  #decideFor(person: Person, place: QueuePlace, decisions: Map<string, QueueDecision>): void {
    for (const download of person.downloads.values()) {
      const own = isSmall(download) ? { ...place, position: 0 } : place;
      const { transferId } = download;
      if (this.isPaused) decisions.set(transferId, { moves: false, reason: 'user', place: own });
      else if (own.position === 0) decisions.set(transferId, { moves: true, place: own });
      else decisions.set(transferId, { moves: false, reason: 'queue', place: own });
    }
  }

  #hasRoom(download: QueuedDownload, person: Person | undefined): boolean {
    const ofPerson = [...(person?.downloads.values() ?? [])];
    const small = ofPerson.filter(isSmall).length;
    if (isSmall(download)) return small < MOST_SMALL_OF_ONE_USER;
    const waiting = this.#line.waiting.reduce((sum, { downloads }) => sum + downloads.size, 0);
    return ofPerson.length - small < MOST_OF_ONE_USER && waiting < MOST_WAITING;
  }
}
