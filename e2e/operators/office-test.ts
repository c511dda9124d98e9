// `test` with an office for the shipped installation: a computer for a visitor, one for the server, and an authority of
// the office's own. All of it is gone afterwards.
import { test as base } from '../lab/base-test.ts';
import { CertificateAuthority } from '../lab/certificate-authority.ts';
import { Lab } from '../lab/lab.ts';

interface Office {
  lab: Lab<'alice' | 'server'>;
  authority: CertificateAuthority;
}

export const test = base.extend<Office>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs.
  lab: async ({}, use) => {
    const lab = Lab.lan(['alice', 'server']);
    await use(lab);
    lab.dispose();
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  authority: async ({}, use) => {
    const authority = new CertificateAuthority();
    await use(authority);
    authority.dispose();
  },
});
