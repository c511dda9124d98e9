// The signals of one device, numbered, with as many kept as a reconnect may have missed. Knows no sockets.
import { LIMITS, type Signal } from '@ferry/shared';
import type { InboxSignal } from './hub.ts';

export class InboxQueue {
  /** Ids of another process's queue mean nothing here. */
  readonly #epoch: string;
  readonly #kept: { number: number; signal: Signal }[] = [];
  #next = 1;
  #wake: () => void = () => {};

  constructor(epoch: string) {
    this.#epoch = epoch;
  }

  push(signal: Signal): void {
    this.#kept.push({ number: this.#next++, signal });
    if (this.#kept.length > LIMITS.inboxSignals) this.#kept.shift();
    this.#wake();
  }

  /** Ends when `ended` aborts. Without a last id everything before now is forgotten: it was meant for a page that is gone. */
  async *read(lastId: string | null, ended: AbortSignal): AsyncGenerator<InboxSignal> {
    let last = lastId === null ? this.#next - 1 : this.#numberOf(lastId);
    ended.addEventListener('abort', () => this.#wake(), { once: true });
    while (!ended.aborted) {
      const entry = this.#kept.find(({ number }) => number > last);
      if (entry) {
        last = entry.number;
        yield { id: `${this.#epoch}.${entry.number}`, signal: entry.signal };
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
          if (ended.aborted) resolve();
        });
      }
    }
  }

  #numberOf(id: string): number {
    const [epoch, number] = id.split('.');
    return epoch === this.#epoch ? Number(number) || 0 : 0;
  }
}
