// Finds a Firefox, installing Debian's package on Debian as root. Knows nothing of what it is for.
import { existsSync } from 'node:fs';
import { canInstallPackages, installPackages } from './debian.mjs';

const KNOWN_PLACES = ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'];

/** @returns {string} the executable */
export function ensureFirefox() {
  const found = process.env.FERRY_FIREFOX ?? KNOWN_PLACES.find((place) => existsSync(place));
  if (found) return found;
  if (!canInstallPackages()) throw new Error('No Firefox was found: name one in FERRY_FIREFOX');
  installPackages(['firefox-esr']);
  return KNOWN_PLACES[0];
}
