// What one session learns while it looks for a path: what it found to offer, whether the other side spoke, or left. Tells
// why there is no path, and what the other side is told of that. Knows no connection and no timer.
import { ConnectionError, type FerryError, type NoPathCode } from '../errors.ts';
import type { SessionSignal } from './session-signal.ts';
import { WaysIn } from './ways-in.ts';

export class PathSearch {
  readonly #waysIn = new WaysIn();
  #wasHeard = false;
  /** Whatever made it fail has nothing to do with paths. */
  #isBroken = false;
  /** The other side looks no longer: this one may not have found all there is. */
  #wasLeft = false;
  #wasConnected = false;

  /** Whether there ever was a path: to lose one is not the same as to find none. */
  get wasConnected(): boolean {
    return this.#wasConnected;
  }

  /** Nothing can come to whoever has nothing to offer, once the other side knows so much. */
  get isHopeless(): boolean {
    return this.#wasHeard && this.#waysIn.isHopeless;
  }

  /** One more candidate; null when there are no more. */
  gathered(line: string | null): void {
    this.#waysIn.add(line);
  }

  /** The other side spoke. */
  heard(): void {
    this.#wasHeard = true;
  }

  broke(): void {
    this.#isBroken = true;
  }

  left(): void {
    this.#wasLeft = true;
  }

  connected(): void {
    this.#wasConnected = true;
  }

  /**
   * Why there is no path, where there never was one.
   * @param configuration what was gathered with
   */
  noPathCode(configuration: RTCConfiguration): NoPathCode {
    if (this.#isBroken) return 'ice-failed';
    if (!this.#wasHeard) return 'connect-timeout';
    return this.#waysIn.noPathCode(configuration, !this.#wasLeft);
  }

  /** Why a session failed. */
  failure(configuration: RTCConfiguration): FerryError {
    return this.#wasConnected ? ConnectionError.lost() : ConnectionError.noPath(this.noPathCode(configuration));
  }

  /** What the other side is told when it failed. */
  get farewell(): SessionSignal['body'] {
    const foundNone = !this.#wasConnected && !this.#isBroken && this.#wasHeard;
    return foundNone ? { type: 'bye', because: 'no-path' } : { type: 'bye' };
  }
}
