// Certificates for servers of the tests: right ones, and each of the wrong kinds.
import type { webcrypto } from 'node:crypto';
import { ALGORITHM, exportKey, newKeyPair } from '../lan/key-pair.ts';
import * as x509 from '../lan/x509.ts';

export interface TestCertificate {
  certificatePem: string;
  keyPem: string;
}

export interface TestAuthority {
  rootPem: string;
  issue(options: { address?: string; dnsName?: string; from?: Date; until: Date }): Promise<TestCertificate>;
}

const DAY_MS = 24 * 60 * 60 * 1000;

export function daysFromNow(days: number): Date {
  return new Date(Date.now() + days * DAY_MS);
}

export async function testAuthority(): Promise<TestAuthority> {
  const rootKeys = await newKeyPair();
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Authority of the tests',
    notBefore: daysFromNow(-1000),
    notAfter: daysFromNow(1000),
    keys: rootKeys,
    signingAlgorithm: ALGORITHM,
    extensions: [new x509.BasicConstraintsExtension(true, 0, true)],
  });
  return {
    rootPem: root.toString('pem'),
    async issue({ address, dnsName, from = daysFromNow(-500), until }) {
      const keys = await newKeyPair();
      const names = [
        ...(address ? [{ type: 'ip' as const, value: address }] : []),
        ...(dnsName ? [{ type: 'dns' as const, value: dnsName }] : []),
      ];
      const leaf = await x509.X509CertificateGenerator.create({
        subject: 'CN=relay',
        issuer: root.subjectName,
        notBefore: from,
        notAfter: until,
        publicKey: keys.publicKey,
        signingKey: rootKeys.privateKey,
        signingAlgorithm: ALGORITHM,
        extensions: [new x509.SubjectAlternativeNameExtension(names)],
      });
      return asPem(leaf, keys);
    },
  };
}

export async function selfSigned(address: string): Promise<TestCertificate> {
  const keys = await newKeyPair();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=relay',
    notBefore: daysFromNow(-1),
    notAfter: daysFromNow(100),
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: address }])],
  });
  return asPem(certificate, keys);
}

async function asPem(certificate: x509.X509Certificate, keys: webcrypto.CryptoKeyPair): Promise<TestCertificate> {
  return { certificatePem: `${certificate.toString('pem')}\n`, keyPem: await exportKey(keys.privateKey) };
}
