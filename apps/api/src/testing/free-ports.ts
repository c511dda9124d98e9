// Ports that nobody listens on just now.
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

/** A UDP port of this computer which is free together with the next one, on IPv4 and IPv6. */
export async function freeUdpPortPair(): Promise<number> {
  for (;;) {
    const port = await bindUdp('udp4', 0);
    if (port === undefined || port >= 65_535) continue;
    const free = [await bindUdp('udp6', port), await bindUdp('udp4', port + 1), await bindUdp('udp6', port + 1)];
    if (free.every((bound) => bound !== undefined)) return port;
  }
}

export function freeTcpPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** @returns the port, free again; undefined when somebody else has it */
function bindUdp(type: 'udp4' | 'udp6', port: number): Promise<number | undefined> {
  const socket = createSocket({ type, ipv6Only: type === 'udp6' });
  return new Promise((resolve) => {
    socket.once('error', () => {
      socket.close();
      resolve(undefined);
    });
    socket.bind(port, type === 'udp6' ? '::1' : '127.0.0.1', () => {
      const bound = socket.address().port;
      socket.close(() => resolve(bound));
    });
  });
}
