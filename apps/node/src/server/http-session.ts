// A session with the server: asks to be let in, keeps the cookie in memory. Knows nothing of sockets.
import type { AppRouter } from '@ferry/api/router';
import { createTRPCClient, httpLink, type TRPCClient } from '@trpc/client';

export type FerryApi = TRPCClient<AppRouter>;

/** A server that hangs is one that is away. */
const ANSWER_TIMEOUT_MS = 15_000;

export class HttpSession {
  readonly api: FerryApi;
  readonly #origin: string;
  #cookie: string | undefined;

  /** @param origin of the server, as people type it: the server takes no other one */
  constructor(origin: string) {
    this.#origin = origin;
    this.api = createTRPCClient<AppRouter>({
      links: [
        httpLink({ url: `${origin}/trpc`, methodOverride: 'POST', fetch: (url, init) => this.#fetch(url, init) }),
      ],
    });
  }

  /** What a socket must show. */
  get headers(): Record<string, string> {
    return { origin: this.#origin, ...(this.#cookie === undefined ? {} : { cookie: this.#cookie }) };
  }

  /** A session that may have ended proves nothing: whoever signs in shows none. */
  forget(): void {
    this.#cookie = undefined;
  }

  async #fetch(url: unknown, init: unknown): Promise<Response> {
    const { headers, signal, ...rest } = init as RequestInit;
    const timeout = AbortSignal.timeout(ANSWER_TIMEOUT_MS);
    const response = await fetch(url as string, {
      ...rest,
      headers: { ...(headers as Record<string, string>), ...this.headers },
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      redirect: 'error',
    });
    // Proxies may add some of their own.
    const pairs = response.headers.getSetCookie().map((set) => set.split(';', 1)[0]!);
    if (pairs.length > 0) this.#cookie = pairs.join('; ');
    return response;
  }
}
