// Whoever fetches something from here, by transfer, with what calls off that they are forgotten. Knows no turns, and decides
// nothing.
import type { TakesTurns } from '@ferry/store-holder';
import type { Clock } from '@ferry/webrtc-core';
import type { Offer } from './offer.ts';

/** Somebody who fetches something. */
export interface Served extends TakesTurns {
  offer: Offer;
  peerId: string;
  /** The user who owns the files ended this one. */
  isEndedHere: boolean;
}

export class ServedTransfers {
  readonly #clock: Clock;
  readonly #forget: (transferId: string) => void;
  readonly #served = new Map<string, Served>();
  readonly #forgetting = new Map<string, () => void>();
  readonly #ends = new Map<string, () => void>();

  /** @param forget is called when somebody's time is over */
  constructor(clock: Clock, forget: (transferId: string) => void) {
    this.#clock = clock;
    this.#forget = forget;
  }

  get size(): number {
    return this.#served.size;
  }

  all(): [transferId: string, served: Served][] {
    return [...this.#served];
  }

  get(transferId: string): Served | undefined {
    return this.#served.get(transferId);
  }

  /** Somebody new, or somebody who is back: what the owner decided about it stays. */
  put(transferId: string, offer: Offer, peerId: string): Served {
    const isPaused = this.#served.get(transferId)?.isPaused ?? false;
    this.#stay(transferId);
    const served = { offer, peerId, isPaused, isEndedHere: false };
    this.#served.set(transferId, served);
    return served;
  }

  isLeaving(transferId: string): boolean {
    return this.#forgetting.has(transferId);
  }

  /** No effect on somebody who is being forgotten already. */
  forgetLater(transferId: string, delayMs: number): void {
    if (this.isLeaving(transferId)) return;
    this.#forgetting.set(
      transferId,
      this.#clock.after(delayMs, () => this.#forget(transferId)),
    );
  }

  /** Whatever happens until then: the leave by which it is served is over. */
  forgetAt(transferId: string, delayMs: number): void {
    this.#ends.set(
      transferId,
      this.#clock.after(delayMs, () => this.#forget(transferId)),
    );
  }

  delete(transferId: string): void {
    this.#stay(transferId);
    this.#served.delete(transferId);
  }

  #stay(transferId: string): void {
    for (const timers of [this.#forgetting, this.#ends]) {
      timers.get(transferId)?.();
      timers.delete(transferId);
    }
  }
}
