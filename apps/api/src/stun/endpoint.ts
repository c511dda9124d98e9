// One UDP port that answers Binding requests, on every address it was given. Knows no configuration.
import { createSocket, type Socket } from 'node:dgram';
import type { AddressLimit } from './address-limit.ts';
import type { BindAddress } from './bind-addresses.ts';
import { answerBinding } from './binding.ts';

/** A computer without IPv6, or with it switched off, says one of these. */
const NO_SUCH_FAMILY = new Set(['EAFNOSUPPORT', 'EADDRNOTAVAIL', 'EINVAL']);

export class StunEndpoint {
  readonly families: BindAddress['family'][];
  readonly #sockets: Socket[];

  private constructor(bound: { family: BindAddress['family']; socket: Socket }[]) {
    this.families = [...new Set(bound.map(({ family }) => family))];
    this.#sockets = bound.map(({ socket }) => socket);
  }

  /**
   * Of several addresses, those are left out whose family this computer does not have.
   * @throws an error with a `code` such as `EADDRINUSE`; then it listens nowhere
   */
  static async open(addresses: BindAddress[], port: number, limit: AddressLimit): Promise<StunEndpoint> {
    const results = await Promise.allSettled(
      addresses.map(async ({ family, address }) => ({ family, socket: await bind({ family, address }, port, limit) })),
    );
    const bound = results.filter((result) => result.status === 'fulfilled').map(({ value }) => value);
    const errors = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason);
    const fatal = errors.find(({ code }) => bound.length === 0 || !NO_SUCH_FAMILY.has(code));
    const endpoint = new StunEndpoint(bound);
    if (!fatal) return endpoint;
    await endpoint.close();
    throw fatal;
  }

  async close(): Promise<void> {
    await Promise.all(this.#sockets.map((socket) => new Promise<void>((resolve) => socket.close(() => resolve()))));
  }
}

function bind({ family, address }: BindAddress, port: number, limit: AddressLimit): Promise<Socket> {
  const isIPv6 = family === 'IPv6';
  // Without ipv6Only an IPv4 client would be told an address such as ::ffff:192.0.2.1, which is of no use to it.
  const socket = createSocket({ type: isIPv6 ? 'udp6' : 'udp4', ipv6Only: isIPv6 });
  socket.on('message', (datagram, from) => {
    if (!limit.take(from.address, performance.now())) return;
    const answer = answerBinding(datagram, from);
    // Whoever does not get it asks again: that is how UDP works.
    if (answer) socket.send(answer, from.port, from.address, () => {});
  });
  return new Promise((resolve, reject) => {
    socket.once('error', (error) => {
      socket.close();
      reject(error);
    });
    socket.bind(port, address, () => {
      socket.removeAllListeners('error');
      // One datagram that could not be received says nothing about the next one.
      socket.on('error', () => {});
      resolve(socket);
    });
  });
}
