// Entries with chunks that did not fit together with others, one of which must be wrong. Pure; blames nobody.
import type { BundleLayout } from '../content/layout.ts';

export class Doubts {
  readonly #layout: BundleLayout;
  readonly #byEntry = new Map<number, number>();

  constructor(layout: BundleLayout) {
    this.#layout = layout;
  }

  /** How often chunks of its entry were among those that did not fit. */
  of(chunk: number): number {
    return this.#byEntry.size === 0 ? 0 : (this.#byEntry.get(this.#layout.entryOf(chunk)) ?? 0);
  }

  add(chunks: Iterable<number>): void {
    for (const chunk of chunks) this.#byEntry.set(this.#layout.entryOf(chunk), this.of(chunk) + 1);
  }

  /** These fitted together. */
  clear(chunks: Iterable<number>): void {
    if (this.#byEntry.size > 0) for (const chunk of chunks) this.#byEntry.delete(this.#layout.entryOf(chunk));
  }
}
