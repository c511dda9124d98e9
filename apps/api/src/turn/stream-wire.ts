// A connection to a relay over TCP or TLS: messages are told apart by their length. A certificate that no browser
// would take does not end it: what is wrong with it is one thing, whether the relay works another.
import { connect, isIP, type Socket } from 'node:net';
import { type ConnectionOptions, type TLSSocket, connect as tlsConnect } from 'node:tls';
import { messageBytes } from '../stun/message.ts';
import { resolveHost } from './resolve-host.ts';
import type { TurnTarget } from './turn-url.ts';
import { Transactions, type Wire, WireError } from './wire.ts';

/** Far above every answer of a relay. */
const MAX_MESSAGE_BYTES = 4096;
/** From here on the length is known. */
const LENGTH_BYTES = 8;

export interface StreamWire extends Wire {
  /** With TLS only. */
  readonly tls: TLSSocket | undefined;
}

/**
 * @param authorities PEM certificates of the roots that are believed
 * @param ended when aborted, everything that still waits fails with `ETIMEDOUT`
 */
export async function openStreamWire(
  target: TurnTarget,
  authorities: string[],
  ended: AbortSignal,
): Promise<StreamWire> {
  const remoteAddress = await resolveHost(target.host, ended);
  const socket =
    target.transport === 'tls'
      ? tlsConnect(tlsOptions(target, remoteAddress, authorities))
      : connect(target.port, remoteAddress);
  const transactions = new Transactions();
  const { promise: opened, resolve, reject } = Promise.withResolvers<void>();
  const end = (error: WireError) => {
    reject(error);
    transactions.failed(error);
    socket.destroy();
  };
  const giveUp = () => end(new WireError('unreachable', 'ETIMEDOUT'));
  ended.addEventListener('abort', giveUp, { once: true });
  socket.once('close', () => {
    ended.removeEventListener('abort', giveUp);
    end(new WireError('unreachable', 'ECONNRESET'));
  });
  socket.on('error', (error) => end(errorOf(error)));
  readMessages(socket, transactions, () => end(new WireError('not-stun', 'EPROTO')));
  socket.once(target.transport === 'tls' ? 'secureConnect' : 'connect', resolve);
  await opened;
  return {
    remoteAddress,
    tls: target.transport === 'tls' ? (socket as TLSSocket) : undefined,
    ask(request) {
      socket.write(request);
      return transactions.wait(request);
    },
    close: () => void socket.destroy(),
  };
}

function tlsOptions({ host, port }: TurnTarget, remoteAddress: string, authorities: string[]): ConnectionOptions {
  const servername = isIP(host) ? {} : { servername: host };
  return { host: remoteAddress, port, ca: authorities, rejectUnauthorized: false, ...servername };
}

function readMessages(socket: Socket, transactions: Transactions, whenBroken: () => void): void {
  let received: Buffer = Buffer.alloc(0);
  socket.on('data', (bytes: Buffer) => {
    received = Buffer.concat([received, bytes]);
    while (received.length >= LENGTH_BYTES) {
      const length = messageBytes(received);
      if (length === undefined || length > MAX_MESSAGE_BYTES) return whenBroken();
      if (received.length < length) return;
      transactions.answered(received.subarray(0, length));
      received = received.subarray(length);
    }
  });
}

/** OpenSSL's own words for what does not speak TLS. */
function errorOf({ code = 'unknown' }: NodeJS.ErrnoException): WireError {
  return new WireError(/^(ERR_SSL|EPROTO)/.test(code) ? 'not-stun' : 'unreachable', code);
}
