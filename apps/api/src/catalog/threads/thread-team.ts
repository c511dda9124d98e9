// The threads of the catalog: one writes, the others read. They start when there is something to do, and when one dies all
// are started anew on a file that was looked at again. Knows not what is asked.
import { refusal } from '../../trpc/error.ts';
import { deleteCatalog, prepareCatalog } from '../catalog-file.ts';
import type { ChangeReach } from '../change-reach.ts';
import { ThreadCalls } from './thread-calls.ts';
import type { ThreadData } from './thread-messages.ts';

type Role = ThreadData['role'];

/** A file that breaks threads again and again must not keep the server busy with it. */
const PAUSE_MS = 1000;
/**
 * Two that read: a search takes some ten milliseconds, and fifty a second do not come one after the other. Measured with
 * bench/catalog-search.ts on two cores.
 */
const THREADS: Record<Role, number> = { write: 1, read: 2 };

export interface TeamEvents {
  changed(reach: ChangeReach): void;
  /** There is nothing in the file. */
  madeAnew(): void;
}

export class ThreadTeam {
  readonly #file: string;
  readonly #events: TeamEvents;
  readonly #say: (sentence: string) => void;
  readonly #threads: Record<Role, Set<ThreadCalls>> = { write: new Set(), read: new Set() };
  /** While it is settled; calls are refused meanwhile. */
  #restart: Promise<void> | undefined;
  #restartedMs = Number.NEGATIVE_INFINITY;
  #isClosed = false;

  /** @param file one that was prepared */
  constructor(file: string, events: TeamEvents, say: (sentence: string) => void) {
    this.#file = file;
    this.#events = events;
    this.#say = say;
  }

  /** @throws `busy`, also when the thread dies of it */
  async call(role: Role, method: string, parameters: readonly unknown[]): Promise<unknown> {
    if (this.#isClosed || this.#restart) throw refusal('busy');
    return this.#freest(role).call(method, parameters);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#restart;
    // The one that writes comes last: who only reads cannot put away the log.
    await Promise.all(Array.from(this.#threads.read, (thread) => thread.close()));
    await Promise.all(Array.from(this.#threads.write, (thread) => thread.close()));
  }

  #freest(role: Role): ThreadCalls {
    const [freest] = [...this.#threads[role]].sort((a, b) => a.waiting - b.waiting);
    if (freest && (freest.waiting === 0 || this.#threads[role].size === THREADS[role])) return freest;
    return this.#start(role);
  }

  #start(role: Role): ThreadCalls {
    const threads = this.#threads[role];
    const died = (reason: 'broken' | Error) => {
      if (this.#isClosed || !threads.has(thread)) return;
      this.#say(
        `The thread that ${role}s the catalog ended (${reason === 'broken' ? 'damaged file' : reason.message}).`,
      );
      this.#restart ??= this.#startAnew(reason === 'broken').finally(() => {
        this.#restart = undefined;
      });
    };
    const thread = new ThreadCalls({ file: this.#file, role }, { changed: this.#events.changed, died });
    threads.add(thread);
    return thread;
  }

  async #startAnew(isBroken: boolean): Promise<void> {
    const { read, write } = this.#threads;
    await Promise.all([...read, ...write].map((thread) => thread.kill()));
    for (const threads of [read, write]) threads.clear();
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
