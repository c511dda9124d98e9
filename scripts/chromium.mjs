// Finds a Chromium for the browser tests, installing one where that is possible: Debian's package on Debian
// as root, Playwright's own build elsewhere. Knows nothing of tests.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tool } from './tool.mjs';

const KNOWN_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** @returns {NodeJS.ProcessEnv} this process's environment, naming the Chromium to use in FERRY_CHROMIUM */
export function browserEnvironment() {
  const executable = ensureChromium();
  return { ...process.env, ...(executable && { FERRY_CHROMIUM: executable }) };
}

/** @returns {string | undefined} the executable, or undefined for Playwright's own build */
function ensureChromium() {
  const found = process.env.FERRY_CHROMIUM ?? KNOWN_PLACES.find((place) => existsSync(place));
  if (found) return found;
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) return installDebianChromium();
  if (tool('playwright', ['install', 'chromium']) !== 0) throw new Error('No Chromium could be installed');
  return undefined;
}

function installDebianChromium() {
  console.log("Installing Debian's chromium package…");
  const options = {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  };
  execFileSync('apt-get', ['update', '-qq'], options);
  execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], options);
  return KNOWN_PLACES[0];
}
