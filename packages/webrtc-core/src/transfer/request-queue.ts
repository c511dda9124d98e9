// What one receiver asked for and has not got: served in order, several at once, bounded. Knows nothing
// of how a chunk is served.
import type { BundleLayout } from '../content/layout.ts';
import type { Run } from '../content/run.ts';
import { ProtocolError } from '../errors.ts';

/**
 * What may be read, hashed or waiting for the wire at once: three full chunks hide the disk's latency;
 * of small ones it takes many, because each costs a round trip to the browser's file process.
 */
const SERVING_BYTES = 3 * 1024 * 1024;
const SERVING_CHUNKS = 64;
/** A receiver keeps far fewer outstanding; more is an attack on memory. */
const QUEUED_RUNS = 16_384;

export class RequestQueue {
  readonly #layout: BundleLayout;
  readonly #serve: (chunk: number) => Promise<void>;
  #runs: Run[] = [];
  #servingBytes = 0;
  #servingChunks = 0;

  /** `serve` resolves when the chunk has left or failed; it must not throw. */
  constructor(layout: BundleLayout, serve: (chunk: number) => Promise<void>) {
    this.#layout = layout;
    this.#serve = serve;
  }

  /** @throws ProtocolError for chunks that do not exist or too many requests */
  add(runs: readonly Run[]): void {
    for (const { first, count } of runs) {
      if (first + count > this.#layout.chunkCount) throw ProtocolError.malformed('a chunk beyond the end is requested');
      this.#runs.push({ first, count });
    }
    if (this.#runs.length > QUEUED_RUNS) throw ProtocolError.limitExceeded('requests');
    this.#pump();
  }

  /** Forgets what has not been started. */
  drop(): void {
    this.#runs = [];
  }

  #pump(): void {
    for (;;) {
      const run = this.#runs[0];
      if (!run || this.#servingChunks >= SERVING_CHUNKS) return;
      const length = this.#layout.lengthOf(run.first);
      if (this.#servingChunks > 0 && this.#servingBytes + length > SERVING_BYTES) return;
      this.#start(run.first, length);
      run.first++;
      if (--run.count === 0) this.#runs.shift();
    }
  }

  #start(chunk: number, length: number): void {
    this.#servingChunks++;
    this.#servingBytes += length;
    void this.#serve(chunk).then(() => {
      this.#servingChunks--;
      this.#servingBytes -= length;
      this.#pump();
    });
  }
}
