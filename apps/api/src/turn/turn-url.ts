// Where a TURN address leads (RFC 7065). Pure; looks no name up.

export interface TurnTarget {
  url: string;
  /** A name or an address, IPv6 without brackets. */
  host: string;
  port: number;
  transport: 'udp' | 'tcp' | 'tls' | 'dtls';
}

const PATTERN = /^(turns?):(\[[\da-f:.]+\]|[^\s:/?@[\]]+)(?::(\d{1,5}))?(?:\?transport=(udp|tcp))?$/i;
const DEFAULT_PORT = { turn: 3478, turns: 5349 };

/**
 * Undefined when it is none.
 * @example parseTurnUrl('turns:turn.example.com')?.port // 5349
 */
export function parseTurnUrl(url: string): TurnTarget | undefined {
  const [, scheme, host, port, transport] = PATTERN.exec(url)?.map((part) => part?.toLowerCase()) ?? [];
  if (!scheme || !host || Number(port ?? 1) > 65_535 || Number(port ?? 1) === 0) return undefined;
  const isSecure = scheme === 'turns';
  return {
    url,
    host: host.replace(/^\[|\]$/g, ''),
    port: port ? Number(port) : DEFAULT_PORT[isSecure ? 'turns' : 'turn'],
    // Without `transport` it is UDP for `turn:` and TLS over TCP for `turns:`.
    transport: isSecure ? (transport === 'udp' ? 'dtls' : 'tls') : transport === 'tcp' ? 'tcp' : 'udp',
  };
}
