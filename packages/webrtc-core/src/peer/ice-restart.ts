// Restarts of ICE on one connection, each with fresh servers and credentials: one at a time, however many reasons there
// are for it. Knows no negotiation, and not why the path is in doubt.
import type { Clock } from '../util/clock.ts';
import { freshConfiguration } from './fresh-configuration.ts';

export interface IceRestartOptions {
  connection: Pick<RTCPeerConnection, 'restartIce' | 'setConfiguration'>;
  /** What the connection was made with. */
  configuration: RTCConfiguration;
  /** Asked before each restart, by whichever side: credentials last for hours, a session may last longer. */
  refresh: () => Promise<RTCConfiguration>;
  /** Whether the path is still in doubt. */
  isNeeded: () => boolean;
  /** Aborted when the connection has ended. */
  ended: AbortSignal;
  clock: Clock;
}

/**
 * A computer that wakes up, ICE, a silent channel and the other side all notice the same thing, one after the other:
 * each restart begins the search anew, and a search takes a second or two.
 */
const SEARCH_MS = 3000;

export class IceRestart {
  readonly #options: IceRestartOptions;
  #configuration: RTCConfiguration;
  /** Until then whatever was begun last is still looking. */
  #busyUntilMs = Number.NEGATIVE_INFINITY;
  #cancelTimer: (() => void) | undefined;

  constructor(options: IceRestartOptions) {
    this.#options = options;
    this.#configuration = options.configuration;
    options.ended.addEventListener('abort', () => this.#cancelTimer?.());
  }

  /** What the connection gathers with. */
  get configuration(): RTCConfiguration {
    return this.#configuration;
  }

  /** Looks for another path; when that is being done already, once more after it if that did not help. */
  request(): void {
    const { clock, isNeeded } = this.#options;
    const waitMs = this.#busyUntilMs - clock.now();
    if (waitMs <= 0) return void this.#restart();
    this.#cancelTimer ??= clock.after(waitMs, () => {
      this.#cancelTimer = undefined;
      if (isNeeded()) this.request();
    });
  }

  /** The other side restarts ICE; resolves when this one is ready to gather anew with its answer. */
  async answer(): Promise<void> {
    await this.#prepare();
  }

  async #restart(): Promise<void> {
    await this.#prepare();
    if (!this.#options.ended.aborted) this.#options.connection.restartIce();
  }

  async #prepare(): Promise<void> {
    this.#begin();
    await this.#refresh();
    // The search begins only now.
    this.#begin();
  }

  #begin(): void {
    this.#busyUntilMs = this.#options.clock.now() + SEARCH_MS;
  }

  async #refresh(): Promise<void> {
    const { connection, refresh, ended, clock } = this.#options;
    const configuration = await freshConfiguration(refresh, clock);
    if (!configuration || ended.aborted) return;
    try {
      connection.setConfiguration(configuration);
      this.#configuration = configuration;
    } catch {
      // Browsers throw for what they do not take; the old one may still do.
    }
  }
}
