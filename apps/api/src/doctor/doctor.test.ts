import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerCheckCode, ServerReport } from '@ferry/shared';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openDatabase } from '../db/client.ts';
import { readEnv } from '../env.ts';
import { StunServer } from '../stun/stun-server.ts';
import { daysFromNow, testAuthority } from '../testing/certificates.ts';
import { IS_COTURN_HERE, SECRET, startCoturn } from '../testing/coturn.ts';
import { freeUdpPortPair } from '../testing/free-ports.ts';
import { refused } from '../testing/refused.ts';
import { PASSWORD, type TestBrowser, type TestServer, testServer } from '../testing/test-server.ts';
import { VERSION } from '../version.ts';
import { Doctor } from './doctor.ts';

async function start(variables: Record<string, string> = {}): Promise<{ server: TestServer; admin: TestBrowser }> {
  const server = await testServer(variables);
  onTestFinished(() => server.close());
  return { server, admin: await server.user('admin') };
}

function dataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ferry-doctor-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const ask = (browser: TestBrowser) => browser.http.doctor.server.query();
const codes = ({ checks }: ServerReport) => checks.map(({ code }): ServerCheckCode => code);

test('admins are told, others are not', async () => {
  const { server, admin } = await start();
  const other = await server.user('other');
  expect(await refused(ask(server.browser()))).toMatchObject({ ferryCode: 'unauthenticated' });
  expect(await refused(ask(other))).toMatchObject({ ferryCode: 'forbidden' });
  const { checkedAt, version } = await ask(admin);
  expect(Math.abs(checkedAt - Date.now())).toBeLessThan(10_000);
  expect(version).toBe(VERSION);
});

test('a server just started, on this computer', async () => {
  const { admin } = await start({ DATA_DIR: dataDir(), STUN_PORT: `${await freeUdpPortPair()}` });
  const report = await ask(admin);
  const expected: ServerCheckCode[] = [
    'origin.local',
    'proxy.none',
    'registration.open',
    'database.ok',
    'backup.none',
    'stun.loopback-only',
    'relay.none',
  ];
  expect(codes(report).filter((code) => !code.startsWith('disk.'))).toEqual(expected);
  expect(report.checks.filter(({ id }) => id === 'disk')).toHaveLength(1);
});

test('in memory there is no disk and no backup to look at', async () => {
  const { admin } = await start();
  const report = await ask(admin);
  expect(codes(report)).toContain('database.in-memory');
  expect(report.checks.filter(({ id }) => id === 'disk' || id === 'backup')).toEqual([]);
});

test('a STUN server that others reach, and answers on both families', async () => {
  const port = await freeUdpPortPair();
  const { admin } = await start({ STUN_PORT: `${port}`, STUN_HOST: '::' });
  expect((await ask(admin)).checks).toContainEqual({
    id: 'stun',
    code: 'stun.ok',
    outcome: 'ok',
    facts: { port, families: 'IPv4, IPv6' },
  });
});

test('a STUN port that others have stops neither the server nor the report', async () => {
  const port = await freeUdpPortPair();
  const other = createSocket('udp4').bind(port, '127.0.0.1');
  await once(other, 'listening');
  onTestFinished(() => void other.close());
  const { admin } = await start({ STUN_PORT: `${port}` });
  expect((await ask(admin)).checks).toContainEqual({
    id: 'stun',
    code: 'stun.port-in-use',
    outcome: 'problem',
    facts: { port },
  });
});

test.each<[string, Record<string, string>, Record<string, string>, ServerCheckCode]>([
  ['nobody', {}, {}, 'proxy.none'],
  ['a proxy that is not believed', {}, { 'x-forwarded-for': '192.0.2.7' }, 'proxy.ignored'],
  ['a believed proxy', { TRUST_PROXY: '1' }, { 'x-forwarded-for': '192.0.2.7' }, 'proxy.believed'],
  ['a believed address', { TRUST_PROXY: '127.0.0.1' }, { 'x-forwarded-for': '192.0.2.7' }, 'proxy.believed'],
  ['another address', { TRUST_PROXY: '10.0.0.9' }, { 'x-forwarded-for': '192.0.2.7' }, 'proxy.ignored'],
  ['nobody, where a proxy would be believed', { TRUST_PROXY: 'true' }, {}, 'proxy.absent'],
])('a request through %s', async (_what, variables, headers, code) => {
  const { server, admin } = await start(variables);
  const response = await fetch(`${server.url}/trpc/doctor.server`, { headers: { cookie: admin.cookie!, ...headers } });
  const { result } = (await response.json()) as { result: { data: ServerReport } };
  const check = result.data.checks.find(({ id }) => id === 'proxy');
  expect(check?.code).toBe(code);
  if (code === 'proxy.believed') expect(check?.facts).toEqual({ address: '192.0.2.7', proxy: '127.0.0.1' });
});

