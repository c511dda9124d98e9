// A real coturn on loopback, with a configuration of its own in a folder of its own. Tests that need it are skipped
// where Debian's package is not installed.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { askBinding } from '../stun/ask-binding.ts';
import type { TestCertificate } from './certificates.ts';
import { freeUdpPortPair } from './free-ports.ts';

const PROGRAM = '/usr/bin/turnserver';
const START_TIMEOUT_MS = 10_000;
/** Others come and go: a port that was free a moment ago may be somebody's by now. */
const MOST_STARTS = 5;
/** EADDRINUSE; coturn itself tries the same port again and again. */
const PORT_IS_TAKEN = /errno=98/;

export const IS_COTURN_HERE = existsSync(PROGRAM);
if (!IS_COTURN_HERE) console.warn(`skipped: ${PROGRAM} is not here (apt-get install coturn)`);

export const SECRET = 'a secret for a relay of the tests';

/** What infra/ closes; coturn itself closes loopback. */
export const CLOSED_DOOR = [
  'denied-peer-ip=10.0.0.0-10.255.255.255',
  'denied-peer-ip=169.254.0.0-169.254.255.255',
  'denied-peer-ip=172.16.0.0-172.31.255.255',
  'denied-peer-ip=192.168.0.0-192.168.255.255',
];

/** With the secret, and without a user of its own. */
const AUTHENTICATION = ['use-auth-secret', `static-auth-secret=${SECRET}`, 'realm=ferry.test'];

export interface TestRelay {
  /** UDP and TCP. */
  port: number;
  /** TLS, when there is a certificate. */
  tlsPort: number;
  log(): string;
  stop(): Promise<void>;
}

export interface CoturnOptions {
  /** Of its configuration, besides those about ports. */
  lines?: string[];
  certificate?: TestCertificate;
}

export async function startCoturn(options: CoturnOptions = {}): Promise<TestRelay> {
  for (let starts = 1; ; starts++) {
    const relay = await startOn(await freeUdpPortPair(), options);
    if (typeof relay !== 'string') return relay;
    if (starts === MOST_STARTS || !PORT_IS_TAKEN.test(relay)) throw new Error(`coturn did not start:\n${relay}`);
  }
}

/** @returns what it said, when it does not listen */
async function startOn(port: number, options: CoturnOptions): Promise<TestRelay | string> {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-coturn-'));
  const config = [
    'listening-ip=127.0.0.1',
    'relay-ip=127.0.0.1',
    `listening-port=${port}`,
    `tls-listening-port=${port + 1}`,
    'min-port=49152',
    'max-port=65535',
    'fingerprint',
    'no-cli',
    'no-dtls',
    'no-tcp-relay',
    'no-multicast-peers',
    'no-rfc5780',
    'no-stun-backward-compatibility',
    'verbose',
    'log-file=stdout',
    `pidfile=${join(folder, 'turnserver.pid')}`,
    `userdb=${join(folder, 'turndb')}`,
    ...tlsLines(folder, options.certificate),
    ...(options.lines ?? [...AUTHENTICATION, ...CLOSED_DOOR]),
  ];
  const file = join(folder, 'turnserver.conf');
  writeFileSync(file, `${config.join('\n')}\n`);
  const child = spawn(PROGRAM, ['-c', file], { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  for (const output of [child.stdout, child.stderr]) output.on('data', (text) => (log += text));
  const stop = async () => {
    await kill(child);
    rmSync(folder, { recursive: true, force: true });
  };
  if (await listens(port, child, () => PORT_IS_TAKEN.test(log))) {
    return { port, tlsPort: port + 1, log: () => log, stop };
  }
  await stop();
  return log;
}

export function withAuthentication(...lines: string[]): string[] {
  return [...AUTHENTICATION, ...lines];
}

function tlsLines(folder: string, certificate: TestCertificate | undefined): string[] {
  if (!certificate) return ['no-tls'];
  const [cert, pkey] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  writeFileSync(cert, certificate.certificatePem);
  writeFileSync(pkey, certificate.keyPem);
  return [`cert=${cert}`, `pkey=${pkey}`];
}

/** It listens on TCP before it does on UDP. */
async function listens(port: number, child: ChildProcess, isTaken: () => boolean): Promise<boolean> {
  const deadlineMs = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadlineMs && child.exitCode === null && !isTaken()) {
    if ((await accepts(port)) && (await askBinding({ address: '127.0.0.1', port }, 200))) return true;
    await setTimeout(50);
  }
  return false;
}

async function accepts(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    // Rejects on `error`.
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
