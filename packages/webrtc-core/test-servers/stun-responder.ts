// A STUN server (RFC 8489) that answers binding requests and nothing else, and may claim to see another address than it
// does, as one behind an address translator would.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { ownAddress } from './own-address.ts';

const BINDING_REQUEST = 0x0001;
const BINDING_SUCCESS = 0x0101;
const XOR_MAPPED_ADDRESS = 0x0020;
const MAGIC_COOKIE = 0x2112a442;
const HEADER_BYTES = 20;

export interface Sight {
  /** Instead of the one that it sees. */
  address?: string;
  /** Added to the port that it sees. */
  portOffset?: number;
}

export interface StunResponder {
  url: string;
  stop(): void;
}

export async function startStunResponder({ address, portOffset = 0 }: Sight = {}): Promise<StunResponder> {
  const socket = createSocket('udp4');
  socket.on('message', (request, sender) => {
    if (request.length < HEADER_BYTES || request.readUInt16BE(0) !== BINDING_REQUEST) return;
    socket.send(answer(request, address ?? sender.address, sender.port + portOffset), sender.port, sender.address);
  });
  socket.bind(0, ownAddress());
  await once(socket, 'listening');
  const own = socket.address();
  return { url: `stun:${own.address}:${own.port}`, stop: () => socket.close() };
}

function answer(request: Buffer, address: string, port: number): Buffer {
  const response = Buffer.alloc(HEADER_BYTES + 12);
  response.writeUInt16BE(BINDING_SUCCESS, 0);
  response.writeUInt16BE(12, 2);
  request.copy(response, 4, 4, HEADER_BYTES);
  response.writeUInt16BE(XOR_MAPPED_ADDRESS, 20);
  response.writeUInt16BE(8, 22);
  response.writeUInt8(1, 25);
  response.writeUInt16BE((port ^ (MAGIC_COOKIE >>> 16)) & 0xffff, 26);
  const bits = address.split('.').reduce((sum, part) => (sum << 8) | Number(part), 0);
  response.writeUInt32BE((bits ^ MAGIC_COOKIE) >>> 0, 28);
  return response;
}
