// The server's own STUN: two ports, and whether they could be had. Never stops the rest: who has none finds paths in
// other ways. Knows no browsers.
import { isLoopback } from '../addresses/loopback.ts';
import { AddressLimit } from './address-limit.ts';
import { type BindAddress, bindAddresses } from './bind-addresses.ts';
import { StunEndpoint } from './endpoint.ts';

export type StunState =
  | { kind: 'off' }
  /** `error` such as `EADDRINUSE`. */
  | { kind: 'not-listening'; port: number; error: string }
  | {
      kind: 'listening';
      port: number;
      addresses: BindAddress[];
      families: BindAddress['family'][];
      /** Nobody but this computer can reach it. */
      isLoopbackOnly: boolean;
      /** Why the next port could not be had; undefined when it answers, too. */
      secondPortError: string | undefined;
    };

export interface StunUrls {
  urls: string[];
  /** The second port: only of use to tell what kind of address translation there is (RFC 5780, section 4.3). */
  probeUrls: string[];
}

type Warn = (facts: object, sentence: string) => void;

export class StunServer {
  readonly #port: number;
  readonly #host: string;
  readonly #endpoints: StunEndpoint[] = [];
  readonly #limit = new AddressLimit();
  #state: Promise<StunState> = Promise.resolve({ kind: 'off' });

  /** @param port 0 for none */
  constructor({ port, host }: { port: number; host: string }) {
    this.#port = port;
    this.#host = host;
  }

  /** A port that cannot be had is one warning, and no error. */
  start(warn: Warn): Promise<StunState> {
    if (this.#port > 0) this.#state = this.#listen(warn);
    return this.#state;
  }

  /** `off` until `start`; then waits for it. */
  state(): Promise<StunState> {
    return this.#state;
  }

  /** @param hostname by which a browser reached this server, an IPv6 address in brackets */
  async urlsFor(hostname: string): Promise<StunUrls> {
    const state = await this.#state;
    const isReachable = state.kind === 'listening' && (!state.isLoopbackOnly || isLoopback(hostname));
    if (!isReachable || hostname === '') return { urls: [], probeUrls: [] };
    return {
      urls: [`stun:${hostname}:${state.port}`],
      probeUrls: state.secondPortError ? [] : [`stun:${hostname}:${state.port + 1}`],
    };
  }

  async close(): Promise<void> {
    await this.#state;
    this.#state = Promise.resolve({ kind: 'off' });
    await Promise.all(this.#endpoints.splice(0).map((endpoint) => endpoint.close()));
  }

  async #listen(warn: Warn): Promise<StunState> {
    const port = this.#port;
    try {
      const addresses = await bindAddresses(this.#host);
      const families = await this.#open(addresses, port);
      const secondPortError = await this.#open(addresses, port + 1).then(() => undefined, codeOf);
      if (secondPortError) warn({ port: port + 1, error: secondPortError }, SECOND_PORT_MISSING);
      const isLoopbackOnly = addresses.every(({ address }) => isLoopback(address));
      return { kind: 'listening', port, addresses, families, isLoopbackOnly, secondPortError };
    } catch (reason) {
      const error = codeOf(reason);
      warn({ port, error }, error === 'EADDRINUSE' ? PORT_IN_USE : NOT_LISTENING);
      return { kind: 'not-listening', port, error };
    }
  }

  async #open(addresses: BindAddress[], port: number): Promise<BindAddress['family'][]> {
    const endpoint = await StunEndpoint.open(addresses, port, this.#limit);
    this.#endpoints.push(endpoint);
    return endpoint.families;
  }
}

const PORT_IN_USE =
  'STUN_PORT is in use by another program: Ferry runs without its own STUN server. Set another port, or 0 for none';
const NOT_LISTENING = 'Ferry cannot listen on STUN_PORT and runs without its own STUN server';
const SECOND_PORT_MISSING = 'the port after STUN_PORT cannot be had: the page cannot tell kinds of address translation';

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
