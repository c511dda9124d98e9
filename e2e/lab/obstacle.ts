// Whether this machine can make a lab. It takes root on Linux, a kernel and a container that allow namespaces and
// address translation, and the programs that scripts/network-tools.mjs installs.
import { CertificateAuthority } from './certificate-authority.ts';
import { Lab } from './lab.ts';

/** @returns what stands in the way, in one line; undefined when nothing does */
export function obstacle(): string | undefined {
  try {
    const lab = Lab.sites({ probe: 'sym' }, ['turn']);
    try {
      lab.host('probe').mute();
      lab.blockMdns();
      lab.router('probe').forgetConversations();
      lab.host('turn').run('turnserver', '--version');
    } finally {
      lab.dispose();
    }
    const authority = new CertificateAuthority();
    authority.homeThatTrustsIt();
    authority.dispose();
    return undefined;
  } catch (error) {
    if (process.env.FERRY_REQUIRE_LAB === '1') throw error;
    return String(error).replaceAll(/\s+/g, ' ');
  }
}
