// Who writes when: every owner has a queue, and the queues take turns, a slice of work each. Nobody waits for all that
// somebody else has to say. Knows no database.
import { CatalogRefusal } from '../catalog-refusal.ts';

/** Work in slices: between two of them it is somebody else's turn. */
export type Sliced<Result> = Generator<void, Result>;

interface Job {
  work: Sliced<unknown>;
  resolve(result: unknown): void;
  reject(reason: unknown): void;
}

export interface TurnLimits {
  /** A browser publishes page after page; more than a few at once is none. */
  perOwner: number;
  inAll: number;
}

export class Turns {
  readonly #limits: TurnLimits;
  /** In the order of their turns; whoever had one goes to the end. */
  readonly #queues = new Map<string, Job[]>();
  #waiting = 0;
  #isRunning = false;
  #isClosed = false;

  constructor(limits: TurnLimits) {
    this.#limits = limits;
  }

  /** @throws `busy` when too much is waiting already, or it is closed */
  take<Result>(owner: string, begin: () => Sliced<Result>): Promise<Result> {
    const queue = this.#queues.get(owner) ?? [];
    if (this.#isClosed || queue.length >= this.#limits.perOwner || this.#waiting >= this.#limits.inAll) {
      return Promise.reject(new CatalogRefusal('busy'));
    }
    return new Promise((resolve, reject) => {
      queue.push({ work: begin(), resolve: resolve as Job['resolve'], reject });
      this.#queues.set(owner, queue);
      this.#waiting++;
      this.#goOn();
    });
  }

  /** What is waiting is refused; a slice is never cut short. */
  close(): void {
    this.#isClosed = true;
    for (const queue of this.#queues.values()) for (const { reject } of queue) reject(new CatalogRefusal('busy'));
    this.#queues.clear();
  }

  /** One turn at a time, so that what others ask meanwhile is heard in between. */
  #goOn(): void {
    if (this.#isRunning || this.#queues.size === 0) return;
    this.#isRunning = true;
    setImmediate(() => {
      this.#isRunning = false;
      this.#oneTurn();
      this.#goOn();
    });
  }

  #oneTurn(): void {
    const first = this.#queues.entries().next();
    if (first.done) return;
    const [owner, queue] = first.value;
    this.#queues.delete(owner);
    if (isFinished(queue[0]!)) {
      queue.shift();
      this.#waiting--;
    }
    if (queue.length > 0) this.#queues.set(owner, queue);
  }
}

function isFinished({ work, resolve, reject }: Job): boolean {
  try {
    const { done, value } = work.next();
    if (done) resolve(value);
    return done === true;
  } catch (error) {
    reject(error);
    return true;
  }
}
