import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readEnv } from '../env.ts';
import { freeTcpPort } from '../testing/free-ports.ts';
import { ask } from '../testing/https-client.ts';
import { type LanServer, startLan } from './start-lan.ts';

const LOOPBACK = { netmask: '', mac: '', internal: true, cidr: null };
const COMPUTER = {
  hostName: 'alice-pc',
  interfaces: { lo: [{ ...LOOPBACK, family: 'IPv4' as const, address: '127.0.0.1' }] },
};

let dataDir: string;
let printed: string[];
let started: LanServer[];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'ferry-lan-'));
  printed = [];
  started = [];
});
afterEach(async () => {
  await Promise.all(started.map((server) => server.close()));
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(variables: Record<string, string> = {}): Promise<LanServer> {
  const ports = { PORT: '0', LAN_HTTPS_PORT: '0', STUN_PORT: '0' };
  const env = readEnv({ DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...ports, ...variables });
  const server = await startLan(env, {
    computer: () => COMPUTER,
    print: (text) => printed.push(text),
    hasColours: false,
  });
  started.push(server);
  return server;
}

const root = () => readFileSync(join(dataDir, 'lan-ca', 'root.crt'), 'utf8');
const browser = { accept: 'text/html' };

describe('the https address', () => {
  test('is the whole of Ferry, to whoever has the root certificate', async () => {
    const { httpsPort } = await start();
    const url = `https://127.0.0.1:${httpsPort}`;
    const { status, headers } = await ask(`${url}/trpc/auth.register`, {
      root: root(),
      method: 'POST',
      headers: { origin: url, 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'alice', password: 'correct horse battery' }),
    });
    expect(status).toBe(200);
    expect(String(headers['set-cookie'])).toMatch(/Secure/i);
    await expect(ask(`${url}/healthz`)).rejects.toThrow(/certificate/);
  });

  test('does not insist on https: the page about the certificate is at the same host', async () => {
    const { httpsPort } = await start();
    const { headers } = await ask(`https://localhost:${httpsPort}/`, { root: root(), headers: browser });
    expect(headers['strict-transport-security']).toBeUndefined();
    expect(headers['content-security-policy']).toBeDefined();
  });
});

describe('the http address', () => {
  test('has the page, the certificate and health, and nothing of Ferry', async () => {
    const { httpPort } = await start();
    const url = `http://127.0.0.1:${httpPort}`;
    expect((await ask(`${url}/trust/root.pem`)).body).toBe(new X509Certificate(root()).toString());
    expect((await ask(`${url}/healthz`)).body).toBe('{"status":"ok"}');
    const call = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
    expect((await ask(`${url}/trpc/auth.register`, call)).status).toBe(404);
    expect((await ask(`${url}/trpc/auth.me`)).status).toBe(404);
    expect((await ask(`${url}/metrics`)).status).toBe(404);
  });

  test.each(['/', '/register', '/trust/'])('leads from %s to the page', async (path) => {
    const { httpPort } = await start();
    const { status, headers } = await ask(`http://127.0.0.1:${httpPort}${path}`, { headers: browser });
    expect([status, headers.location]).toEqual([302, '/trust']);
  });

  test('opens Ferry at the same host, or at one that is in the certificate', async () => {
    const { httpPort, httpsPort } = await start();
    const opens = async (host: string) => {
      const { body } = await ask(`http://127.0.0.1:${httpPort}/trust`, { headers: { host: `${host}:${httpPort}` } });
      return /class="button" href="(https:[^"]+)"/.exec(body)?.[1];
    };
    expect(await opens('alice-pc.local')).toBe(`https://alice-pc.local:${httpsPort}`);
    expect(await opens('203.0.113.5')).toBe(`https://127.0.0.1:${httpsPort}`);
    expect(await opens('"><b>')).toBe(`https://127.0.0.1:${httpsPort}`);
  });
});

test('the root certificate is the same after a restart, and its fingerprint is printed', async () => {
  await (await start()).close();
  await start();
  const digits = new X509Certificate(root()).fingerprint256;
  expect(printed).toHaveLength(2);
  for (const text of printed) expect(text.replaceAll(/\s+/g, ':')).toContain(digits);
});

test('a taken port stops the start, and leaves the other one free', async () => {
  const taken = createServer();
  const port = await new Promise<number>((resolve) => {
    taken.listen(0, '0.0.0.0', () => resolve((taken.address() as { port: number }).port));
  });
  const httpsPort = `${await freeTcpPort()}`;
  await expect(start({ PORT: `${port}`, LAN_HTTPS_PORT: httpsPort })).rejects.toMatchObject({
    code: 'EADDRINUSE',
    port,
  });
  expect(printed).toEqual([]);
  await start({ LAN_HTTPS_PORT: httpsPort });
  await new Promise((resolve) => taken.close(resolve));
});

test.each([
  [{ PUBLIC_ORIGIN: 'https://ferry.example.com' }, 'public-origin'],
  [{ DATA_DIR: ':memory:' }, 'no-data-folder'],
])('%j is refused', async (variables, code) => {
  await expect(start(variables)).rejects.toMatchObject({ code });
});
