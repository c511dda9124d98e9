// STUN servers and a relay for one browser test, gone after it. Where no relay is installed the test is skipped and
// says why.
import type { TestContext } from 'vitest';
import { commands } from 'vitest/browser';

export interface TestRelay {
  url: string;
  server: RTCIceServer;
}

export class BrowserServers {
  readonly #test: TestContext;

  constructor(test: TestContext) {
    this.#test = test;
  }

  /** @param sight what it claims to see, instead of the truth */
  async stun(sight?: { address?: string; portOffset?: number }): Promise<string> {
    const url = await commands.startStun(sight);
    this.#test.onTestFinished(() => commands.stopServer(url));
    return url;
  }

  async relay(): Promise<TestRelay> {
    const relay = await commands.startRelay();
    if (!relay) return this.#test.skip('coturn (turnserver) is not installed');
    const { url, username, credential } = relay;
    this.#test.onTestFinished(() => commands.stopServer(url));
    return { url, server: { urls: [url, `${url}?transport=tcp`], username, credential } };
  }
}
