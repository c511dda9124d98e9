// A certificate authority for one computer: its root can vouch for web servers in private networks and for this
// computer's own names, so that who installs it trusts nobody with the internet. Knows no files.
import type { webcrypto } from 'node:crypto';
import { PRIVATE_NETWORKS } from '../addresses/private-networks.ts';
import { encodeNameConstraints, NAME_CONSTRAINTS } from '../trust/name-constraints.ts';
import { hostNames, LOCAL_NAMES } from './host-names.ts';
import { ALGORITHM, newKeyPair } from './key-pair.ts';
import * as x509 from './x509.ts';

export interface Authority {
  certificate: x509.X509Certificate;
  signingKey: webcrypto.CryptoKey;
}

const YEARS = 10;
/** The clock of whoever looks at it may be slow. */
const BACKDATED_MS = 24 * 60 * 60 * 1000;
/** RFC 5280, appendix A: 64 characters are the most for a name, and the words around it need some. */
const HOST_NAME_CHARACTERS = 32;

/** @param hostName as the system tells it; people recognise the certificate by it */
export async function makeAuthority(
  hostName: string,
  nowMs: number,
): Promise<{ root: Authority; keys: webcrypto.CryptoKeyPair }> {
  const keys = await newKeyPair();
  const notAfter = new Date(nowMs);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + YEARS);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [commonName(hostName, nowMs)] }, { O: ['Ferry'] }],
    notBefore: new Date(nowMs - BACKDATED_MS),
    notAfter,
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      // Windows would else believe it about programs and mail, too.
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.Extension(NAME_CONSTRAINTS, true, encodeNameConstraints(permitted(hostName))),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { root: { certificate, signingKey: keys.privateKey }, keys };
}

function permitted(hostName: string) {
  // Those under `local` are permitted with it.
  const own = hostNames(hostName).filter((name) => !name.endsWith('.local'));
  return { dnsNames: [...LOCAL_NAMES, ...own], networks: [...PRIVATE_NETWORKS] };
}

function commonName(hostName: string, nowMs: number): string {
  const date = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(nowMs);
  const name = hostName.replaceAll(/[^\x21-\x7e]/g, '').slice(0, HOST_NAME_CHARACTERS);
  return `Ferry on ${name || 'this computer'}, ${date}`;
}
