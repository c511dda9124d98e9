// `npm start -- --lan`: the way from a terminal to two people who hand files to each other, over https in a network
// without any other server.
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { CHROMIUM } from './browser.ts';
import { type FerryServer, startFerry } from './ferry-server.ts';
import { test as labTest } from './lab/base-test.ts';
import { browserOn } from './lab/browser-on.ts';
import type { Host } from './lab/host.ts';
import { Lab } from './lab/lab.ts';
import { trust } from './lab/trusting-home.ts';
import { Person } from './person.ts';
import { SampleFolder } from './sample-files.ts';

/** Any free one. */
const ANY_HTTPS_PORT = { LAN_HTTPS_PORT: '0' };
const LAN = ['--lan'];

/** Downloads the root certificate as people do. */
async function download(page: Page): Promise<Buffer> {
  const pressed = page.getByRole('link', { name: 'Download the root certificate' }).click();
  const [file] = await Promise.all([page.waitForEvent('download'), pressed]);
  expect(file.suggestedFilename()).toBe('ferry-root.crt');
  return readFileSync(await file.path());
}

const secureAddress = (page: Page) =>
  page.getByRole('link', { name: 'Open Ferry' }).last().getAttribute('href') as Promise<string>;

/** Without the spaces that make it readable. */
const digitsIn = (text: string | null) => (text ?? '').trim().replaceAll(/\s+/g, ':').replaceAll('::', ':');

/** In the page: all steps at once, of which it opens one at a time. */
function openAll(all: Element[]): void {
  for (const details of all as HTMLDetailsElement[]) {
    details.removeAttribute('name');
    details.open = true;
  }
}

test.describe('the page about the root certificate', () => {
  let server: FerryServer;
  let browser: Browser;
  test.beforeAll(async () => {
    server = await startFerry(ANY_HTTPS_PORT, undefined, LAN);
    browser = await chromium.launch(CHROMIUM);
  });
  test.afterAll(async () => {
    await browser.close();
    await server.dispose();
  });

  async function open(viewport: { width: number; height: number }, userAgent?: string): Promise<Page> {
    const context = await browser.newContext({ viewport, ...(userAgent && { userAgent }) });
    const page = await context.newPage();
    page.on('console', (message) => expect(message.text()).not.toContain('Content Security Policy'));
    await page.goto(server.url);
    return page;
  }

  test('hands out the certificate whose fingerprint it and the terminal show', async () => {
    const page = await open({ width: 1280, height: 900 });
    const der = await download(page);
    expect(new X509Certificate(der).ca).toBe(true);
    const fingerprint = createHash('sha256').update(der).digest('hex').toUpperCase().match(/../g)!.join(':');
    expect(digitsIn(await page.locator('dd').first().textContent())).toBe(fingerprint);
    expect(digitsIn(server.printed())).toContain(fingerprint);
  });

  for (const [size, viewport] of Object.entries({
    phone: { width: 390, height: 844 },
    desk: { width: 1280, height: 900 },
  }))
    test(`can be read and used by everybody, ${size}`, async () => {
      const page = await open(viewport);
      await expect(page.getByRole('heading', { level: 1, name: 'Let this device trust Ferry' })).toBeVisible();
      await page.locator('details').evaluateAll(openAll);
      await expectAccessible(page, `root certificate, ${size}`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    });

  test('opens the steps for the device it is read on', async () => {
    const page = await open({ width: 390, height: 844 }, 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X)');
    await expect(page.getByText('Certificate Trust Settings')).toBeVisible();
    await expect(page.getByText('Trusted Root Certification Authorities')).toBeHidden();
  });

  test('has nothing else beside it', async () => {
    const page = await open({ width: 1280, height: 900 });
    await page.goto(`${server.url}/register`);
    await expect(page).toHaveURL(`${server.url}/trust`);
    expect((await page.request.get(`${server.url}/healthz`)).ok()).toBe(true);
    expect((await page.request.post(`${server.url}/trpc/auth.register`, { data: {} })).status()).toBe(404);
  });
});

labTest.describe('in a network', () => {
  labTest.describe.configure({ timeout: 150_000 });
  let lab: Lab<'alice' | 'bob' | 'server'> | undefined;
  let server: FerryServer;
  /** Ferry's secure address. */
  let url: string;
  /** Of browsers that have the root certificate. */
  let home: string;
  labTest.beforeAll(async ({ obstacle }) => {
    labTest.skip(obstacle !== undefined, obstacle);
    lab = Lab.lan(['alice', 'bob', 'server']);
    // What a network's own computers call themselves goes unheard: they find each other by Ferry's STUN server.
    lab.blockMdns();
    server = await startFerry({ ...ANY_HTTPS_PORT, STUN_PORT: '3478' }, lab.host('server'), LAN);
    home = mkdtempSync(join(tmpdir(), 'ferry-home-'));
    const visitor = await open('visitor', lab.host('alice'), server.url);
    await expect(visitor.page).toHaveURL(`${server.url}/trust`);
    url = await secureAddress(visitor.page);
    const root = join(home, 'ferry-root.crt');
    writeFileSync(root, await download(visitor.page));
    trust(home, root);
    await visitor.close();
  });
  labTest.afterAll(async () => {
    await server?.dispose();
    lab?.dispose();
    if (home) rmSync(home, { recursive: true, force: true });
  });

  /** A browser without any help in taking an address for secure. */
  const open = (name: string, host: Host, address: string, trusting?: string) =>
    Person.open(name, { ...browserOn(host, address, trusting), args: [] });

  labTest('the terminal names both addresses of the computer', () => {
    expect(server.printed()).toContain(`\n    ${server.url}\n`);
    expect(url).toMatch(new RegExp(`^https://${lab!.host('server').address}:\\d+$`));
    expect(server.printed()).toContain(`\n    ${url}\n`);
  });

  labTest('a browser without the certificate is warned', async () => {
    const { page, profile } = await open('visitor', lab!.host('alice'), server.url);
    await expect(page.goto(url)).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID');
    await profile.close();
  });

  labTest('with the certificate two people register, and a file gets from one to the other', async () => {
    const [alice, bob] = await Promise.all([
      open('alice', lab!.host('alice'), url, home),
      open('bob', lab!.host('bob'), url, home),
    ]);
    await Promise.all([alice.register(), bob.register()]);
    expect(await alice.page.evaluate(() => isSecureContext)).toBe(true);
    await alice.seesOnline(bob);
    const samples = new SampleFolder();
    const sent = samples.file('report.bin', 2_000_000);
    await alice.send(sent.path, bob);
    await bob.accept(alice);
    await bob.seesStatus('report.bin', 'done');
    await alice.seesStatus('report.bin', 'done');
    await expect(alice.transfer('report.bin')).toHaveAttribute('data-route', 'lan');
    await bob.goTo('Receive');
    expect(await bob.save('report.bin')).toBe(sent.sha256);
    samples.delete();
    await Promise.all([alice.close(), bob.close()]);
  });

  labTest('after a restart the certificate that people have installed is still the right one', async () => {
    await server.stop();
    await server.start();
    const carol = await open('carol', lab!.host('alice'), server.url, home);
    await carol.page.goto(await secureAddress(carol.page));
    await carol.register();
    await carol.close();
  });
});
