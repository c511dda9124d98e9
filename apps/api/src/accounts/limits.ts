// How often somebody may fail to sign in, or register, before they must wait. In memory: a restart forgives.
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { refusal } from '../trpc/error.ts';

const MINUTE_S = 60;

export class AccountLimits {
  /** Guessing one account's password from one place. */
  readonly #pair = new RateLimiterMemory({ points: 10, duration: 10 * MINUTE_S });
  /** Guessing many accounts from one place; an office behind one address is many people. */
  readonly #address = new RateLimiterMemory({ points: 100, duration: 10 * MINUTE_S });
  /** Guessing one account from many places. Loose, or anybody could lock anybody out. */
  readonly #account = new RateLimiterMemory({ points: 200, duration: 60 * MINUTE_S });
  /** A node that was removed and tries again for ever; nobody guesses 256 bits. Apart, so that people get in all the same. */
  readonly #nodes = new RateLimiterMemory({ points: 100, duration: 10 * MINUTE_S });
  /** Generous: a team that tries Ferry together registers from one address. */
  readonly #registrations = new RateLimiterMemory({ points: 120, duration: MINUTE_S });

  /** @throws a `rate-limited` refusal before a password is even looked at */
  async checkSignIn(accountKey: string, address: string): Promise<void> {
    await Promise.all(
      this.#signInLimits(accountKey, address).map(async ([limiter, key]) => {
        const state = await limiter.get(key);
        if (state && state.consumedPoints >= limiter.points) throw refusal('rate-limited', state.msBeforeNext);
      }),
    );
  }

  async signInFailed(accountKey: string, address: string): Promise<void> {
    const limits = this.#signInLimits(accountKey, address);
    await Promise.all(limits.map(([limiter, key]) => limiter.consume(key).catch(() => {})));
  }

  /** Whoever knows the password is not guessing it. */
  async signInSucceeded(accountKey: string, address: string): Promise<void> {
    await this.#pair.delete(pairKey(accountKey, address));
  }

  /** @throws a `rate-limited` refusal */
  async checkNodeSignIn(address: string): Promise<void> {
    const state = await this.#nodes.get(address);
    if (state && state.consumedPoints >= this.#nodes.points) throw refusal('rate-limited', state.msBeforeNext);
  }

  async nodeSignInFailed(address: string): Promise<void> {
    await this.#nodes.consume(address).catch(() => {});
  }

  /** @throws a `rate-limited` refusal */
  async checkRegistration(address: string): Promise<void> {
    await this.#registrations.consume(address).catch((state: unknown) => {
      throw refusal('rate-limited', state instanceof RateLimiterRes ? state.msBeforeNext : undefined);
    });
  }

  #signInLimits(accountKey: string, address: string): [RateLimiterMemory, string][] {
    return [
      [this.#pair, pairKey(accountKey, address)],
      [this.#address, address],
      [this.#account, accountKey],
    ];
  }
}

function pairKey(accountKey: string, address: string): string {
  return `${address} ${accountKey}`;
}
