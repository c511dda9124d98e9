import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { verdict } from '../testing/https-client.ts';
import { type Authority, makeAuthority } from './authority.ts';
import { exportKey, newKeyPair } from './key-pair.ts';
import { issueLeaf, type Leaf, type LeafNames } from './leaf.ts';
import * as x509 from './x509.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
const NOW_MS = Date.now();
const NAMES = {
  dnsNames: ['localhost', 'alice-pc', 'alice-pc.local'],
  addresses: ['127.0.0.1', '::1', '10.0.0.7', '172.31.0.7', '192.168.1.20', '100.64.0.7', '169.254.7.7', 'fd12::7'],
};

let authority: Authority;
let root: string;
beforeAll(async () => {
  ({ root: authority } = await makeAuthority('alice-pc', NOW_MS));
  root = authority.certificate.toString('pem');
});

let server: Server | undefined;
afterEach(() => server?.close());

async function serve({ certificatePem, keyPem }: Pick<Leaf, 'certificatePem' | 'keyPem'>): Promise<number> {
  server = createServer({ cert: certificatePem, key: keyPem });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return (server.address() as AddressInfo).port;
}

async function serveNames(names: Partial<LeafNames>, by = authority): Promise<number> {
  return serve(await issueLeaf(by, { dnsNames: [], addresses: [], ...names }, NOW_MS));
}

describe('the root', () => {
  test('says whose it is, and lasts ten years', () => {
    const certificate = new X509Certificate(root);
    const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(NOW_MS);
    expect(certificate.toLegacyObject().subject.CN).toBe(`Ferry on alice-pc, ${date}`);
    expect(certificate.ca).toBe(true);
    const years = (certificate.validToDate.getTime() - NOW_MS) / (365.25 * DAY_MS);
    expect(years).toBeGreaterThan(9.99);
    expect(years).toBeLessThan(10.01);
  });

  test('is for web servers only', () => {
    // id-kp-serverAuth (RFC 5280, 4.2.1.12).
    expect(new X509Certificate(root).keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  });

  test.each(['ä'.repeat(5), '', 'x'.repeat(300), 'a, O=Mallory'])(
    'is made for the host name "%s", too',
    async (name) => {
      const made = await makeAuthority(name, NOW_MS);
      const { subject } = new X509Certificate(made.root.certificate.toString('pem')).toLegacyObject();
      expect(subject).toMatchObject({ CN: expect.stringMatching(/^Ferry on .{1,32}, \d/), O: 'Ferry' });
    },
  );
});

describe('a leaf', () => {
  test('is believed for all of its names and addresses, and for no other', async () => {
    const port = await serveNames(NAMES);
    for (const host of [...NAMES.dnsNames, ...NAMES.addresses]) {
      expect([host, await verdict({ port, root, host })]).toEqual([host, 'believed']);
    }
    for (const host of ['bob-pc.local', '192.168.1.21']) {
      expect([host, await verdict({ port, root, host })]).toEqual([host, expect.stringContaining('does not match')]);
    }
  });

  test('lasts ninety days at most, and not longer than its root', async () => {
    const leaf = await issueLeaf(authority, NAMES, NOW_MS);
    const { validFromDate, validToDate } = new X509Certificate(leaf.certificatePem);
    expect(validToDate.getTime() - validFromDate.getTime()).toBeLessThanOrEqual(90 * DAY_MS);
    const rootEndsMs = authority.certificate.notAfter.getTime();
    expect((await issueLeaf(authority, NAMES, rootEndsMs - DAY_MS)).expiresAtMs).toBe(rootEndsMs);
  });

  test('of another authority is not believed', async () => {
    const other = await makeAuthority('alice-pc', NOW_MS);
    const port = await serveNames(NAMES, other.root);
    expect(await verdict({ port, root, host: 'localhost' })).not.toBe('believed');
  });
});

describe('whoever has the key of the root', () => {
  test.each(['example.com', 'localhost.example.com', 'notlocal', 'alice-pc.com'])(
    'cannot pretend to be %s',
    async (host) => {
      const port = await serveNames({ dnsNames: [host] });
      expect(await verdict({ port, root, host })).toBe('permitted subtree violation');
    },
  );

  test.each(['8.8.8.8', '172.32.0.1', '192.169.0.1', '100.128.0.1', '2001:db8::1', '::2'])(
    'cannot pretend to be at %s',
    async (host) => {
      const port = await serveNames({ dnsNames: ['localhost'], addresses: [host] });
      expect(await verdict({ port, root, host })).toBe('permitted subtree violation');
    },
  );

  test('cannot pretend to be everything below a top-level domain that is called like this computer', async () => {
    const { root: dev } = await makeAuthority('dev', NOW_MS);
    const port = await serveNames({ dnsNames: ['web.dev'] }, dev);
    const asked = { port, root: dev.certificate.toString('pem'), host: 'web.dev' };
    expect(await verdict(asked)).toBe('permitted subtree violation');
  });

  test('cannot make another authority', async () => {
    const keys = await newKeyPair();
    const certificate = await x509.X509CertificateGenerator.create({
      subject: 'CN=In between',
      issuer: authority.certificate.subjectName,
      publicKey: keys.publicKey,
      signingKey: authority.signingKey,
      signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
      notAfter: new Date(NOW_MS + DAY_MS),
      extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
    });
    const leaf = await issueLeaf({ certificate, signingKey: keys.privateKey }, NAMES, NOW_MS);
    const chain = `${leaf.certificatePem}\n${certificate.toString('pem')}`;
    const port = await serve({ certificatePem: chain, keyPem: leaf.keyPem });
    expect(await verdict({ port, root, host: 'localhost' })).toMatch(/path length constraint/);
  });
});

test('a key comes back out of its file', async () => {
  const keys = await newKeyPair();
  const pem = await exportKey(keys.privateKey);
  expect(pem).toMatch(/^-----BEGIN PRIVATE KEY-----\n([\w+/=]{1,64}\n)+-----END PRIVATE KEY-----\n$/);
});
