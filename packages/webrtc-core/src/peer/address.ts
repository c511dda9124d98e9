// Addresses as candidates and statistics have them: how they are written with their port, and which of them are
// private. Pure.

/** RFC 1918, 3927, 4193, 4291, 6598, loopback, and mDNS names. */
export function isPrivateAddress(address: string): boolean {
  return (
    /^(10\.|127\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/.test(
      address,
    ) ||
    /^(::1$|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/i.test(address) ||
    isHiddenAddress(address)
  );
}

/** An mDNS name in the place of an address (draft-ietf-mmusic-mdns-ice-candidates). */
export function isHiddenAddress(address: string): boolean {
  return address.endsWith('.local');
}

/** `192.0.2.1:443`, `[2001:db8::1]:443`; null for what the browser keeps back. */
export function endpointText(address: string | null | undefined, port: number | null | undefined): string | null {
  if (!address || !port || isHiddenAddress(address)) return null;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
