// Finds a Chromium for the browser tests, installing one where that is possible: Debian's package on Debian
// as root, Playwright's own build elsewhere. Knows nothing of tests.
import { existsSync } from 'node:fs';
import { canInstallPackages, installPackages } from './debian.mjs';
import { tool } from './tool.mjs';

/** The same without windows, as its own package has it. */
const SHELL = '/usr/lib/chromium/chromium-headless-shell';
const KNOWN_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * @returns {NodeJS.ProcessEnv} this process's environment, naming the Chromium to use in FERRY_CHROMIUM, and in
 *   FERRY_CHROMIUM_SHELL one without windows, where there is one
 */
export function browserEnvironment() {
  const executable = ensureChromium();
  return {
    ...process.env,
    ...(executable && { FERRY_CHROMIUM: executable }),
    ...(existsSync(SHELL) && { FERRY_CHROMIUM_SHELL: SHELL }),
  };
}

/** @returns {string | undefined} the executable, or undefined for Playwright's own build */
function ensureChromium() {
  const found = process.env.FERRY_CHROMIUM ?? KNOWN_PLACES.find((place) => existsSync(place));
  if (found) return found;
  if (canInstallPackages()) {
    installPackages(['chromium', 'chromium-headless-shell']);
    return KNOWN_PLACES[0];
  }
  if (tool('playwright', ['install', 'chromium']) !== 0) throw new Error('No Chromium could be installed');
  return undefined;
}
