// Which devices are worth a connection, by what each is good for: those that give something, others as far as there is
// room, and as many more as are lacking. Knows no links and no messages; time is given, never read.

/** What a device that may have something is good for now. */
export type SourceUse =
  /** It gives what is missing, or could. */
  | 'gives'
  /** It is connected with, and has not said yet. */
  | 'unknown'
  /** It has others to serve first, or is left alone for a while. */
  | 'waits'
  /** It has nothing of what is missing, or does not answer. */
  | 'useless'
  /** There is no link to it. */
  | 'away';

export interface SourceCandidate {
  readonly peerId: string;
  readonly use: SourceUse;
}

export interface SourceChoiceOptions {
  /** Connections that are worth it. */
  most: number;
  /** Those that cannot be reached must not keep others from being looked for: more and more are. */
  isWidening: boolean;
}

/** Long enough for a connection through a relay; then twice as many are looked for. */
export const WIDEN_EVERY_MS = 3000;
/** Before somebody is connected with again who had to make room because it was of no use; longer each time. */
export const PASSED_OVER_MS = 60_000;
const MOST_DOUBLINGS = 16;

const RANKS: Record<Exclude<SourceUse, 'away'>, number> = { gives: 0, unknown: 1, waits: 2, useless: 3 };

export class SourceChoice {
  readonly #options: SourceChoiceOptions;
  /** Those that had to make room: how often, and until when they are not looked for. */
  readonly #passedOver = new Map<string, { times: number; untilMs: number }>();
  #lackingSinceMs: number | undefined;

  constructor(options: SourceChoiceOptions) {
    this.#options = options;
  }

  /** @param candidates those first that are to be preferred among equals; the order should not change */
  choose(candidates: readonly SourceCandidate[], nowMs: number): string[] {
    const { most } = this.#options;
    const linked = candidates.flatMap(({ peerId, use }) => (use === 'away' ? [] : [{ peerId, rank: RANKS[use] }]));
    linked.sort((a, b) => a.rank - b.rank);
    for (const { peerId, rank } of linked.slice(most)) if (rank > RANKS.unknown) this.#passOver(peerId, nowMs);
    const wanted = linked.slice(0, most).map(({ peerId }) => peerId);
    const lacking = most - linked.filter(({ rank }) => rank <= RANKS.unknown).length;
    const away = candidates.filter(({ peerId, use }) => use === 'away' && !this.#isResting(peerId, nowMs));
    // Whoever is of no use keeps its connection until somebody better has come.
    return [...wanted, ...away.slice(0, this.#breadth(lacking, nowMs)).map(({ peerId }) => peerId)];
  }

  /** It gave something: whatever was before is over. */
  gave(peerId: string): void {
    this.#passedOver.delete(peerId);
  }

  /** How many that are away are looked for: who lacks one looks for one, at first. */
  #breadth(lacking: number, nowMs: number): number {
    if (lacking <= 0) {
      this.#lackingSinceMs = undefined;
      return 0;
    }
    this.#lackingSinceMs ??= nowMs;
    const doublings = Math.floor((nowMs - this.#lackingSinceMs) / WIDEN_EVERY_MS);
    return this.#options.isWidening ? lacking * 2 ** Math.min(MOST_DOUBLINGS, doublings) : lacking;
  }

  #passOver(peerId: string, nowMs: number): void {
    const { times, untilMs } = this.#passedOver.get(peerId) ?? { times: 0, untilMs: 0 };
    // Its link takes a moment to close.
    if (untilMs > nowMs) return;
    this.#passedOver.set(peerId, { times: times + 1, untilMs: nowMs + PASSED_OVER_MS * (times + 1) });
  }

  #isResting(peerId: string, nowMs: number): boolean {
    return (this.#passedOver.get(peerId)?.untilMs ?? 0) > nowMs;
  }
}
