// Answers one receiver's requests for chunks: reads them in turn, within a bound on bytes a second, and sends them. What
// is dropped is forgotten, also what is being read. Knows nothing of what the receiver holds.
import type { BundleLayout } from '../content/layout.ts';
import type { Run } from '../content/run.ts';
import type { Clock } from '../util/clock.ts';
import type { Link } from '../wire/link.ts';
import type { RateLimit } from '../wire/rate-limit.ts';
import type { TransferId } from '../wire/transfer-id.ts';
import { RequestQueue } from './request-queue.ts';
import type { ServedContent } from './served-content.ts';

export interface ChunkServingOptions {
  transfer: TransferId;
  layout: BundleLayout;
  served: ServedContent;
  link: () => Link | undefined;
  clock: Clock;
  /** A bound of its own on chunk bytes a second, besides those of the link. */
  rate: RateLimit | undefined;
  onError: (error: unknown) => void;
}

export class ChunkServing {
  readonly #options: ChunkServingOptions;
  readonly #requests: RequestQueue;
  #movedBytes = 0;
  /** Counts drops: what was begun before the last one is of no use any more. */
  #drops = 0;

  constructor(options: ChunkServingOptions) {
    this.#options = options;
    this.#requests = new RequestQueue(options.layout, (chunk) => this.#serve(chunk));
  }

  /** Chunk bytes that were sent, those sent again included. */
  get movedBytes(): number {
    return this.#movedBytes;
  }

  /** @throws ProtocolError for chunks that do not exist or too many requests */
  request(chunks: Run[]): void {
    this.#requests.add(chunks);
  }

  /** Forgets what was asked for, also what is being read. */
  drop(): void {
    this.#drops++;
    this.#requests.drop();
    this.#options.link()?.dropChunks(this.#options.transfer);
  }

  async #serve(chunk: number): Promise<void> {
    const { transfer, layout, served, link, onError } = this.#options;
    const drops = this.#drops;
    try {
      await this.#turn(layout.lengthOf(chunk));
      if (drops !== this.#drops) return;
      const read = await served.read(chunk);
      if (!read || drops !== this.#drops) return;
      const { bytes, hash } = read;
      const sent = await link()?.sendChunk({ type: 'chunk', transfer, index: chunk, hash, bytes });
      if (sent) this.#movedBytes += bytes.length;
    } catch (error) {
      if (drops === this.#drops) onError(error);
    }
  }

  /** Waits until the bound on bytes a second allows so many more. */
  async #turn(bytes: number): Promise<void> {
    const { rate, clock } = this.#options;
    if (!rate) return;
    for (let waitMs = rate.waitMs(); waitMs > 0; waitMs = rate.waitMs()) {
      await new Promise<void>((resolve) => clock.after(waitMs, resolve));
    }
    rate.spend(bytes);
  }
}
