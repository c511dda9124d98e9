// What the API's log tells of a request: JSON lines. Knows no other program's log.

/** Addresses of those who asked for a path, once each. */
export function addressesIn(log: string, path: string): string[] {
  const lines = log.split('\n').filter((line) => line.startsWith('{'));
  const requests = lines.map((line) => JSON.parse(line).req).filter((request) => request?.path === path);
  return [...new Set(requests.map(({ ip }) => ip as string))];
}
