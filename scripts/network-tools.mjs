// Finds the programs that the tests' network lab is made with, installing them on Debian as root. Without
// them its tests are skipped and say so. Knows nothing of tests.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { canInstallPackages, installPackages } from './debian.mjs';

/** Each program's Debian package. */
const PACKAGES = { ip: 'iproute2', tc: 'iproute2', nft: 'nftables' };

export function ensureNetworkTools() {
  if (!canInstallPackages()) return;
  const missing = Object.keys(PACKAGES).filter((program) => !isInstalled(program));
  if (missing.length === 0) return;
  try {
    installPackages([...new Set(missing.map((program) => PACKAGES[program]))]);
  } catch (error) {
    console.warn(`The network lab's tools could not be installed: ${error.message}`);
  }
}

function isInstalled(program) {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin'];
  return folders.some((folder) => existsSync(join(folder, program)));
}
