// STUN and TURN servers as node-datachannel takes them. Knows no connection.
import type { IceServer } from 'node-datachannel';

const ADDRESS = /^(stun|turn):(\[[^\]]+\]|[^:?[\]]+)(?::(\d+))?(?:\?transport=(udp|tcp))?$/i;
const DEFAULT_PORT = 3478;

/**
 * Those that can be used. Its ICE library (libjuice) speaks UDP alone: a relay over TCP or TLS is none, so that a network
 * that lets no UDP out cannot have a node.
 */
export function nativeServers(iceServers: readonly RTCIceServer[] = []): (string | IceServer)[] {
  return iceServers.flatMap(({ urls, username, credential }) =>
    [urls].flat().flatMap((url): (string | IceServer)[] => {
      const [, scheme, host, port, transport] = ADDRESS.exec(url) ?? [];
      if (!scheme || !host || transport?.toLowerCase() === 'tcp') return [];
      const hostname = host.replace(/^\[|\]$/g, '');
      if (scheme.toLowerCase() === 'stun') return [`stun:${host}:${port ?? DEFAULT_PORT}`];
      if (username === undefined || credential === undefined) return [];
      return [
        { hostname, port: Number(port ?? DEFAULT_PORT), username, password: credential, relayType: 'TurnUdp' as const },
      ];
    }),
  );
}
