// Who the API thinks it talks to, behind each of the proxies that infra/ has a configuration for.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect } from '@playwright/test';
import { addressesIn } from './api-log.ts';
import { type Answer, askFrom } from './ask-from.ts';
import { Installation, type ServiceName } from './installation.ts';
import { writeNginxConfig } from './nginx-config.ts';
import { test } from './office-test.ts';
import { bringCertificate } from './own-certificate.ts';
import { isHere } from './program.ts';
import { FERRY_HOST, ORIGIN } from './visitor.ts';

/** What a client may say of itself, and nobody shall believe. */
const FORGED = {
  'x-forwarded-for': '198.51.100.1, 203.0.113.9',
  'x-real-ip': '203.0.113.9',
  forwarded: 'for=203.0.113.9',
  'x-forwarded-proto': 'http',
};
const UPGRADE = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  origin: ORIGIN,
};

interface Office {
  /** The API behind a proxy; `environment` is over what compose gives it. */
  behind: (proxy: 'caddy' | 'nginx', environment?: Record<string, string>) => Promise<Installation>;
  /** From Alice's computer. */
  ask: (path: string, headers: Record<string, string>) => Promise<Answer>;
}

const office = test.extend<Office>({
  behind: async ({ lab, authority }, use) => {
    const server = lab.host('server');
    let installation: Installation | undefined;
    let nginx: ChildProcess | undefined;
    await use(async (proxy, environment = {}) => {
      const services: ServiceName[] = proxy === 'caddy' ? ['ferry', 'caddy'] : ['ferry'];
      installation = new Installation(server, { services, settings: { FERRY_HOST, TLS_MODE: 'files' }, environment });
      const { folder } = installation;
      bringCertificate(folder, authority, FERRY_HOST);
      await installation.start();
      if (proxy === 'nginx') {
        const config = writeNginxConfig(`${folder}/certificates`, FERRY_HOST);
        nginx = spawn(...server.command('nginx', ['-e', 'stderr', '-c', config]), { stdio: 'inherit' });
      }
      return installation;
    });
    const ended = nginx && once(nginx, 'exit');
    nginx?.kill('SIGTERM');
    await ended;
    await installation?.dispose();
  },
  ask: async ({ lab, authority }, use) => {
    const question = { address: lab.host('server').address, authority: authority.rootPath };
    await use((path, headers) => askFrom(lab.host('alice'), { url: `${ORIGIN}${path}`, headers, ...question }));
  },
});

for (const proxy of ['caddy', 'nginx'] as const)
  office.describe(`behind ${proxy}`, () => {
    office.skip(proxy === 'nginx' && !isHere('nginx', 'nginx-light'), 'nginx is not here');

    office('a client is known by its own address, whatever it says of itself', async ({ lab, behind, ask }) => {
      const installation = await behind(proxy);
      const answer = await ask('/', { ...FORGED, accept: 'text/html' });
      expect(answer.status).toBe(200);
      expect(answer.headers['strict-transport-security']).toBeDefined();
      expect((await ask('/trpc', { ...FORGED, ...UPGRADE })).status).toBe(101);
      expect((await ask('/metrics', {})).status).toBe(404);
      const { log } = installation.service('ferry');
      for (const path of ['/', '/trpc']) expect(addressesIn(log, path)).toEqual([lab.host('alice').address]);
      expect(log).not.toContain('203.0.113.9');
    });
  });

office('without TRUST_PROXY the API knows the proxy alone', async ({ behind, ask }) => {
  const installation = await behind('caddy', { TRUST_PROXY: '' });
  await ask('/', { accept: 'text/html' });
  expect(addressesIn(installation.service('ferry').log, '/')).toEqual(['127.0.0.1']);
});
