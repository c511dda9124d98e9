// Installs packages on Debian, where this process may. Knows nothing of what they are for.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

export function canInstallPackages() {
  return existsSync('/etc/debian_version') && process.getuid?.() === 0;
}

/** @param {string[]} names */
export function installPackages(names) {
  console.log(`Installing Debian's ${names.join(', ')}…`);
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  execFileSync('apt-get', ['update', '-qq'], options);
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], options);
}
