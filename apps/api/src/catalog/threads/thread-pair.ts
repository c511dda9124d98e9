// The two threads of the catalog: one writes, one reads. They start when there is something to do, and when one dies both
// are started anew on a file that was looked at again. Knows not what is asked.
import { refusal } from '../../trpc/error.ts';
import { deleteCatalog, prepareCatalog } from '../catalog-file.ts';
import { ThreadCalls } from './thread-calls.ts';
import type { ThreadData } from './thread-messages.ts';

type Role = ThreadData['role'];

/** A file that breaks threads again and again must not keep the server busy with it. */
const PAUSE_MS = 1000;

export interface PairEvents {
  changed(): void;
  /** There is nothing in the file. */
  madeAnew(): void;
}

export class ThreadPair {
  readonly #file: string;
  readonly #events: PairEvents;
  readonly #say: (sentence: string) => void;
  readonly #threads = new Map<Role, ThreadCalls>();
  /** While it is settled; calls are refused meanwhile. */
  #restart: Promise<void> | undefined;
  #restartedMs = Number.NEGATIVE_INFINITY;
  #isClosed = false;

  /** @param file one that was prepared */
  constructor(file: string, events: PairEvents, say: (sentence: string) => void) {
    this.#file = file;
    this.#events = events;
    this.#say = say;
  }

  /** @throws `busy`, also when the thread dies of it */
  async call(role: Role, method: string, parameters: readonly unknown[]): Promise<unknown> {
    if (this.#isClosed || this.#restart) throw refusal('busy');
    return this.#thread(role).call(method, parameters);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#restart;
    // The one that writes comes last: who only reads cannot put away the log.
    await this.#threads.get('read')?.close();
    await this.#threads.get('write')?.close();
    this.#threads.clear();
  }

  #thread(role: Role): ThreadCalls {
    const running = this.#threads.get(role);
    if (running) return running;
    const died = (reason: 'broken' | Error) => {
      if (this.#isClosed || this.#threads.get(role) !== thread) return;
      this.#say(
        `The thread that ${role}s the catalog ended (${reason === 'broken' ? 'damaged file' : reason.message}).`,
      );
      this.#restart ??= this.#startAnew(reason === 'broken').finally(() => {
        this.#restart = undefined;
      });
    };
    const thread = new ThreadCalls({ file: this.#file, role }, { changed: this.#events.changed, died });
    this.#threads.set(role, thread);
    return thread;
  }

  async #startAnew(isBroken: boolean): Promise<void> {
    await Promise.all([...this.#threads.values()].map((thread) => thread.kill()));
    this.#threads.clear();
    const restMs = this.#restartedMs + PAUSE_MS - performance.now();
    if (restMs > 0) await new Promise((resolve) => setTimeout(resolve, restMs).unref());
    this.#restartedMs = performance.now();
    try {
      if (isBroken) deleteCatalog(this.#file);
      if (prepareCatalog(this.#file, this.#say)) this.#events.madeAnew();
    } catch (error) {
      this.#say(`The catalog cannot be opened: ${error instanceof Error ? error.message : error}`);
    }
  }
}
