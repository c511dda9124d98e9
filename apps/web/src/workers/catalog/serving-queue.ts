// Whose turn it is: a few people are served at once, each whatever they fetch, and the others wait in a line that goes
// round. Pure: decides from what it is told, and from the time it is told.
import type { PauseReason, QueuePlace } from '@ferry/webrtc-core';

/** Done before it would be worth a place. */
const SMALL_BYTES = 512 * 1024;
/** Whoever is served this long while others wait goes to the end of the line, with all that is left. */
const TURN_MS = 10 * 60_000;
/** Whoever lost the link and is back by then has the place again. */
const PLACE_KEPT_MS = 10 * 60_000;
const MOST_WAITING = 200;
const MOST_OF_ONE_USER = 20;
/** They wait for nobody; this bounds what one person can have begun at once. */
const MOST_SMALL_OF_ONE_USER = 100;

export interface QueuedDownload {
  transferId: string;
  userId: string;
  sizeBytes: number;
}

export type QueueDecision =
  | { moves: true; place: QueuePlace }
  | { moves: false; reason: Extract<PauseReason, 'queue' | 'user'>; place: QueuePlace };

interface Download extends QueuedDownload {
  /** Whoever asked for it can be reached, and has not stopped it. */
  isActive: boolean;
}

interface Person {
  userId: string;
  downloads: Map<string, Download>;
  /** When the present turn began; undefined in the line. */
  servedSinceMs: number | undefined;
  /** Since when nothing of it could move; undefined while something can. */
  awaySinceMs: number | undefined;
}

export class ServingQueue {
  /** How many people are served at once. */
  slots: number;
  /** Nobody is served. */
  isPaused = false;
  readonly #people = new Map<string, Person>();
  /** Everybody who has no slot, those who are away among them. */
  #line: Person[] = [];

  constructor(slots: number) {
    this.slots = slots;
  }

  /**
   * Somebody asks for something; what is known already is so again.
   * @returns false when too many wait already
   */
  enter(download: QueuedDownload, nowMs: number): boolean {
    const person = this.#people.get(download.userId);
    const known = person?.downloads.get(download.transferId);
    if (!known && !this.#hasRoom(download, person)) return false;
    const entered = person ?? this.#newPerson(download.userId, nowMs);
    entered.downloads.set(download.transferId, { ...download, isActive: known?.isActive ?? true });
    this.#update(entered, nowMs);
    return true;
  }

  /** Whether it could move now, were it its turn. */
  setActive(transferId: string, isActive: boolean, nowMs: number): void {
    const person = this.#personOf(transferId);
    const download = person?.downloads.get(transferId);
    if (!person || !download || download.isActive === isActive) return;
    download.isActive = isActive;
    this.#update(person, nowMs);
  }

  /** @param keepsPlace whoever asked is gone, and may come back; else it has ended */
  leave(transferId: string, { keepsPlace }: { keepsPlace: boolean }, nowMs: number): void {
    const person = this.#personOf(transferId);
    if (!person) return;
    person.downloads.delete(transferId);
    this.#update(person, nowMs);
    if (person.downloads.size === 0 && !keepsPlace) this.#forget(person);
  }

  /** What may move and what waits, by transfer. */
  decide(nowMs: number): Map<string, QueueDecision> {
    for (const person of this.#people.values()) if (this.#isGone(person, nowMs)) this.#forget(person);
    this.#giveTurns(nowMs);
    const decisions = new Map<string, QueueDecision>();
    const waiting = this.#line.filter(isPresent).length;
    const served: QueuePlace = { position: 0, waiting, slots: this.slots };
    for (const person of this.#people.values()) {
      if (person.servedSinceMs !== undefined) this.#decideFor(person, served, decisions);
    }
    let ahead = 0;
    for (const person of this.#line) {
      const isCounted = isPresent(person);
      const place = { position: ahead + 1, waiting: isCounted ? waiting : waiting + 1, slots: this.slots };
      this.#decideFor(person, place, decisions);
      if (isCounted) ahead++;
    }
    return decisions;
  }

  #decideFor(person: Person, place: QueuePlace, decisions: Map<string, QueueDecision>): void {
    for (const { transferId, sizeBytes } of person.downloads.values()) {
      const own = isSmall(sizeBytes) ? { ...place, position: 0 } : place;
      if (this.isPaused) decisions.set(transferId, { moves: false, reason: 'user', place: own });
      else if (own.position === 0) decisions.set(transferId, { moves: true, place: own });
      else decisions.set(transferId, { moves: false, reason: 'queue', place: own });
    }
  }

  #giveTurns(nowMs: number): void {
    if (this.isPaused) return;
    const served = [...this.#people.values()]
      .filter(({ servedSinceMs }) => servedSinceMs !== undefined)
      .sort((a, b) => a.servedSinceMs! - b.servedSinceMs!);
    // There are fewer slots than there were: the last ones in are the next ones again.
    while (served.length > this.slots) this.#toLine(served.pop()!, 'front');
    const next = this.#line.filter(isPresent);
    for (const person of next) {
      if (served.length === this.slots) {
        const longest = served[0];
        if (!longest || nowMs - longest.servedSinceMs! < TURN_MS) return;
        served.shift();
        this.#toLine(longest, 'end');
      }
      this.#line.splice(this.#line.indexOf(person), 1);
      person.servedSinceMs = nowMs;
      served.push(person);
    }
  }

  #toLine(person: Person, where: 'front' | 'end'): void {
    person.servedSinceMs = undefined;
    if (where === 'front') this.#line.unshift(person);
    else this.#line.push(person);
  }

