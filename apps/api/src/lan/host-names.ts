// The names under which other computers may find this one. Pure: knows neither certificates nor what a name
// resolves to.

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** What every computer calls itself, and what mDNS adds to a name (RFC 6762, 3). */
export const LOCAL_NAMES = ['localhost', 'local'] as const;

/**
 * The computer's name by itself, in full, and as mDNS tells it.
 * @example hostNames('Alice-PC.corp.example.com') // ['alice-pc', 'alice-pc.corp.example.com', 'alice-pc.local']
 */
export function hostNames(hostName: string): string[] {
  const full = hostName.toLowerCase().replace(/\.$/, '');
  const labels = full.split('.');
  if (!labels.every((label) => LABEL.test(label)) || labels[0] === 'localhost') return [];
  const [first = ''] = labels;
  return [...new Set([first, full, `${first}.local`])].filter((name) => !mayBeTopLevel(name));
}

/**
 * A computer may be called `dev`, and whoever may vouch for `dev` may vouch for all that ends in `.dev`. Names of
 * top-level domains are letters only (RFC 1123, 2.1), or begin with `xn--`.
 */
function mayBeTopLevel(name: string): boolean {
  return /^([a-z]+|xn--[^.]*)$/.test(name);
}
