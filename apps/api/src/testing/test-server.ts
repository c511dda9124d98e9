// The real application on a free port with a database in memory, and browsers' worth of clients for it.
import { randomUUID } from 'node:crypto';
import type { Account, Signal } from '@ferry/shared';
import { createTRPCClient, createWSClient, httpLink, type TRPCClient, wsLink } from '@trpc/client';
import type { FastifyInstance } from 'fastify';
import { WebSocket } from 'ws';
import { build } from '../app.ts';
import { readEnv } from '../env.ts';
import type { AppRouter } from '../trpc/router.ts';

export const PASSWORD = 'correct horse battery';

export interface TestServer {
  app: FastifyInstance;
  url: string;
  /** @param deviceId its own, unless it is a node's */
  browser(deviceId?: string): TestBrowser;
  /** A browser in which a new user has registered. */
  user(username: string): Promise<TestBrowser>;
  close(): Promise<void>;
}

export async function testServer(variables: Record<string, string> = {}): Promise<TestServer> {
  const app = await build(
    readEnv({ DATA_DIR: ':memory:', PORT: '0', STUN_PORT: '0', LOG_LEVEL: 'silent', ...variables }),
  );
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  const browsers: TestBrowser[] = [];
  const browser = (deviceId?: string) => {
    const made = new TestBrowser(url, deviceId);
    browsers.push(made);
    return made;
  };
  return {
    app,
    url,
    browser,
    async user(username) {
      const made = browser();
      await made.http.auth.register.mutate({ username, password: PASSWORD });
      return made;
    },
    async close() {
      for (const made of browsers) await made.disconnect();
      await app.close();
    },
  };
}

/** Keeps cookies, sends Origin as a browser does, and asks by POST as the page does. */
export class TestBrowser {
  readonly deviceId: string;
  readonly http: TRPCClient<AppRouter>;
  cookie: string | undefined;
  /** The last Set-Cookie header, whole. */
  setCookie: string | undefined;
  readonly #url: string;
  #socket: ReturnType<typeof createWSClient> | undefined;

  constructor(url: string, deviceId: string = randomUUID()) {
    this.#url = url;
    this.deviceId = deviceId;
    this.http = createTRPCClient<AppRouter>({
      links: [
        httpLink({
          url: `${url}/trpc`,
          methodOverride: 'POST',
          fetch: (input, init) => this.#fetch(input as string, init as RequestInit),
        }),
      ],
    });
  }

  /** Over a WebSocket that carries this browser's cookie. */
  get live(): TRPCClient<AppRouter> {
    const headers = { origin: this.#url, ...(this.cookie ? { cookie: this.cookie } : {}) };
    class SocketWithHeaders extends WebSocket {
      constructor(address: string) {
        super(address, { headers });
      }
    }
    this.#socket ??= createWSClient({
      url: `${this.#url.replace('http', 'ws')}/trpc`,
      WebSocket: SocketWithHeaders as unknown as typeof globalThis.WebSocket,
      retryDelayMs: () => 50,
    });
    return createTRPCClient<AppRouter>({ links: [wsLink({ client: this.#socket })] });
  }

  async disconnect(): Promise<void> {
    await this.#socket?.close();
    this.#socket = undefined;
  }

  signIn(username: string, password = PASSWORD): Promise<Account> {
    return this.http.auth.signIn.mutate({ username, password });
  }

  /** Opens the inbox; the device is online from `started` on. */
  openInbox(options: { deviceId?: string; lastEventId?: string } = {}) {
    const signals: { id: string; signal: Signal }[] = [];
    const { promise: started, resolve: start } = Promise.withResolvers<void>();
    const { promise: refused, resolve: refuse } = Promise.withResolvers<string | undefined>();
    const { deviceId = this.deviceId, lastEventId = null } = options;
    const subscription = this.live.signals.inbox.subscribe(
      { deviceId, deviceName: 'Test', lastEventId },
      {
        onStarted: () => start(),
        onError: ({ data }) => refuse(data?.ferryCode),
        onData: ({ id, data }) => signals.push({ id, signal: data }),
      },
    );
    return { signals, started, refused, close: () => subscription.unsubscribe() };
  }

  async #fetch(input: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('origin', this.#url);
    if (this.cookie) headers.set('cookie', this.cookie);
    const response = await fetch(input, { ...init, headers });
    this.setCookie = response.headers.get('set-cookie') ?? this.setCookie;
    const pair = response.headers.get('set-cookie')?.split(';')[0];
    if (pair) this.cookie = pair.endsWith('=') ? undefined : pair;
    return response;
  }
}
