// Whether sources that owe something are heard of: whoever is silent for a little is helped out, and for longer, while
// others are there, is left alone for now. Knows nothing of what they owe.
import type { Clock } from '../util/clock.ts';

export interface SourceWatchOptions {
  clock: Clock;
  /** Sources that owe something, and chunk bytes that have come from each. */
  owing: () => Iterable<readonly [source: string, receivedBytes: number]>;
  /** All that there are. */
  count: () => number;
  /** Its silence is worth a second source for what it owes. */
  onQuiet: (source: string) => void;
  /** There are others, and they are better. */
  onSilent: (source: string) => void;
  /** What takes long may be asked of somebody else now. */
  look: () => void;
}

/** How often it is looked while something is owed: what takes long shows when nothing else happens. */
const LOOK_EVERY_MS = 250;
/** Longer than an ICE restart on a good network, shorter than anybody's patience. */
export const QUIET_AFTER_MS = 2000;
export const SILENT_AFTER_MS = 10_000;

export class SourceWatch {
  readonly #options: SourceWatchOptions;
  readonly #heard = new Map<string, { bytes: number; atMs: number }>();
  #cancelTimer: (() => void) | undefined;
  #stopped = false;

  constructor(options: SourceWatchOptions) {
    this.#options = options;
  }

  /** Something may be owed now. */
  start(): void {
    if (this.#stopped || this.#cancelTimer) return;
    this.#listen();
    if (this.#heard.size > 0) this.#cancelTimer = this.#options.clock.after(LOOK_EVERY_MS, () => this.#look());
  }

  stop(): void {
    this.#stopped = true;
    this.#cancelTimer?.();
  }

  #look(): void {
    const { count, onQuiet, onSilent, look } = this.#options;
    this.#cancelTimer = undefined;
    this.#listen();
    const quiet = [...this.#heard.keys()].filter((source) => this.#silenceMs(source) >= QUIET_AFTER_MS);
    for (const source of quiet) onQuiet(source);
    // When nobody is heard of, it is this side's network that is gone.
    if (quiet.length < count()) {
      for (const source of quiet) if (this.#silenceMs(source) >= SILENT_AFTER_MS) onSilent(source);
    }
    look();
    this.start();
  }

  #listen(): void {
    const nowMs = this.#options.clock.now();
    const owing = new Map(this.#options.owing());
    for (const source of this.#heard.keys()) if (!owing.has(source)) this.#heard.delete(source);
    for (const [source, bytes] of owing) {
      if (this.#heard.get(source)?.bytes !== bytes) this.#heard.set(source, { bytes, atMs: nowMs });
    }
  }

  #silenceMs(source: string): number {
    return this.#options.clock.now() - (this.#heard.get(source)?.atMs ?? 0);
  }
}
