// What the root certificate of `npm start -- --lan` cannot be used for, even by somebody who has stolen its key: a
// real browser that trusts it still knows the websites of the internet from a forger's.
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { openProfile, type Profile } from './browser.ts';
import { startFerry } from './ferry-server.ts';
import { test } from './lab/base-test.ts';
import { trust } from './lab/trusting-home.ts';

let folder: string;
let root: string;
let key: string;
let profile: Profile;
test.beforeAll(async ({ obstacle }) => {
  test.skip(obstacle !== undefined, obstacle);
  folder = mkdtempSync(join(tmpdir(), 'ferry-stolen-'));
  const server = await startFerry({ DATA_DIR: folder, LAN_HTTPS_PORT: '0' }, undefined, ['--lan']);
  await server.dispose();
  [root, key] = [join(folder, 'lan-ca', 'root.crt'), join(folder, 'lan-ca', 'root.key')];
  trust(folder, root);
  const rules = '--host-resolver-rules=MAP *.com 127.0.0.1, MAP *.local 127.0.0.1';
  profile = await openProfile({ env: { HOME: folder }, args: [rules] });
});
test.afterAll(async () => {
  await profile?.close();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

function forge(host: string): { cert: string; key: string } {
  const [cert, ownKey] = [join(folder, `${host}.crt`), join(folder, `${host}.key`)];
  const kind = [
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:prime256v1',
    '-nodes',
    '-days',
    '2',
    '-subj',
    '/O=Forger',
  ];
  const names = ['-addext', `subjectAltName=DNS:${host}`, '-addext', 'basicConstraints=CA:FALSE'];
  const signed = ['-CA', root, '-CAkey', key, '-keyout', ownKey, '-out', cert];
  execFileSync('openssl', ['req', '-x509', ...kind, ...names, ...signed], { stdio: 'pipe' });
  return { cert, key: ownKey };
}

/** @returns the page's text, or why the browser does not show it */
async function visit(host: string): Promise<string> {
  const { cert, key: ownKey } = forge(host);
  const site = createServer({ cert: readFileSync(cert), key: readFileSync(ownKey) }, (_, answer) =>
    answer.end('forged'),
  );
  await once(site.listen(0, '127.0.0.1'), 'listening');
  const page = await profile.context.newPage();
  try {
    const answer = await page.goto(`https://${host}:${(site.address() as AddressInfo).port}`);
    return (await answer?.text()) ?? '';
  } catch (error) {
    return String(error);
  } finally {
    await page.close();
    site.close();
  }
}

test('a forged website of the internet is refused, by the browser and by OpenSSL', async () => {
  expect(await visit('example.com')).toContain('ERR_CERT_INVALID');
  const verify = () =>
    execFileSync('openssl', ['verify', '-CAfile', root, forge('example.com').cert], { stdio: 'pipe' });
  expect(verify).toThrow(/permitted subtree violation/);
});

test('a computer in the same network could be forged: that is what the key must be kept for', async () => {
  expect(await visit('printer.local')).toBe('forged');
  expect(() => execFileSync('openssl', ['verify', '-CAfile', root, forge('printer.local').cert])).not.toThrow();
});
