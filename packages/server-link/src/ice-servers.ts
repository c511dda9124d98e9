// The servers for the next connection: asked for anew each time, since credentials end. The last answer is used only
// while the server is out of reach, and only as long as it holds.
import type { IceConfiguration } from '@ferry/shared';

/** The core waits two seconds: what is at hand must be given before. */
const ANSWER_TIMEOUT_MS = 1500;

export class IceServers {
  readonly #ask: () => Promise<IceConfiguration>;
  #last: IceConfiguration | undefined;

  constructor(ask: () => Promise<IceConfiguration>) {
    this.#ask = ask;
  }

  /** @throws whatever asking does, when there is no earlier answer that still holds */
  async configuration(): Promise<RTCConfiguration> {
    const answer = this.#ask().then((configuration) => {
      this.#last = configuration;
      return configuration;
    });
    const { iceServers } = (await inTime(answer)) ?? this.#unexpired() ?? (await answer);
    return { iceServers };
  }

  #unexpired(): IceConfiguration | undefined {
    const expiresAt = this.#last?.expiresAt ?? Number.POSITIVE_INFINITY;
    return expiresAt > Date.now() ? this.#last : undefined;
  }
}

function inTime(answer: Promise<IceConfiguration>): Promise<IceConfiguration | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ANSWER_TIMEOUT_MS, undefined);
    answer
      .catch(() => undefined)
      .then((configuration) => {
        clearTimeout(timer);
        resolve(configuration);
      });
  });
}
