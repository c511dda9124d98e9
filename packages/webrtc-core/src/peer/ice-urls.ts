// The addresses of STUN and TURN servers (RFC 7064, RFC 7065) in a list of servers. Pure.

/** `url` with the credentials that belong to it. */
export interface IceUrl {
  url: string;
  server: RTCIceServer;
}

/** One entry for each address, in order; an address that is named twice is taken once. */
export function iceUrls(iceServers: readonly RTCIceServer[] = []): IceUrl[] {
  const all = iceServers.flatMap((server) => [server.urls].flat().map((url) => ({ url, server })));
  return all.filter(({ url }, index) => all.findIndex((other) => other.url === url) === index);
}

export function isRelayUrl(url: string): boolean {
  return /^turns?:/i.test(url);
}

/** How the relay at this address is reached. */
export function relayTransport(url: string): 'udp' | 'tcp' | 'tls' {
  if (/^turns:/i.test(url)) return 'tls';
  return /[?&]transport=tcp(&|$)/i.test(url) ? 'tcp' : 'udp';
}
