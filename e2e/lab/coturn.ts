// A real coturn on a computer of the lab, started as infra/ starts it: UDP, TCP, and TLS with a certificate of the
// lab's own. Knows nothing of who uses it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CertificateAuthority } from './certificate-authority.ts';
import type { Host } from './host.ts';

const START = fileURLToPath(new URL('../../infra/coturn/start.sh', import.meta.url));
const START_TIMEOUT_MS = 10_000;
const PORT = 3478;
const TLS_PORT = 5349;

export type RelayTransport = 'udp' | 'tcp' | 'tls';

export interface CoturnOptions {
  /** The API's `TURN_SECRET`. */
  secret: string;
  /** What counts as public in the lab; otherwise the relay takes it for the range for examples that it is. */
  allowedPeers: string;
  /** More lines of its configuration, which win. */
  lines?: string[] | undefined;
}

export class Coturn {
  readonly secret: string;
  readonly #host: Host;
  readonly #dir = mkdtempSync(join(tmpdir(), 'ferry-lab-coturn-'));
  readonly #authority = new CertificateAuthority();
  readonly #env: Record<string, string>;
  #child: ChildProcess | undefined;
  #log = '';

  private constructor(host: Host, { secret, allowedPeers, lines = [] }: CoturnOptions) {
    this.secret = secret;
    this.#host = host;
    const { certificatePath, keyPath } = this.#authority.issue(host.address);
    const extraPath = join(this.#dir, 'extra.conf');
    writeFileSync(extraPath, `${['verbose', ...lines].join('\n')}\n`);
    this.#env = {
      TURN_SECRET: secret,
      TURN_HOST: host.address,
      TURN_PUBLIC_ADDRESS: host.address,
      TURN_ALLOWED_PEERS: allowedPeers,
      TURN_CERTIFICATE: certificatePath,
      TURN_KEY: keyPath,
      TURN_EXTRA_CONFIG: extraPath,
      TURN_RUNTIME_DIR: this.#dir,
    };
  }

  static async start(host: Host, options: CoturnOptions): Promise<Coturn> {
    const coturn = new Coturn(host, options);
    await coturn.#start();
    return coturn;
  }

  get address(): string {
    return this.#host.address;
  }

  /** For a browser: where it is, one way of reaching it. */
  url(transport: RelayTransport): string {
    if (transport === 'tls') return `turns:${this.address}:${TLS_PORT}`;
    return `turn:${this.address}:${PORT}?transport=${transport}`;
  }

  /** A folder for `HOME` with which a browser trusts its certificate. */
  trustingHome(): string {
    return this.#authority.homeThatTrustsIt();
  }

  /** All it said so far. */
  get log(): string {
    return this.#log;
  }

  /** Of every allocation so far: `expiry:user:device`. */
  get usernames(): string[] {
    return Array.from(this.#log.matchAll(/: new, realm=<[^>]*>, username=<([^>]+)>/g), ([, username = '']) => username);
  }

  /** It ends, forgets all it relayed, and comes back. */
  async restart(): Promise<void> {
    await this.#stop();
    await this.#start();
  }

  async dispose(): Promise<void> {
    await this.#stop();
    this.#authority.dispose();
    rmSync(this.#dir, { recursive: true, force: true });
  }

  async #start(): Promise<void> {
    this.#child = spawn(...this.#host.command('sh', [START]), {
      env: { ...process.env, ...this.#env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const output of [this.#child.stdout, this.#child.stderr])
      output?.on('data', (data) => {
        this.#log += data;
      });
    await this.#untilItListens();
  }

  async #stop(): Promise<void> {
    if (!this.#child || this.#child.exitCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await exited;
  }

  /** Asks on its own computer: from here there may be no way to it. */
  async #untilItListens(): Promise<void> {
    const ask = `
      const { connect } = require('node:net');
      const deadline = Date.now() + ${START_TIMEOUT_MS};
      const again = () =>
        connect(${PORT}, '${this.address}', () => process.exit(0)).on('error', () =>
          Date.now() > deadline ? process.exit(1) : setTimeout(again, 50));
      again();`;
    const asking = spawn(...this.#host.command(process.execPath, ['--eval', ask]), { stdio: 'ignore' });
    const [code] = await once(asking, 'exit');
    if (code !== 0) throw new Error(`coturn did not start:\n${this.#log}`);
  }
}
