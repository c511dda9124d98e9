// A server that is told of an own authority's root certificate, as behind a proxy that makes its own: whoever comes
// over plain http is shown the way to it.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { type FerryServer, startFerry } from './ferry-server.ts';
import { Person } from './person.ts';

let folder: string;
/** Not there yet when the server starts. */
let root: string;
let server: FerryServer;
test.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ferry-authority-'));
  root = join(folder, 'root.crt');
  server = await startFerry({ HOST: '0.0.0.0', ROOT_CERTIFICATE: root });
});
test.afterAll(async () => {
  await server.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** Any root will do. */
async function makeRoot(): Promise<void> {
  const dataDir = join(folder, 'data');
  const lan = await startFerry({ DATA_DIR: dataDir, LAN_HTTPS_PORT: '0' }, undefined, ['--lan']);
  await lan.dispose();
  copyFileSync(join(dataDir, 'lan-ca', 'root.crt'), root);
}

test('an insecure page leads to the certificate as soon as there is one', async () => {
  // It starts a second server in between.
  test.setTimeout(120_000);
  const { port } = new URL(server.url);
  const guest = await Person.open('guest', {
    url: `http://ferry.test:${port}`,
    args: ['--host-resolver-rules=MAP ferry.test 127.0.0.1'],
  });
  const { page } = guest;
  const heading = page.getByRole('heading', { name: 'Ferry needs a secure address' });
  const link = page.getByRole('link', { name: 'Install the certificate' });
  const asked = page.waitForResponse(`**/trust`);
  await page.reload();
  await expect(heading).toBeVisible();
  expect((await asked).status()).toBe(404);
  await expect(link).toBeHidden();
  await page.goto(`http://ferry.test:${port}/trust`);
  await expect(page.getByRole('heading', { name: 'The certificate is not there yet' })).toBeVisible();
  await expectAccessible(page, 'no certificate yet');

  await makeRoot();
  await page.goto(`http://ferry.test:${port}/`);
  await expect(link).toBeVisible();
  await expectAccessible(page, 'insecure address, with a certificate');
  await link.click();
  await expect(page.getByRole('heading', { name: 'Let this device trust Ferry' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Open Ferry' }).last()).toHaveAttribute('href', 'https://ferry.test');
  await guest.close();
});
