// The server's end of one thread of the catalog: calls go out numbered, answers come back. When the thread dies, calls
// that wait fail as `busy`. Knows not what is asked.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { refusal } from '../../trpc/error.ts';
import type { ChangeReach } from '../change-reach.ts';
import type { Answer, FromThread, ThreadData, ToThread } from './thread-messages.ts';

/** More than a few seconds' worth of questions: whoever asks has given up by then. */
const MOST_CALLS = 2000;
/** For the slice at hand, and for what SQLite does when it closes. */
const CLOSING_MS = 5000;

interface Call {
  resolve(result: unknown): void;
  reject(reason: unknown): void;
}

export interface ThreadEvents {
  changed(reach: ChangeReach): void;
  /** It will not answer again. */
  died(reason: 'broken' | Error): void;
}

export class ThreadCalls {
  readonly #worker: Worker;
  readonly #calls = new Map<number, Call>();
  readonly #exited: Promise<void>;
  #last = 0;
  #isOver = false;

  constructor(data: ThreadData, events: ThreadEvents) {
    const died = (reason: 'broken' | Error) => {
      if (!this.#isOver) events.died(reason);
      this.#isOver = true;
      this.#refuseAll();
    };
    this.#worker = new Worker(threadFile(), { workerData: data });
    this.#worker.unref();
    this.#worker.on('message', (message: FromThread) => {
      if (message === 'broken') died('broken');
      else if ('changedFor' in message) events.changed(message.changedFor);
      else this.#answered(message);
    });
    this.#worker.on('error', (error) => died(error instanceof Error ? error : new Error(String(error))));
    this.#exited = new Promise((resolve) => {
      this.#worker.on('exit', (code) => {
        died(new Error(`It ended with code ${code}`));
        resolve();
      });
    });
  }

  /** How many calls wait for their answers. */
  get waiting(): number {
    return this.#calls.size;
  }

  /** @throws `busy`, what the thread refuses, and Error for its own faults */
  call(method: string, parameters: readonly unknown[]): Promise<unknown> {
    if (this.#isOver || this.#calls.size >= MOST_CALLS) return Promise.reject(refusal('busy'));
    const call = ++this.#last;
    // Only what is waited for keeps the process alive.
    if (this.#calls.size === 0) this.#worker.ref();
    return new Promise((resolve, reject) => {
      this.#calls.set(call, { resolve, reject });
      this.#post({ call, method, parametersJson: JSON.stringify(parameters) });
    });
  }

  /** After what it does at the moment. */
  async close(): Promise<void> {
    this.#isOver = true;
    this.#worker.ref();
    this.#post('close');
    const timer = setTimeout(() => void this.#worker.terminate(), CLOSING_MS);
    await this.#exited;
    clearTimeout(timer);
  }

  /** At once. */
  async kill(): Promise<void> {
    this.#isOver = true;
    await this.#worker.terminate();
    await this.#exited;
  }

  #post(message: ToThread): void {
    this.#worker.postMessage(message);
  }

  #answered(answer: Answer): void {
    const call = this.#calls.get(answer.call);
    this.#calls.delete(answer.call);
    if (this.#calls.size === 0 && !this.#isOver) this.#worker.unref();
    if ('resultJson' in answer) call?.resolve(answer.resultJson && JSON.parse(answer.resultJson));
    else call?.reject('refused' in answer ? refusal(answer.refused) : new Error(answer.failed));
  }

  #refuseAll(): void {
    for (const { reject } of this.#calls.values()) reject(refusal('busy'));
    this.#calls.clear();
  }
}

/** Beside the bundle when built; in development Node runs the source. */
function threadFile(): string {
  const candidates = ['./catalog-thread.mjs', '../catalog-thread.ts'];
  const files = candidates.map((path) => fileURLToPath(new URL(path, import.meta.url)));
  return files.find((path) => existsSync(path)) ?? files[0]!;
}
