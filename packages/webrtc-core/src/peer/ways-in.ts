// The ways in that a connection finds for itself, one by one, and what they say when there is no path. Knows no
// connection.
import type { NoPathCode } from '../errors.ts';
import { type CandidateType, readCandidate } from './candidate.ts';
import { noPathCode } from './no-path.ts';

export class WaysIn {
  readonly #found = new Set<CandidateType>();
  #isComplete = false;

  /** One more candidate of `icecandidate`; null when there are no more. */
  add(line: string | null): void {
    const candidate = line === null ? undefined : readCandidate(line);
    // Browsers do not listen for TCP: two of them never meet there.
    if (candidate?.type === 'relay' || candidate?.transport === 'udp') this.#found.add(candidate.type);
    if (line === null) this.#isComplete = true;
  }

  /** Nothing can come to whoever has nothing to offer, so there is nothing to wait for. */
  get isHopeless(): boolean {
    return this.#isComplete && this.#found.size === 0;
  }

  /**
   * Why there is no path.
   * @param configuration what was gathered with
   * @param hadItsTime false when the attempt was ended early, so that more might have been found
   */
  noPathCode(configuration: RTCConfiguration, hadItsTime: boolean): NoPathCode {
    return noPathCode({ types: this.#found, isOver: this.#isComplete || hadItsTime }, configuration);
  }
}
