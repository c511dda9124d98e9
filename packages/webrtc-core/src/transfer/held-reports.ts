// What the sources of a fetch are told of what is held: chunks a few times a second, entries as they become whole, and all
// of them at the end. Knows neither the store nor what is asked for.
import type { BundleLayout } from '../content/layout.ts';
import { indexesOf, type Run, runsOf } from '../content/run.ts';
import type { Clock } from '../util/clock.ts';
import type { FetchSource } from './fetch-source.ts';
import type { FetchedEntries } from './fetched-entries.ts';

export interface HeldReportsOptions {
  layout: BundleLayout;
  entries: FetchedEntries;
  sources: () => Iterable<FetchSource>;
  /** Sources were asked. */
  isAsked: boolean;
  clock: Clock;
}

/** The sender draws what we hold from these reports: a few a second are smooth, one a chunk is a waste. */
const REPORT_INTERVAL_MS = 200;

export class HeldReports {
  readonly #options: HeldReportsOptions;
  #unreported: number[] = [];
  #cancel: (() => void) | undefined;

  constructor(options: HeldReportsOptions) {
    this.#options = options;
  }

  landed(chunk: number): void {
    this.#unreported.push(chunk);
  }

  soon(): void {
    this.#cancel ??= this.#options.clock.after(REPORT_INTERVAL_MS, () => this.now());
  }

  /** @param options.isDurable everything that is held would survive a crash */
  now({ isDurable = false } = {}): void {
    const { entries, isAsked, sources } = this.#options;
    this.stop();
    this.#cancel = undefined;
    const have = runsOf(this.#unreported.sort((a, b) => a - b));
    // The last word waits until all of it is durable.
    const { completion } = entries;
    const unsaid = isDurable || !completion.allWhole ? completion.takeUnsaid() : [];
    // Whoever was asked counts what was fetched whole: it is told all at the end, whoever it came from.
    const complete = isAsked && isDurable ? this.#all : unsaid;
    this.#unreported = [];
    for (const source of sources()) {
      source.tellHeld(have);
      this.#sayComplete(source, complete);
    }
  }

  /** Says once more that everything is here, to a source that missed it. */
  sayAll(source: FetchSource): void {
    this.#sayComplete(source, this.#all);
  }

  stop(): void {
    this.#cancel?.();
  }

  get #all(): Run[] {
    return [{ first: 0, count: this.#options.layout.entryCount }];
  }

  #sayComplete(source: FetchSource, runs: readonly Run[]): void {
    const { entries } = this.#options;
    const here = [...indexesOf(runs)].filter((entry) => entries.isSayable(entry));
    source.sayComplete(here, (entry) => entries.contentIdOf(entry)!);
  }
}
