// The line of people who wait, and the few who are served: who comes, who has been gone too long, and whose turn it is. Pure;
// knows no downloads but that somebody has some.
import { canMove, isPresent, type Person } from './queued-person.ts';

/** Whoever is served this long while others wait goes to the end of the line, with all that is left. */
const TURN_MS = 10 * 60_000;
/** Whoever lost the link and is back by then has the place again. */
const PLACE_KEPT_MS = 10 * 60_000;

export class ServingLine {
  readonly #people = new Map<string, Person>();
  /** Everybody who has no slot, those who are away among them. */
  #line: Person[] = [];

  /** Those who have a slot. */
  get served(): Person[] {
    return [...this.#people.values()].filter(({ servedSinceMs }) => servedSinceMs !== undefined);
  }

  get waiting(): readonly Person[] {
    return this.#line;
  }

  get(userId: string): Person | undefined {
    return this.#people.get(userId);
  }

  /** Whose download it is. */
  withDownload(transferId: string): Person | undefined {
    for (const person of this.#people.values()) if (person.downloads.has(transferId)) return person;
    return undefined;
  }

  /** Somebody new, at its end. */
  join(userId: string, nowMs: number): Person {
    const person: Person = { userId, downloads: new Map(), servedSinceMs: undefined, awaySinceMs: nowMs };
    this.#people.set(userId, person);
    this.#line.push(person);
    return person;
  }

  forget(person: Person): void {
    this.#people.delete(person.userId);
    this.#line = this.#line.filter((other) => other !== person);
  }

  /** Something of a person's is different: is there anything left to be served now? */
  update(person: Person, nowMs: number): void {
    const isThere = canMove(person);
    if (isThere && person.awaySinceMs !== undefined) {
      const hasPlace = nowMs - person.awaySinceMs <= PLACE_KEPT_MS;
      person.awaySinceMs = undefined;
      if (hasPlace) return;
      this.#line.splice(this.#line.indexOf(person), 1);
      this.#line.push(person);
    } else if (!isThere && person.awaySinceMs === undefined) {
      person.awaySinceMs = nowMs;
      // Nobody waits for somebody who is away, who is the next one when back.
      if (person.servedSinceMs !== undefined) this.#toLine(person, 'front');
    }
  }

  /** Whoever has nothing here any more, and was away for too long, has no place. */
  forgetGone(nowMs: number): void {
    for (const person of [...this.#people.values()]) {
      const { downloads, awaySinceMs } = person;
      const isGone = downloads.size === 0 && awaySinceMs !== undefined && nowMs - awaySinceMs > PLACE_KEPT_MS;
      if (isGone) this.forget(person);
    }
  }

  giveTurns(slots: number, nowMs: number): void {
    const served = this.served.sort((a, b) => a.servedSinceMs! - b.servedSinceMs!);
    // There are fewer slots than there were: the last ones in are the next ones again.
    while (served.length > slots) this.#toLine(served.pop()!, 'front');
    for (const person of this.#line.filter(isPresent)) {
      if (served.length === slots) {
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
}
