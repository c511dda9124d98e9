// A fingerprint as people compare it: the same groups on the page and in the terminal, like those in Windows' own
// question. Pure.

const GROUP_BYTES = 4;

/** @example fingerprintGroups('AB:CD:EF:01:23:45') // ['AB:CD:EF:01', '23:45'] */
export function fingerprintGroups(fingerprint: string): string[] {
  const bytes = fingerprint.split(':');
  const count = Math.ceil(bytes.length / GROUP_BYTES);
  return Array.from({ length: count }, (_, index) =>
    bytes.slice(index * GROUP_BYTES, (index + 1) * GROUP_BYTES).join(':'),
  );
}
