// Leave to fetch one place of the catalog, asked of the server whenever it is needed: one answer serves all sources for a
// while. Knows no transfers and no links.
import type { AskReference, Grant, GrantAnswer } from '@ferry/shared';
import { leaveOf, withMore } from './came-from.ts';
import type { CameFrom } from './download-record.ts';

/** Well below the five minutes that capabilities live, and long enough for all sources of a moment. */
const SHARED_FOR_MS = 60_000;

export interface DownloadGrantsOptions {
  ask: () => Promise<GrantAnswer>;
  nowMs: () => number;
  /** The server named these devices just now. */
  granted: (grants: readonly Grant[]) => void;
  /** It refused, or did not answer. */
  failed: (error: unknown) => void;
}

export class DownloadGrants {
  readonly #options: DownloadGrantsOptions;
  /** What each device was asked with since this program was started. */
  readonly #leaves = new Map<string, readonly CameFrom[]>();
  #answer: { grants: readonly Grant[]; atMs: number } | undefined;
  #asking: Promise<readonly Grant[] | undefined> | undefined;

  constructor(options: DownloadGrantsOptions) {
    this.#options = options;
  }

  /** The present answer is so new that it has not been of use yet to everybody it is for. */
  isNewerThan(ageMs: number): boolean {
    return this.#answer !== undefined && this.#options.nowMs() - this.#answer.atMs < ageMs;
  }

  /** What a device is asked with; undefined when the server does not name it now, or does not answer. */
  async reference(deviceId: string): Promise<string | undefined> {
    const isShared = this.isNewerThan(SHARED_FOR_MS);
    const grants = isShared && !this.#asking ? this.#answer!.grants : await this.refresh();
    const grant = grants?.find((one) => one.deviceId === deviceId);
    if (!grant) return undefined;
    this.#leaves.set(deviceId, withMore(this.#leaves.get(deviceId) ?? [], leaveOf(grant)));
    const { capability, want } = grant;
    return JSON.stringify({ capability, want } satisfies AskReference);
  }

  /** What a device may give, by all that it was asked with; undefined when it was not asked. */
  leaveOf(deviceId: string): readonly CameFrom[] | undefined {
    return this.#leaves.get(deviceId);
  }

  /** Asks anew; whoever needs an answer meanwhile gets this one. Undefined when there is none. */
  refresh(): Promise<readonly Grant[] | undefined> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(): Promise<readonly Grant[] | undefined> {
    try {
      const { grants } = await this.#options.ask();
      this.#answer = { grants, atMs: this.#options.nowMs() };
      this.#options.granted(grants);
      return grants;
    } catch (error) {
      this.#answer = undefined;
      this.#options.failed(error);
      return undefined;
    }
  }
}
