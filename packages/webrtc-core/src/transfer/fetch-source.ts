// One source of a fetch while it is asked for chunks: says everything in the source's own numbers. Knows one link, and
// nothing of other sources.
import type { Bitfield } from '../content/bitfield.ts';
import { merkleRoot } from '../content/merkle.ts';
import { type Run, runsOf } from '../content/run.ts';
import type { Intake } from '../wire/granting.ts';
import type { Link } from '../wire/link.ts';
import type { TransferId } from '../wire/transfer-id.ts';
import type { EntryMap } from './entry-map.ts';
import { sendRuns } from './send-runs.ts';

/** How a source numbers its chunks, and what of them it has; alike, and all, when absent. */
export interface SourceContent {
  map?: EntryMap | undefined;
  available?: Bitfield | undefined;
}

export interface FetchSourceOptions {
  transfer: TransferId;
  link: Link;
  map: EntryMap;
  /** What it has, in own numbers, for one that has not all of it. */
  available?: Bitfield | undefined;
}

export class FetchSource {
  readonly map: EntryMap;
  readonly available: Bitfield | undefined;
  readonly #transfer: TransferId;
  readonly #link: Link;

  constructor({ transfer, link, map, available }: FetchSourceOptions) {
    this.#transfer = transfer;
    this.#link = link;
    this.map = map;
    this.available = available;
  }

  /** Over its link, of this transfer or another. */
  get intake(): Intake {
    return this.#link.intake;
  }

  hasEntry(entry: number): boolean {
    return this.map.hasEntry(entry);
  }

  has(chunk: number): boolean {
    return this.map.has(chunk) && (this.available?.has(chunk) ?? true);
  }

  request(own: readonly Run[]): void {
    sendRuns(this.map.toTheirs(own), (chunks) =>
      this.#link.send({ type: 'request', transfer: this.#transfer, chunks }),
    );
  }

  tellHeld(own: readonly Run[]): void {
    sendRuns(this.map.toTheirs(own), (chunks) => this.#link.send({ type: 'have', transfer: this.#transfer, chunks }));
  }

  askHashes(entry: number, firstChunk: number): void {
    this.#link.send({
      type: 'hash-request',
      transfer: this.#transfer,
      entry: this.map.entryToTheirs(entry),
      firstChunk,
    });
  }

  /** That these entries are here, those of them that it has. */
  sayComplete(entries: Iterable<number>, contentIdOf: (entry: number) => Uint8Array): void {
    const theirs = [...entries]
      .filter((entry) => this.map.hasEntry(entry))
      .map((entry) => this.map.entryToTheirs(entry));
    for (const run of runsOf(theirs.sort((a, b) => a - b))) {
      const { first: firstEntry, count: entryCount } = run;
      const root = this.rootOf(run, contentIdOf);
      this.#link.send({ type: 'complete', transfer: this.#transfer, firstEntry, entryCount, root });
    }
  }

  /** Over their entries, of which all must be known. */
  rootOf({ first, count }: Run, contentIdOf: (entry: number) => Uint8Array): Uint8Array {
    return merkleRoot(Array.from({ length: count }, (_, at) => contentIdOf(this.map.entryToOwn(first + at))));
  }
}
