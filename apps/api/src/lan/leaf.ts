// The certificate that the https server shows: made for the names and addresses of this moment, signed by the
// root, and never on disk. Knows no server.

import type { Authority } from './authority.ts';
import { ALGORITHM, exportKey, newKeyPair } from './key-pair.ts';
import * as x509 from './x509.ts';

/** DNS names and addresses. */
export interface LeafNames {
  dnsNames: string[];
  addresses: string[];
}

export interface Leaf {
  names: LeafNames;
  certificatePem: string;
  keyPem: string;
  /** Milliseconds since the epoch. */
  expiresAtMs: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const LIFETIME_MS = 60 * DAY_MS;
/** The clock of whoever looks at it may be slow. */
const BACKDATED_MS = DAY_MS;

/** @param names all of them must be permitted by the root: one that is not makes the whole certificate worthless */
export async function issueLeaf(
  { certificate, signingKey }: Authority,
  names: LeafNames,
  nowMs: number,
): Promise<Leaf> {
  const keys = await newKeyPair();
  const expiresAtMs = Math.min(nowMs + LIFETIME_MS, certificate.notAfter.getTime());
  const alternativeNames = [
    ...names.dnsNames.map((value) => ({ type: 'dns' as const, value })),
    ...names.addresses.map((value) => ({ type: 'ip' as const, value })),
  ];
  const leaf = await x509.X509CertificateGenerator.create({
    // With a space: some take a name without one for a host's.
    subject: [{ CN: ['Ferry server'] }],
    issuer: certificate.subjectName,
    notBefore: new Date(nowMs - BACKDATED_MS),
    notAfter: new Date(expiresAtMs),
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(alternativeNames),
      await x509.AuthorityKeyIdentifierExtension.create(certificate.publicKey),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { names, certificatePem: leaf.toString('pem'), keyPem: await exportKey(keys.privateKey), expiresAtMs };
}
