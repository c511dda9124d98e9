// A connection to a relay over UDP: what is lost on the way is sent again (RFC 8489, section 6.2.1).
import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { decodeMessage } from '../stun/message.ts';
import { resolveHost } from './resolve-host.ts';
import type { TurnTarget } from './turn-url.ts';
import { Transactions, type Wire, WireError } from './wire.ts';

const FIRST_RESEND_MS = 500;

/** @param ended when aborted, everything that still waits fails with `ETIMEDOUT` */
export async function openDatagramWire({ host, port }: TurnTarget, ended: AbortSignal): Promise<Wire> {
  const remoteAddress = await resolveHost(host, ended);
  const socket = createSocket(isIPv6(remoteAddress) ? 'udp6' : 'udp4');
  const transactions = new Transactions();
  const { promise: opened, resolve, reject } = Promise.withResolvers<void>();
  const fail = (error: WireError) => {
    reject(error);
    transactions.failed(error);
  };
  const giveUp = () => fail(new WireError('unreachable', 'ETIMEDOUT'));
  const close = () => {
    ended.removeEventListener('abort', giveUp);
    socket.close();
  };
  ended.addEventListener('abort', giveUp, { once: true });
  socket.on('error', ({ code = 'unknown' }: NodeJS.ErrnoException) => fail(new WireError('unreachable', code)));
  socket.on('message', (datagram) => {
    if (decodeMessage(datagram)) transactions.answered(datagram);
    else fail(new WireError('not-stun', 'EPROTO'));
  });
  // A connected socket is told when nobody listens there, and hears nobody else.
  socket.once('connect', resolve);
  socket.connect(port, remoteAddress);
  try {
    await opened;
  } catch (error) {
    close();
    throw error;
  }
  return {
    remoteAddress,
    async ask(request) {
      let timer: NodeJS.Timeout | undefined;
      const send = (resendMs: number) => {
        socket.send(request, () => {});
        timer = setTimeout(send, resendMs, resendMs * 2);
      };
      send(FIRST_RESEND_MS);
      try {
        return await transactions.wait(request);
      } finally {
        clearTimeout(timer);
      }
    },
    close,
  };
}
