// The real application with everything that it logs kept, at the most talkative level there is.
import { once } from 'node:events';
import type { FastifyInstance } from 'fastify';
import { WebSocket } from 'ws';
import { build } from '../app.ts';
import { readEnv } from '../env.ts';
import { PASSWORD, TestBrowser } from './test-server.ts';

export interface LogLine {
  level: number;
  msg: string;
  reqId?: string;
  [key: string]: unknown;
}

/** @param prepare is given the application before it listens */
export async function loggedServer(
  variables: Record<string, string> = {},
  prepare: (app: FastifyInstance) => void = () => {},
) {
  const written: string[] = [];
  const env = readEnv({ DATA_DIR: ':memory:', PORT: '0', STUN_PORT: '0', LOG_LEVEL: 'trace', ...variables });
  const app = await build(env, { write: (line) => void written.push(line) });
  prepare(app);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const browsers: TestBrowser[] = [];
  const lines = () => written.map((line) => JSON.parse(line) as LogLine);
  return {
    url,
    /** As it was written. */
    text: () => written.join(''),
    lines,
    /** The lines that say this. */
    message: (msg: string) => lines().filter((line) => line.msg === msg),
    /** One that is open. Its address carries a query, as no page's does. */
    async socket(headers: Record<string, string> = {}): Promise<WebSocket> {
      const address = `${url.replace('http', 'ws')}/trpc?hush=hush`;
      const opened = new WebSocket(address, { headers: { origin: url, ...headers } });
      opened.on('error', () => {});
      await once(opened, 'open');
      return opened;
    },
    async user(username: string): Promise<TestBrowser> {
      const browser = new TestBrowser(url);
      browsers.push(browser);
      await browser.http.auth.register.mutate({ username, password: PASSWORD });
      return browser;
    },
    async close() {
      for (const browser of browsers) await browser.disconnect();
      await app.close();
    },
  };
}
