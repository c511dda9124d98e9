// How often one person may ask for something: so much every second, and some more of it in bursts. Knows not for what.
import { BurstyRateLimiter, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { refusal } from './error.ts';

/** So much every second, and `burst` more of it every `burstS` seconds. */
export interface Bounds {
  perSecond: number;
  burst: number;
  burstS: number;
}

export function limiter({ perSecond, burst, burstS }: Bounds): BurstyRateLimiter {
  return new BurstyRateLimiter(
    new RateLimiterMemory({ points: perSecond, duration: 1 }),
    new RateLimiterMemory({ points: burst, duration: burstS }),
  );
}

/** @throws a `rate-limited` refusal that says when to come back */
export async function consume(limiter: BurstyRateLimiter, userId: string, points = 1): Promise<void> {
  await limiter.consume(userId, points).catch((state: unknown) => {
    throw refusal('rate-limited', state instanceof RateLimiterRes ? state.msBeforeNext : undefined);
  });
}
