// How a browser is started on a computer of the lab. Knows nothing of what it shows.
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import type { ProfileOptions } from '../browser.ts';
import type { Host } from './host.ts';

const EXECUTABLE = fileURLToPath(new URL('chromium-on-host.sh', import.meta.url));

/**
 * @param url where Ferry is, as seen from that computer
 * @param home the folder for `HOME`, which says what authorities the browser trusts
 */
export function browserOn(host: Host, url: string, home?: string): ProfileOptions & { url: string } {
  return {
    url,
    executablePath: EXECUTABLE,
    env: {
      FERRY_LAB_NAMESPACE: host.namespace,
      FERRY_LAB_CHROMIUM: process.env.FERRY_CHROMIUM ?? chromium.executablePath(),
      ...(home && { HOME: home }),
    },
    // Plain http is no secure context but on localhost: without this there are no hashes, files or locks.
    args: [`--unsafely-treat-insecure-origin-as-secure=${url}`],
  };
}
