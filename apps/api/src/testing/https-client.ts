// A client that believes in one root certificate only: whether it takes a server for the one it asked for, and
// what that server answers. As strict as OpenSSL.
import { type IncomingHttpHeaders, request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { isIP } from 'node:net';
import { text } from 'node:stream/consumers';
import { checkServerIdentity, connect, type TLSSocket } from 'node:tls';

interface Asked {
  port: number;
  /** PEM. */
  root: string;
  /** By which the server is asked for: a name or an address. It is at 127.0.0.1 in any case. */
  host: string;
}

/** @returns an open connection; rejects with what made the server no good */
export function connectTo({ port, root, host }: Asked): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: '127.0.0.1',
      port,
      ca: root,
      servername: isIP(host) ? '' : host,
      checkServerIdentity: (_name, certificate) => checkServerIdentity(host, certificate),
    });
    socket.once('secureConnect', () => resolve(socket));
    socket.once('error', reject);
  });
}

/** @returns `believed`, or what made the server no good, in OpenSSL's words or Node's */
export async function verdict(asked: Asked): Promise<string> {
  try {
    const socket = await connectTo(asked);
    socket.destroy();
    return 'believed';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** @param root of an https server; none for plain http */
export async function ask(
  url: string,
  { root, ...options }: { root?: string; method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<Answer> {
  const { body, ...rest } = options;
  return new Promise((resolve, reject) => {
    const send = url.startsWith('https:') ? secureRequest : request;
    const sent = send(url, { ...rest, ...(root && { ca: root }), agent: false }, (response) => {
      const { statusCode = 0, headers } = response;
      text(response).then((received) => resolve({ status: statusCode, headers, body: received }), reject);
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
