// The shipped installation with an authority of its own: how a computer comes to trust it, and what is there before.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { openProfile } from '../browser.ts';
import { test } from '../lab/base-test.ts';
import { Lab } from '../lab/lab.ts';
import { trust } from '../lab/trusting-home.ts';
import { Person } from '../person.ts';
import { askFrom } from './ask-from.ts';
import { Installation } from './installation.ts';
import { relayCandidate } from './relay-candidate.ts';
import { FERRY_HOST, ORIGIN, visitorAt } from './visitor.ts';

let lab: Lab<'alice' | 'server'>;
let installation: Installation;
let home: string;

test.beforeAll(async ({ obstacle }) => {
  test.skip(obstacle !== undefined, obstacle);
  test.setTimeout(180_000);
  lab = Lab.lan(['alice', 'server']);
  const settings = { FERRY_HOST, TLS_MODE: 'internal', REGISTRATION: 'open' };
  installation = new Installation(lab.host('server'), { settings });
  await installation.start();
  home = mkdtempSync(join(tmpdir(), 'ferry-home-'));
});

test.afterAll(async () => {
  await installation?.dispose();
  lab?.dispose();
  if (home) rmSync(home, { recursive: true, force: true });
});

test('a computer gets the root certificate over plain http, and trusts Ferry from then on', async () => {
  test.setTimeout(120_000);
  const visitor = visitorAt(lab.host('alice'), lab.host('server').address, home);
  const before = await openProfile(visitor);
  const refused = await before.context.newPage();
  await expect(refused.goto(ORIGIN)).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID');
  const page = await before.context.newPage();
  await page.goto(`http://${FERRY_HOST}/trust`);
  const link = page.getByRole('link', { name: 'Download the root certificate' });
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  trust(home, await download.path());
  await before.close();

  const alice = await Person.open('alice', visitor);
  await alice.register();
  expect(await alice.page.evaluate(() => window.isSecureContext)).toBe(true);
  // The relay has a certificate of the same authority.
  const candidate = await relayCandidate(alice.page, `turns:${FERRY_HOST}:5349?transport=tcp`);
  expect(candidate).toContain(' typ relay ');
  await alice.close();
});

test('over plain http, by name or by address, there is nothing but that page', async () => {
  const { address } = lab.host('server');
  for (const host of [FERRY_HOST, address]) {
    const answers = ['/trust', '/trust/root.pem', '/', '/metrics', '/trpc/x?y'].map((path) =>
      askFrom(lab.host('alice'), { url: `http://${host}${path}`, address }),
    );
    const [page, root, ...others] = await Promise.all(answers);
    expect(page!.status).toBe(200);
    expect(root!.body).toContain('BEGIN CERTIFICATE');
    expect(root!.body).not.toContain('PRIVATE KEY');
    for (const { status, headers } of others) {
      expect(status).toBe(308);
      expect(headers.location).toMatch(`${ORIGIN}/`);
    }
  }
});

test('a browser is not told to stay with https: it could not come back for the certificate', async () => {
  const question = { url: `${ORIGIN}/`, address: lab.host('server').address };
  const authority = join(installation.folder, 'trust', 'root.crt');
  const { status, headers } = await askFrom(lab.host('alice'), { ...question, authority });
  expect(status).toBe(200);
  expect(headers['strict-transport-security']).toBeUndefined();
});
