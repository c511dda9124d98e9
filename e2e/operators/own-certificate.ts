// A certificate of the lab's own where an installation looks for the operator's: beside compose.yaml.
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CertificateAuthority } from '../lab/certificate-authority.ts';

/** Also renews what is there. */
export function bringCertificate(folder: string, authority: CertificateAuthority, name: string): void {
  const { certificatePath, keyPath } = authority.issue(name);
  const certificates = join(folder, 'certificates');
  mkdirSync(certificates, { recursive: true });
  copyFileSync(certificatePath, join(certificates, 'fullchain.pem'));
  copyFileSync(keyPath, join(certificates, 'privkey.pem'));
}
