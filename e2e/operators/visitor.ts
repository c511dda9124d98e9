// The browser of a colleague who types Ferry's name: there is no DNS in the lab, so it is told where that is.
import type { ProfileOptions } from '../browser.ts';
import { browserOn } from '../lab/browser-on.ts';
import type { Host } from '../lab/host.ts';

/** The name of Ferry in these tests; those that end so are nobody's (RFC 6761). */
export const FERRY_HOST = 'ferry.test';
export const ORIGIN = `https://${FERRY_HOST}`;

/**
 * @param address where the name leads to
 * @param home the folder for `HOME`, which says what authorities the browser trusts
 */
export function visitorAt(host: Host, address: string, home: string): ProfileOptions & { url: string } {
  // WebRTC looks names up with a dot at their end, so that no search domain is tried.
  const rules = [FERRY_HOST, `${FERRY_HOST}.`].map((name) => `MAP ${name} ${address}`).join(',');
  // In the place of what makes plain http pass for secure.
  return { ...browserOn(host, ORIGIN, home), args: [`--host-resolver-rules=${rules}`] };
}
