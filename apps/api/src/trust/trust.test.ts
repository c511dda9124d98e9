import { createHash, X509Certificate } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { makeAuthority } from '../lan/authority.ts';
import { exportKey } from '../lan/key-pair.ts';
import { testAuthority } from '../testing/certificates.ts';
import { type TestServer, testServer } from '../testing/test-server.ts';

let pem: string;
let keyPem: string;
beforeAll(async () => {
  const { root, keys } = await makeAuthority('alice-pc', Date.now());
  pem = root.certificate.toString('pem');
  keyPem = await exportKey(keys.privateKey);
});

let folder: string;
let file: string;
let server: TestServer;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ferry-trust-'));
  file = join(folder, 'root.crt');
  server = await testServer({ ROOT_CERTIFICATE: file, STUN_PORT: '0', TRUST_PROXY: 'true' });
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${server.url}${path}`, { headers });
const page = async (headers?: Record<string, string>) => (await get('/trust', headers)).text();

describe('the certificate', () => {
  test('is handed out in both forms, under names that say what it is', async () => {
    writeFileSync(file, pem);
    const der = await get('/trust/root.crt');
    expect(der.headers.get('content-type')).toBe('application/x-x509-ca-cert');
    expect(der.headers.get('content-disposition')).toBe('inline; filename="ferry-root.crt"');
    expect(Buffer.from(await der.arrayBuffer())).toEqual(new X509Certificate(pem).raw);
    const text = await get('/trust/root.pem');
    expect(text.headers.get('content-disposition')).toContain('filename="ferry-root.pem"');
    expect(new X509Certificate(await text.text()).raw).toEqual(new X509Certificate(pem).raw);
  });

  test('comes alone, whatever else is in its file', async () => {
    writeFileSync(file, `${keyPem}${pem}\n${keyPem}`);
    for (const path of ['/trust', '/trust/root.crt', '/trust/root.pem']) {
      const body = Buffer.from(await (await get(path)).arrayBuffer()).toString('latin1');
      expect(body).not.toContain('PRIVATE');
    }
  });

  test('may be made while the server runs, and replaced', async () => {
    for (const path of ['/trust', '/trust/root.crt', '/trust/root.pem']) expect((await get(path)).status).toBe(404);
    expect(await page()).toContain('The certificate is not there yet');
    writeFileSync(file, pem);
    for (const path of ['/trust', '/trust/root.crt', '/trust/root.pem']) expect((await get(path)).status).toBe(200);
    const { rootPem } = await testAuthority();
    writeFileSync(file, rootPem);
    expect(await page()).toContain('Authority of the tests');
  });

  test.each([
    ['is no certificate', () => writeFileSync(file, 'nothing of the kind'), 'is no certificate in PEM form'],
    ['cannot be read', () => mkdirSync(file), 'must be readable'],
    ['is far too large', () => writeFileSync(file, '-'.repeat(1_000_000)), 'is no certificate in PEM form'],
  ])('that %s is an error in words', async (_what, damage, words) => {
    damage();
    expect((await get('/trust/root.crt')).status).toBe(500);
    expect(await page()).toContain(words);
  });
});

describe('the page', () => {
  beforeEach(() => writeFileSync(file, pem));

  test('shows the fingerprint of the very bytes it hands out', async () => {
    const der = Buffer.from(await (await get('/trust/root.crt')).arrayBuffer());
    const shown = (await page()).replaceAll(/<\/span>\s*<span>/g, ':');
    for (const algorithm of ['sha256', 'sha1']) {
      const digits = createHash(algorithm).update(der).digest('hex').toUpperCase().match(/../g)!.join(':');
      expect(shown).toContain(digits);
    }
  });

  test('says what the certificate is good for, as the certificate says it', async () => {
    expect(await page()).toContain('only for addresses in private networks and for localhost, *.local and alice-pc');
    const { rootPem } = await testAuthority();
    writeFileSync(file, rootPem);
    expect(await page()).toContain('can show this device a certificate for any website');
  });

  test('opens the steps for the device that asks, before all others', async () => {
    const first = async (userAgent: string) =>
      /<details[^>]*>.*?<\/summary>/.exec(await page({ 'user-agent': userAgent }))?.[0];
    expect(await first('Mozilla/5.0 (Linux; Android 10; K)')).toBe(
      '<details name="device" open><summary>Android</summary>',
    );
    expect(await first('curl/8.0')).toBe('<details name="device"><summary>Windows</summary>');
  });

  test('has nothing inline and may load nothing from elsewhere', async () => {
    const response = await get('/trust');
    expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self';/);
    expect(await response.text()).not.toMatch(/<style|style=|<script|\son\w+=/);
    for (const path of ['/trust/trust.css', '/trust/mark.svg', '/trust/inter.woff2']) {
      expect((await get(path)).status).toBe(200);
    }
  });

  test('can be asked for without its content', async () => {
    const { status } = await fetch(`${server.url}/trust`, { method: 'HEAD' });
    expect(status).toBe(200);
  });
});

describe('Ferry', () => {
  beforeEach(() => writeFileSync(file, pem));
  const opens = async (headers: Record<string, string>, at = server) => {
    const { body } = await at.app.inject({ url: '/trust', headers });
    return /class="button" href="([^"]+)">Open Ferry/.exec(body)?.[1];
  };

  test('is opened at the same host over https, as a proxy in front of it tells', async () => {
    const forwarded = (protocol: string, host: string) => ({ 'x-forwarded-proto': protocol, 'x-forwarded-host': host });
    expect(await opens(forwarded('http', 'ferry.corp'))).toBe('https://ferry.corp');
    expect(await opens(forwarded('http', '[fd00::1]:80'))).toBe('https://[fd00::1]');
    expect(await opens(forwarded('https', 'ferry.corp:8443'))).toBe('https://ferry.corp:8443');
    expect(await opens(forwarded('http', '"><script>'))).toBe('/');
  });

  test('is opened where the operator says', async () => {
    const other = await testServer({
      ROOT_CERTIFICATE: file,
      STUN_PORT: '0',
      PUBLIC_ORIGIN: 'https://ferry.example.com',
    });
    expect(await opens({}, other)).toBe('https://ferry.example.com');
    await other.close();
  });

  test('does not insist on https, which would hide the page', async () => {
    const headers = { 'x-forwarded-proto': 'https' };
    const { headers: own } = await server.app.inject({ url: '/', headers });
    expect(own['strict-transport-security']).toBeUndefined();
    const other = await testServer({ STUN_PORT: '0', TRUST_PROXY: 'true' });
    const { headers: others } = await other.app.inject({ url: '/', headers });
    expect(others['strict-transport-security']).toMatch(/^max-age=\d+$/);
    await other.close();
  });
});

test('without a root certificate there is no such page', async () => {
  const other = await testServer({ STUN_PORT: '0' });
  for (const method of ['GET', 'HEAD'] as const) {
    expect((await fetch(`${other.url}/trust`, { method })).status).toBe(404);
  }
  await other.close();
});
