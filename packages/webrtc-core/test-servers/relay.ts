// A real relay, coturn, with time-limited credentials as Ferry's server issues them.
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ownAddress } from './own-address.ts';

const SECRET = 'a secret for tests alone';
const LIFETIME_S = 3600;
const START_TIMEOUT_MS = 10_000;

export interface Relay {
  /** By UDP; `?transport=tcp` is answered, too. */
  url: string;
  username: string;
  credential: string;
  stop(): void;
}

/** @returns undefined where coturn is not installed */
export async function startRelay(): Promise<Relay | undefined> {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];
  const program = folders.map((folder) => join(folder, 'turnserver')).find((path) => existsSync(path));
  if (!program) return undefined;
  const address = ownAddress();
  const port = await freePort(address);
  const folder = mkdtempSync(join(tmpdir(), 'ferry-relay-'));
  const options = [
    ...['-n', '--no-cli', '--no-tls', '--no-dtls', '--no-rfc5780', '--no-tcp-relay', '--no-multicast-peers'],
    ...[`--listening-ip=${address}`, `--relay-ip=${address}`, `--listening-port=${port}`],
    ...['--fingerprint', '--realm=ferry.test', '--use-auth-secret', `--static-auth-secret=${SECRET}`],
    ...['--log-file=stdout', `--pidfile=${join(folder, 'pid')}`, `--userdb=${join(folder, 'users')}`],
  ];
  const child = spawn(program, options, { stdio: 'ignore' });
  const stop = () => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  };
  await untilListening(address, port);
  const username = `${Math.floor(Date.now() / 1000) + LIFETIME_S}:tester`;
  const credential = createHmac('sha1', SECRET).update(username).digest('base64');
  return { url: `turn:${address}:${port}`, username, credential, stop };
}

async function freePort(address: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const bound = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!bound || typeof bound === 'string') throw new Error('No port is free');
  return bound.port;
}

async function untilListening(address: string, port: number): Promise<void> {
  const endMs = Date.now() + START_TIMEOUT_MS;
  while (!(await answers(address, port))) {
    if (Date.now() > endMs) throw new Error('The relay did not start');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function answers(address: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