  /** Something of a person's is different: is there anything left to be served now? */
  #update(person: Person, nowMs: number): void {
    const canMove = [...person.downloads.values()].some(({ isActive, sizeBytes }) => isActive && !isSmall(sizeBytes));
    if (canMove && person.awaySinceMs !== undefined) {
      const hasPlace = nowMs - person.awaySinceMs <= PLACE_KEPT_MS;
      person.awaySinceMs = undefined;
      if (hasPlace) return;
      this.#line.splice(this.#line.indexOf(person), 1);
      this.#line.push(person);
    } else if (!canMove && person.awaySinceMs === undefined) {
      person.awaySinceMs = nowMs;
      // Nobody waits for somebody who is away, who is the next one when back.
      if (person.servedSinceMs !== undefined) this.#toLine(person, 'front');
    }
  }

  #newPerson(userId: string, nowMs: number): Person {
    const person: Person = { userId, downloads: new Map(), servedSinceMs: undefined, awaySinceMs: nowMs };
    this.#people.set(userId, person);
    this.#line.push(person);
    return person;
  }

  #hasRoom({ sizeBytes }: QueuedDownload, person: Person | undefined): boolean {
    const ofPerson = [...(person?.downloads.values() ?? [])];
    const small = ofPerson.filter((other) => isSmall(other.sizeBytes)).length;
    if (isSmall(sizeBytes)) return small < MOST_SMALL_OF_ONE_USER;
    const waiting = this.#line.reduce((sum, { downloads }) => sum + downloads.size, 0);
    return ofPerson.length - small < MOST_OF_ONE_USER && waiting < MOST_WAITING;
  }

  #personOf(transferId: string): Person | undefined {
    for (const person of this.#people.values()) if (person.downloads.has(transferId)) return person;
    return undefined;
  }

  #isGone({ downloads, awaySinceMs }: Person, nowMs: number): boolean {
    return downloads.size === 0 && awaySinceMs !== undefined && nowMs - awaySinceMs > PLACE_KEPT_MS;
  }

  #forget(person: Person): void {
    this.#people.delete(person.userId);
    this.#line = this.#line.filter((other) => other !== person);
  }
}

function isPresent({ awaySinceMs }: Person): boolean {
  return awaySinceMs === undefined;
}

function isSmall(sizeBytes: number): boolean {
  return sizeBytes < SMALL_BYTES;
}
