// A real Ferry server process on a free port with a database of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SERVER = fileURLToPath(new URL('../apps/api/dist/server.mjs', import.meta.url));
const START_TIMEOUT_MS = 30_000;

export interface FerryServer {
  url: string;
  /** What it wrote to its terminal so far. */
  printed(): string;
  /** Stops the process; `start` again on the same port and database. */
  stop(): Promise<void>;
  /** It is gone at once, as when the power fails. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Stops for good and deletes the database. */
  dispose(): Promise<void>;
}

/** The computer a server runs on. */
interface ServerHost {
  address: string;
  /** How a program is started there. */
  command(program: string, args: string[]): [program: string, args: string[]];
}

const THIS_COMPUTER: ServerHost = { address: 'localhost', command: (program, args) => [program, args] };

/**
 * @param environment more variables, such as `REGISTRATION`
 * @param flags such as `--lan`; where that is, `url` is the plain http address
 */
export async function startFerry(
  environment: Record<string, string> = {},
  host: ServerHost = THIS_COMPUTER,
  flags: string[] = [],
): Promise<FerryServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ferry-e2e-'));
  const port = await freePort();
  const url = `http://${host.address}:${port}`;
  let child: ChildProcess | undefined;
  let printed = '';
  const server: FerryServer = {
    url,
    printed: () => printed,
    async start() {
      const env = {
        ...process.env,
        PORT: `${port}`,
        DATA_DIR: dataDir,
        STUN_PORT: '0',
        LOG_LEVEL: 'warn',
        ...environment,
      };
      const program = host.command(process.execPath, [SERVER, ...flags]);
      child = spawn(...program, { env, stdio: ['ignore', 'pipe', 'inherit'] });
      child.stdout?.on('data', (text) => {
        printed += text;
      });
      await untilHealthy(url, host);
    },
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
    async dispose() {
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  async function end(signal: NodeJS.Signals): Promise<void> {
    const exited = new Promise((resolve) => child?.once('exit', resolve));
    child?.kill(signal);
    await exited;
  }
  await server.start();
  return server;
}

/** Asks on the server's own computer: from here there may be no way to it. */
async function untilHealthy(url: string, host: ServerHost): Promise<void> {
  const ask = `
    const deadline = Date.now() + ${START_TIMEOUT_MS};
    while (!(await fetch('${url}/healthz').catch(() => ({}))).ok) {
      if (Date.now() > deadline) process.exit(1);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }`;
  const program = host.command(process.execPath, ['--input-type=module', '--eval', ask]);
  const [code] = await once(spawn(...program, { stdio: 'ignore' }), 'exit');
  if (code !== 0) throw new Error(`Ferry did not start at ${url}`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
