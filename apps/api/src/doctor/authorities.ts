// Which certificate authorities the company's browsers believe: the public ones, and the company's own.
import { readFile } from 'node:fs/promises';
import { getCACertificates } from 'node:tls';

/** @param rootCertificate a PEM file; one that cannot be read adds nothing */
export async function authoritiesOf(rootCertificate: string | undefined): Promise<string[]> {
  const own = rootCertificate === undefined ? '' : await readFile(rootCertificate, 'utf8').catch(() => '');
  return [...getCACertificates('default'), ...(own ? [own] : [])];
}
