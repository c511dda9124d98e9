// The shipped relay: whom it sends to, what it may do, and how it comes by its certificate.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { askForPeer } from '../lab/turn-client.ts';
import { Installation, TURN_SECRET } from './installation.ts';
import { test } from './office-test.ts';
import { bringCertificate } from './own-certificate.ts';
import { tlsSerial } from './tls-serial.ts';
import { FERRY_HOST } from './visitor.ts';

/** Of nobody's range, and no address of the lab: nothing is sent there, it is only asked whether it could be. */
const SOMEBODY_OUTSIDE = '11.0.0.1';
/** What the router in front would have. */
const PUBLIC_ADDRESS = '203.0.113.9';
const FORBIDDEN = '403';

interface Office {
  /** The relay, started. */
  relay: (settings?: Record<string, string>, environment?: Record<string, string>) => Promise<Installation>;
  /** What it answers Alice who wants to write to a peer. */
  ask: (peer: string) => Promise<string>;
}

const office = test.extend<Office>({
  relay: async ({ lab, authority }, use) => {
    let installation: Installation | undefined;
    await use(async (settings = {}, environment = {}) => {
      installation = new Installation(lab.host('server'), {
        services: ['coturn'],
        settings: { FERRY_HOST, TLS_MODE: 'files', ...settings },
        environment,
      });
      if (environment.TURN_CERTIFICATE_WAIT_S !== '0') bringCertificate(installation.folder, authority, FERRY_HOST);
      await installation.start();
      return installation;
    });
    await installation?.dispose();
  },
  ask: async ({ lab }, use) => {
    const relay = { secret: TURN_SECRET, address: lab.host('server').address };
    await use((peer) => askForPeer(lab.host('alice'), relay, peer));
  },
});

office('it sends into no private network, but to itself and to the internet', async ({ lab, relay, ask }) => {
  await relay();
  for (const peer of [lab.host('alice').address, '127.0.0.1', '169.254.169.254', '192.168.0.1', '100.64.0.1'])
    expect([peer, await ask(peer)]).toEqual([peer, FORBIDDEN]);
  for (const peer of [lab.host('server').address, SOMEBODY_OUTSIDE])
    expect([peer, await ask(peer)]).toEqual([peer, 'success']);
});

office('a range that the operator allows is open, and the one beside it is not', async ({ relay, ask }) => {
  await relay({ TURN_ALLOWED_PEERS: '10.9.0.4,10.9.1.0-10.9.1.255' });
  expect(await Promise.all(['10.9.0.4', '10.9.1.77'].map(ask))).toEqual(['success', 'success']);
  expect(await Promise.all(['10.9.0.5', '10.9.2.0'].map(ask))).toEqual([FORBIDDEN, FORBIDDEN]);
});

office('behind NAT two people meet at its public address', async ({ lab, relay, ask }) => {
  await relay({ TURN_PUBLIC_ADDRESS: `${PUBLIC_ADDRESS}/${lab.host('server').address}` });
  expect(await ask(PUBLIC_ADDRESS)).toBe('success');
});

office('it gives up root, and its secret is nowhere to be read', async ({ relay }) => {
  const { folder } = await relay();
  const mine = processes().filter(({ command }) => command.includes(folder));
  const coturn = mine.find(({ command }) => command.startsWith('turnserver'))!;
  expect(coturn.userId).not.toBe(0);
  expect(processes().filter(({ command }) => command.includes(TURN_SECRET))).toEqual([]);
  const runtime = join(folder, 'tmpfs/run/ferry-coturn');
  const readable = readdirSync(runtime).filter((name) => statSync(join(runtime, name)).mode & 0o004);
  expect(readable).toEqual([]);
  expect(readFileSync(join(runtime, 'turnserver.conf'), 'utf8')).toContain(TURN_SECRET);
});

office('a renewed certificate reaches it while it runs', async ({ lab, authority, relay }) => {
  const installation = await relay({}, { TURN_CERTIFICATE_CHECK_S: '1' });
  const server = lab.host('server');
  const before = await tlsSerial(server, 5349);
  expect(before).not.toBe('');
  bringCertificate(installation.folder, authority, FERRY_HOST);
  await expect.poll(() => tlsSerial(server, 5349), { timeout: 20_000 }).not.toBe(before);
  expect(await tlsSerial(server, 5349)).not.toBe('');
});

office(
  'it serves without a certificate, and ends to be started with it once there is one',
  async ({ lab, authority, relay }) => {
    const installation = await relay({}, { TURN_CERTIFICATE_WAIT_S: '0', TURN_CERTIFICATE_CHECK_S: '1' });
    const [server, coturn] = [lab.host('server'), installation.service('coturn')];
    expect(await tlsSerial(server, 5349)).toBe('');
    bringCertificate(installation.folder, authority, FERRY_HOST);
    expect(await coturn.ended()).toBeGreaterThan(0);
    // As the restart policy does.
    coturn.start();
    await coturn.untilHealthy();
    expect(await tlsSerial(server, 5349)).not.toBe('');
  },
);

office('with a name of its own it is at port 443, too', async ({ lab, relay }) => {
  await relay({ TURN_HOST: 'turn.test' });
  expect(await tlsSerial(lab.host('server'), 443)).not.toBe('');
});

interface Process {
  command: string;
  userId: number;
}

function processes(): Process[] {
  const lines = execFileSync('ps', ['-eo', 'uid=,args='], { encoding: 'utf8' }).split('\n');
  return lines.filter(Boolean).map((line) => {
    const [, userId, command = ''] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    return { userId: Number(userId), command };
  });
}
