// Whether the other side of an open channel is still there: asks when it is silent, doubts, gives up. A channel
// says `open` for ever when the browser at its other end was killed, so only what is heard counts. Knows no
// messages and no channel.
import type { Clock } from '../util/clock.ts';

/** Silence that is worth a question. */
const ASK_AFTER_MS = 2500;
/** Later than ICE would notice by itself (five seconds), so that this tells only of what ICE does not see. */
const SUSPECT_AFTER_MS = 7000;
/** A restart of ICE took six seconds when an address had changed; whoever is silent for longer is gone. */
const LOST_AFTER_MS = 25_000;
/** A path with a long queue answers late without being dead. */
const ROUND_TRIPS_PATIENCE = 5;
/** Of a new measurement; RFC 6298, section 2. */
const ROUND_TRIP_WEIGHT = 1 / 8;

export interface LivenessOptions {
  clock: Clock;
  /** Sends a question with this id; the answer is told by {@link Liveness.answered}. */
  ask: (id: number) => void;
  /** The path is in doubt: look for another one. Once a silence. */
  onSuspect: () => void;
  /** Nobody is there any more. */
  onLost: () => void;
}

export class Liveness {
  readonly #options: LivenessOptions;
  #cancelTimer: (() => void) | undefined;
  #heardAtMs = 0;
  #askedAtMs: number | undefined;
  #questions = 0;
  #isSuspect = false;
  #roundTripMs: number | undefined;

  constructor(options: LivenessOptions) {
    this.#options = options;
  }

  /** Smoothed; undefined until a question was answered. */
  get roundTripMs(): number | undefined {
    return this.#roundTripMs;
  }

  /** Watches from now on; idle connections are not worth the questions. */
  watch(): void {
    if (this.#cancelTimer) return;
    this.heard();
    this.#schedule(ASK_AFTER_MS);
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  /** Anything at all arrived. */
  heard(): void {
    this.#heardAtMs = this.#options.clock.now();
    this.#isSuspect = false;
  }

  answered(id: number): void {
    if (this.#askedAtMs === undefined || id !== this.#questions) return;
    const tookMs = this.#options.clock.now() - this.#askedAtMs;
    this.#askedAtMs = undefined;
    this.#roundTripMs ??= tookMs;
    this.#roundTripMs += (tookMs - this.#roundTripMs) * ROUND_TRIP_WEIGHT;
  }

  #schedule(delayMs: number): void {
    this.#cancelTimer = this.#options.clock.after(delayMs, () => this.#check());
  }

  #check(): void {
    const silentMs = this.#options.clock.now() - this.#heardAtMs;
    const patienceMs = ROUND_TRIPS_PATIENCE * (this.#roundTripMs ?? 0);
    // Rounded up: clocks count in fractions, and what is left of a millisecond would be waited for again and again.
    if (silentMs < ASK_AFTER_MS) return this.#schedule(Math.ceil(ASK_AFTER_MS - silentMs));
    if (silentMs >= LOST_AFTER_MS + patienceMs) {
      this.stop();
      return this.#options.onLost();
    }
    if (silentMs >= SUSPECT_AFTER_MS + patienceMs && !this.#isSuspect) {
      this.#isSuspect = true;
      this.#options.onSuspect();
    }
    this.#schedule(ASK_AFTER_MS);
    this.#askedAtMs = this.#options.clock.now();
    this.#options.ask(++this.#questions);
  }
}
