import { expect, test } from 'vitest';
import { ALGORITHM, newKeyPair } from '../lan/key-pair.ts';
import * as x509 from '../lan/x509.ts';
import {
  encodeNameConstraints,
  NAME_CONSTRAINTS,
  type Permitted,
  permitsName,
  permittedBy,
} from './name-constraints.ts';

const PERMITTED: Permitted = { dnsNames: ['localhost', 'local'], networks: ['10.0.0.0/8', 'fc00::/7', '::1/128'] };

async function rootWith(permitted: Permitted | undefined, isCritical = true): Promise<Uint8Array> {
  const extensions = permitted
    ? [new x509.Extension(NAME_CONSTRAINTS, isCritical, encodeNameConstraints(permitted))]
    : [];
  const keys = await newKeyPair();
  const root = await x509.X509CertificateGenerator.createSelfSigned({ keys, signingAlgorithm: ALGORITHM, extensions });
  return new Uint8Array(root.rawData);
}

test('what is written into a root is read out of it', async () => {
  expect(permittedBy(await rootWith(PERMITTED))).toEqual(PERMITTED);
});

test.each([
  ['that says nothing about names', undefined, true],
  ['whose constraints may be passed over', PERMITTED, false],
  ['that leaves names free', { ...PERMITTED, dnsNames: [] }, true],
  ['that leaves addresses free', { ...PERMITTED, networks: [] }, true],
  ['that permits every name', { ...PERMITTED, dnsNames: [''] }, true],
])('a root %s could vouch for anything', async (_what, permitted, isCritical) => {
  expect(permittedBy(await rootWith(permitted, isCritical))).toBeUndefined();
});

test.each([
  ['local', true],
  ['alice-pc.local', true],
  ['notlocal', false],
  ['local.example.com', false],
])('%s is permitted: %j', (name, isPermitted) => {
  expect(permitsName(PERMITTED, name)).toBe(isPermitted);
});
