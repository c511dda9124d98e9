// Rate and time left from byte counts. Pure: time is given, never read.

/** Long enough to ride out pauses between chunks, short enough to follow a change of network. */
const SMOOTHING_MS = 3000;
/** Closer samples are added up first: one chunk says nothing about a rate. */
const SAMPLE_MS = 250;

export class Progress {
  readonly totalBytes: number;
  #doneBytes: number;
  #sampleStartMs: number | undefined;
  #sampleBytes = 0;
  #bytesPerMs = 0;

  constructor(totalBytes: number, doneBytes = 0) {
    this.totalBytes = totalBytes;
    this.#doneBytes = doneBytes;
  }

  get doneBytes(): number {
    return this.#doneBytes;
  }

  add(bytes: number, nowMs: number): void {
    this.#doneBytes += bytes;
    this.#sample(nowMs);
    this.#sampleBytes += bytes;
  }

  /** Turned out to be there already: it counts as done, and says nothing about the rate. */
  found(bytes: number): void {
    this.#doneBytes += bytes;
  }

  /** After a pause, a stall or a resume: what came before says nothing about what comes. */
  restart(): void {
    this.#sampleStartMs = undefined;
    this.#sampleBytes = 0;
    this.#bytesPerMs = 0;
  }

  bytesPerSecond(nowMs: number): number {
    this.#sample(nowMs);
    return this.#bytesPerMs * 1000;
  }

  /** Null while the rate says nothing. */
  secondsLeft(nowMs: number): number | null {
    const rate = this.bytesPerSecond(nowMs);
    if (rate < 1) return null;
    return (this.totalBytes - this.#doneBytes) / rate;
  }

  #sample(nowMs: number): void {
    if (this.#sampleStartMs === undefined) this.#sampleStartMs = nowMs;
    const elapsedMs = nowMs - this.#sampleStartMs;
    if (elapsedMs < SAMPLE_MS) return;
    const rate = this.#sampleBytes / elapsedMs;
    // Exponential smoothing by elapsed time; the first sample stands for all that is unknown before it.
    const weight = this.#bytesPerMs === 0 ? 1 : 1 - Math.exp(-elapsedMs / SMOOTHING_MS);
    this.#bytesPerMs += (rate - this.#bytesPerMs) * weight;
    this.#sampleStartMs = nowMs;
    this.#sampleBytes = 0;
  }
}
