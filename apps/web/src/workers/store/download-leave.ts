// Leave to fetch a version's columns, asked of the server whenever it is needed: one answer serves all who keep some of it
// for a while. Knows no transfers and no links.
import type { ColumnsReference, OpenedVersion } from '@ferry/shared';

/** Well below the minutes that capabilities live, and long enough for all sources of a moment. */
const SHARED_FOR_MS = 60_000;

export interface DownloadLeaveOptions {
  ask: () => Promise<OpenedVersion>;
  nowMs: () => number;
  /** The server said who keeps it, just now. */
  granted: (answer: OpenedVersion) => void;
  /** It refused, or did not answer. */
  failed: (error: unknown) => void;
}

export class DownloadLeave {
  readonly #options: DownloadLeaveOptions;
  #answer: { version: OpenedVersion; atMs: number } | undefined;
  #asking: Promise<OpenedVersion | undefined> | undefined;

  constructor(options: DownloadLeaveOptions) {
    this.#options = options;
  }

  /** The present answer is so new that another one would hardly say more. */
  isNewerThan(ageMs: number): boolean {
    return this.#answer !== undefined && this.#options.nowMs() - this.#answer.atMs < ageMs;
  }

  /** What a device is asked with; undefined when it keeps nothing of it, or the server does not answer. */
  async reference(deviceId: string): Promise<string | undefined> {
    const isShared = this.isNewerThan(SHARED_FOR_MS) && !this.#asking;
    const version = isShared ? this.#answer!.version : await this.refresh();
    const grant = version?.grants.find((one) => one.deviceId === deviceId);
    if (!version || !grant || grant.columns.length === 0) return undefined;
    const { versionId } = version;
    const want = { type: 'columns', versionId, columns: grant.columns } as const;
    return JSON.stringify({ capability: grant.capability, want } satisfies ColumnsReference);
  }

  /** Asks anew; whoever needs an answer meanwhile gets this one. Undefined when there is none. */
  refresh(): Promise<OpenedVersion | undefined> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = undefined;
    });
    return this.#asking;
  }

  async #ask(): Promise<OpenedVersion | undefined> {
    try {
      const version = await this.#options.ask();
      this.#answer = { version, atMs: this.#options.nowMs() };
      this.#options.granted(version);
      return version;
    } catch (error) {
      this.#answer = undefined;
      this.#options.failed(error);
      return undefined;
    }
  }
}
