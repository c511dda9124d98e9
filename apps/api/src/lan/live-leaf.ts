// The https server's certificate while the server runs: another one when this computer's addresses change, or when
// it grows old. Connections that are open stay open.

import type { RequestListener } from 'node:http';
import { createServer, type Server, type ServerOptions } from 'node:https';
import { permittedBy } from '../trust/name-constraints.ts';
import type { Authority } from './authority.ts';
import { issueLeaf, type Leaf } from './leaf.ts';
import { type Computer, isSame, leafNames } from './leaf-names.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const RENEW_BEFORE_MS = 20 * DAY_MS;
const CHECK_EVERY_MS = 60_000;

interface LiveLeafOptions {
  authority: Authority;
  /** Asked anew at every look. */
  computer: () => Computer;
  now?: () => number;
}

export class LiveLeaf {
  readonly #options: Required<LiveLeafOptions>;
  readonly #servers = new Set<Server>();
  #leaf: Leaf;
  #timer: NodeJS.Timeout | undefined;

  private constructor(options: Required<LiveLeafOptions>, leaf: Leaf) {
    this.#options = options;
    this.#leaf = leaf;
  }

  static async issue({ now = Date.now, ...rest }: LiveLeafOptions): Promise<LiveLeaf> {
    const options = { now, ...rest };
    return new LiveLeaf(options, await issue(options));
  }

  get leaf(): Leaf {
    return this.#leaf;
  }

  /** A server that always shows the newest. */
  createServer(listener: RequestListener): Server {
    const server = createServer(contextOf(this.#leaf), listener);
    this.#servers.add(server);
    server.once('close', () => this.#servers.delete(server));
    return server;
  }

  /** @returns whether another one was due, and is shown from now on */
  async refresh(): Promise<boolean> {
    if (!this.#isDue()) return false;
    this.#leaf = await issue(this.#options);
    for (const server of this.#servers) server.setSecureContext(contextOf(this.#leaf));
    return true;
  }

  /** Looks every minute, until `stop`. */
  watch(onRenewed: () => void, onError: (error: unknown) => void): void {
    const look = async () => {
      if (await this.refresh()) onRenewed();
    };
    this.#timer = setInterval(() => look().catch(onError), CHECK_EVERY_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #isDue(): boolean {
    const { now } = this.#options;
    const isOld = this.#leaf.expiresAtMs - now() < RENEW_BEFORE_MS;
    return isOld || !isSame(this.#leaf.names, namesNow(this.#options));
  }
}

function issue(options: Required<LiveLeafOptions>): Promise<Leaf> {
  return issueLeaf(options.authority, namesNow(options), options.now());
}

function namesNow({ authority, computer }: Required<LiveLeafOptions>) {
  return leafNames(permittedBy(new Uint8Array(authority.certificate.rawData)), computer());
}

function contextOf({ certificatePem, keyPem }: Leaf): ServerOptions {
  return { cert: certificatePem, key: keyPem };
}