test('what a proxy says of https counts for the address that people use, though not for cookies', async () => {
  const { server, admin } = await start();
  const headers = { cookie: admin.cookie!, host: 'ferry.example.com', 'x-forwarded-proto': 'https' };
  const response = await server.app.inject({ url: '/trpc/doctor.server', headers });
  const { checks } = response.json().result.data as ServerReport;
  expect(checks).toContainEqual(expect.objectContaining({ code: 'origin.unset' }));
  expect(checks).toContainEqual(expect.objectContaining({ code: 'registration.open-to-all' }));
});

test('over the WebSocket the same is told', async () => {
  const { server, admin } = await start();
  const live = await admin.live.doctor.server.query();
  expect(live.checks).toContainEqual(expect.objectContaining({ code: 'origin.local', facts: { origin: server.url } }));
});

test.runIf(IS_COTURN_HERE)('every relay is checked, with the secret and the root that Ferry has', async () => {
  const authority = await testAuthority();
  const certificate = await authority.issue({ address: '127.0.0.1', until: daysFromNow(100) });
  const relay = await startCoturn({ certificate });
  onTestFinished(() => relay.stop());
  const root = join(dataDir(), 'root.pem');
  writeFileSync(root, authority.rootPem);
  const [udp, tls, gone] = [`turn:127.0.0.1:${relay.port}`, `turns:127.0.0.1:${relay.tlsPort}`, 'turn:gone.invalid'];
  const { admin } = await start({
    TURN_URLS: [udp, tls, gone].join(','),
    TURN_SECRET: SECRET,
    ROOT_CERTIFICATE: root,
  });
  const { checks } = await ask(admin);
  const found = checks
    .filter(({ id }) => id === 'relay')
    .map(({ code, facts }) => ({ code, url: 'url' in facts && facts.url }));
  expect(found).toEqual([
    { code: 'relay.ok', url: udp },
    { code: 'relay.door-closed', url: udp },
    { code: 'relay.certificate-ok', url: tls },
    { code: 'relay.ok', url: tls },
    { code: 'relay.door-closed', url: tls },
    { code: 'relay.unknown-name', url: gone },
  ]);
  // Nothing in the report is of use to whoever reads over a shoulder.
  expect(JSON.stringify(checks)).not.toContain(SECRET);
});

test('who asks often does not make it ask the relay as often', async () => {
  let connections = 0;
  const relay = createServer((socket) => {
    connections++;
    socket.on('error', () => {});
    socket.end('no relay');
  }).listen(0, '127.0.0.1');
  await once(relay, 'listening');
  onTestFinished(() => void relay.close());
  const { port } = relay.address() as { port: number };
  const { server, admin } = await start({ TURN_URLS: `turn:127.0.0.1:${port}?transport=tcp`, TURN_SECRET: SECRET });
  const other = server.browser();
  await other.signIn('admin', PASSWORD);
  const reports = await Promise.all(Array.from({ length: 20 }, () => ask(admin)));
  reports.push(await ask(admin));
  reports.push(await ask(other));
  expect(connections).toBe(1);
  expect(new Set(reports.map(({ checkedAt }) => checkedAt)).size).toBe(1);
  for (const report of reports) expect(codes(report)).toContain('relay.not-a-relay');
});

test('what was found stands for a while, not for ever', async () => {
  const env = readEnv({ DATA_DIR: ':memory:', STUN_PORT: '0' });
  const { db, close } = openDatabase(':memory:', () => {});
  onTestFinished(close);
  const doctor = new Doctor({ env, db, stun: new StunServer({ port: 0, host: 'localhost' }) }, 200);
  const reached = { origin: 'http://localhost', address: '127.0.0.1', peer: '127.0.0.1' };
  const report = () => doctor.report({ ...reached, isForwarded: false, isForwardBelieved: false });
  const [first, second] = await Promise.all([report(), report()]);
  expect(second.checkedAt).toBe(first.checkedAt);
  await vi.waitFor(async () => expect((await report()).checkedAt).toBeGreaterThan(first.checkedAt));
});
