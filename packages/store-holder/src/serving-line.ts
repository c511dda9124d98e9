// The line of those who wait, and the few who are served: who comes, who has been gone too long, and whose turn it is. Pure;
// knows no downloads but that somebody has some.
import { canMove, isPresent, type Requester } from './queued-requester.ts';

/** Whoever lost the link and is back by then has the place again. */
const PLACE_KEPT_MS = 10 * 60_000;

export class ServingLine {
  readonly #turnMs: number;
  readonly #requesters = new Map<string, Requester>();
  /** Everybody who has no slot, those who are away among them. */
  #line: Requester[] = [];

  /** @param turnMs whoever is served this long while others wait goes to the end of the line, with all that is left */
  constructor(turnMs: number) {
    this.#turnMs = turnMs;
  }

  /** Those who have a slot. */
  get served(): Requester[] {
    return [...this.#requesters.values()].filter(({ servedSinceMs }) => servedSinceMs !== undefined);
  }

  get waiting(): readonly Requester[] {
    return this.#line;
  }

  get(requesterId: string): Requester | undefined {
    return this.#requesters.get(requesterId);
  }

  /** Whose download it is. */
  withDownload(transferId: string): Requester | undefined {
    for (const requester of this.#requesters.values()) if (requester.downloads.has(transferId)) return requester;
    return undefined;
  }

  /** Somebody new, at its end. */
  join(requesterId: string, nowMs: number): Requester {
    const requester: Requester = {
      requesterId,
      downloads: new Map(),
      servedSinceMs: undefined,
      awaySinceMs: nowMs,
    };
    this.#requesters.set(requesterId, requester);
    this.#line.push(requester);
    return requester;
  }

  forget(requester: Requester): void {
    this.#requesters.delete(requester.requesterId);
    this.#line = this.#line.filter((other) => other !== requester);
  }

  /** Something of somebody's is different: is there anything left to be served now? */
  update(requester: Requester, nowMs: number): void {
    const isThere = canMove(requester);
    if (isThere && requester.awaySinceMs !== undefined) {
      const hasPlace = nowMs - requester.awaySinceMs <= PLACE_KEPT_MS;
      requester.awaySinceMs = undefined;
      if (hasPlace) return;
      this.#line.splice(this.#line.indexOf(requester), 1);
      this.#line.push(requester);
    } else if (!isThere && requester.awaySinceMs === undefined) {
      requester.awaySinceMs = nowMs;
      // Nobody waits for somebody who is away, who is the next one when back.
      if (requester.servedSinceMs !== undefined) this.#toLine(requester, 'front');
    }
  }

  /** Whoever has nothing here any more, and was away for too long, has no place. */
  forgetGone(nowMs: number): void {
    for (const requester of [...this.#requesters.values()]) {
      const { downloads, awaySinceMs } = requester;
      const isGone = downloads.size === 0 && awaySinceMs !== undefined && nowMs - awaySinceMs > PLACE_KEPT_MS;
      if (isGone) this.forget(requester);
    }
  }

  giveTurns(slots: number, nowMs: number): void {
    const served = this.served.sort((a, b) => a.servedSinceMs! - b.servedSinceMs!);
    // There are fewer slots than there were: the last ones in are the next ones again.
    while (served.length > slots) this.#toLine(served.pop()!, 'front');
    for (const requester of this.#line.filter(isPresent)) {
      if (served.length === slots) {
        const longest = served[0];
        if (!longest || nowMs - longest.servedSinceMs! < this.#turnMs) return;
        served.shift();
        this.#toLine(longest, 'end');
      }
      this.#line.splice(this.#line.indexOf(requester), 1);
      requester.servedSinceMs = nowMs;
      served.push(requester);
    }
  }

  #toLine(requester: Requester, where: 'front' | 'end'): void {
    requester.servedSinceMs = undefined;
    if (where === 'front') this.#line.unshift(requester);
    else this.#line.push(requester);
  }
}
