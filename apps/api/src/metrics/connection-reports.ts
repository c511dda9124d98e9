// What browsers report of their connections, counted, but only so much of any one person: the numbers are the
// operator's, and nobody may bend them without bound. Forgets who said it.
import type { ConnectionReport } from '@ferry/shared';
import { BurstyRateLimiter, RateLimiterMemory } from 'rate-limiter-flexible';
import type { Metrics } from './metrics.ts';

/** Far more than a person's devices have to say. */
const REPORTS_PER_SECOND = 3;
/** Sending to a whole department at once, or everybody's connections when the office's network fails. */
const BURST_REPORTS = 50;
const BURST_AGAIN_AFTER_S = 60;

export class ConnectionReports {
  readonly #metrics: Metrics;
  readonly #limiter = new BurstyRateLimiter(
    new RateLimiterMemory({ points: REPORTS_PER_SECOND, duration: 1 }),
    new RateLimiterMemory({ points: BURST_REPORTS - REPORTS_PER_SECOND, duration: BURST_AGAIN_AFTER_S }),
  );

  constructor(metrics: Metrics) {
    this.#metrics = metrics;
  }

  /** One that is too many is not counted, and nobody is told: a browser could do nothing about it. */
  async add(userId: string, report: ConnectionReport): Promise<void> {
    if (!(await this.#mayReport(userId))) return;
    if (report.type === 'announced') this.#metrics.transfersAnnounced.count(report.route);
    else this.#metrics.noPath.count(report.reason);
  }

  #mayReport(userId: string): Promise<boolean> {
    return this.#limiter.consume(userId).then(
      () => true,
      () => false,
    );
  }
}
