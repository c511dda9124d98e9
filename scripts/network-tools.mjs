// Finds the programs that the tests' network lab is made with, installing them on Debian as root. Without
// them its tests are skipped and say so. Knows nothing of tests.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { canInstallPackages, installPackages } from './debian.mjs';

/** Each program's Debian package. */
const PACKAGES = {
  ip: 'iproute2',
  tc: 'iproute2',
  nft: 'nftables',
  sysctl: 'procps',
  conntrack: 'conntrack',
  turnserver: 'coturn',
  certutil: 'libnss3-tools',
  openssl: 'openssl',
  caddy: 'caddy',
  nginx: 'nginx-light',
};

/** Packages of which Debian makes a server that runs from then on, and its name; the lab starts its own. */
const SERVICES = { coturn: 'coturn', caddy: 'caddy', 'nginx-light': 'nginx' };

export function ensureNetworkTools() {
  if (!canInstallPackages()) return;
  const missing = Object.keys(PACKAGES).filter((program) => !isInstalled(program));
  if (missing.length === 0) return;
  const names = [...new Set(missing.map((program) => PACKAGES[program]))];
  try {
    installPackages(names);
    stopServices(names.map((name) => SERVICES[name]).filter(Boolean));
  } catch (error) {
    console.warn(`The network lab's tools could not be installed: ${error.message}`);
  }
}

function stopServices(names) {
  if (names.length === 0 || !existsSync('/run/systemd/system')) return;
  execFileSync('systemctl', ['disable', '--now', ...names], { stdio: ['ignore', 'ignore', 'inherit'] });
}

function isInstalled(program) {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/sbin'];
  return folders.some((folder) => existsSync(join(folder, program)));
}
