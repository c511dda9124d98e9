// An address of this computer as an address bar takes it. Pure.

/** @param host a name, or an address without brackets */
export function lanUrl(scheme: 'http' | 'https', host: string, port: number): string {
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
