// Password hashing behind a bounded queue: argon2 is costly by design, so it must not be a way to stop the
// server. Knows no users.
import argon2 from 'argon2';
import PQueue from 'p-queue';
import { refusal } from '../trpc/error.ts';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const OPTIONS = { type: argon2.argon2id, memoryCost: 19 * 1024, timeCost: 2, parallelism: 1 } as const;
const CONCURRENCY = 2;
/** About two seconds of work: whoever comes later is told to come back, instead of waiting for nothing. */
const MAX_WAITING = 64;

export class Passwords {
  readonly #queue = new PQueue({ concurrency: CONCURRENCY });
  /** A hash of nobody's password, so that unknown users take as long as known ones. */
  readonly #nobody = argon2.hash('nobody has this password', OPTIONS);

  /** @throws a `busy` refusal when too many wait already */
  async hash(password: string): Promise<string> {
    return this.#enqueue(() => argon2.hash(normalized(password), OPTIONS));
  }

  /** Takes the same time whether the user exists or not. */
  async verify(hash: string | undefined, password: string): Promise<boolean> {
    const against = hash ?? (await this.#nobody);
    const matches = await this.#enqueue(() => argon2.verify(against, normalized(password)));
    return matches && hash !== undefined;
  }

  async #enqueue<Result>(task: () => Promise<Result>): Promise<Result> {
    if (this.#queue.size >= MAX_WAITING) throw refusal('busy', 1000);
    return this.#queue.add(task);
  }
}

/** The same password typed on different keyboards (NIST SP 800-63B, 3.1.1.2). */
function normalized(password: string): string {
  return password.normalize('NFKC');
}
