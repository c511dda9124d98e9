// The XOR-…-ADDRESS attributes (RFC 8489, section 14.2): an address and a port, veiled so that no router on the way
// takes them for something to translate.
import { ipBytes, ipText } from './ip-bytes.ts';
import { MAGIC_COOKIE } from './message.ts';

export interface TransportAddress {
  /** IPv4 or IPv6, without brackets. */
  address: string;
  port: number;
}

const IPV4 = 1;
const IPV6 = 2;

/** @throws TypeError when `address` is no IP address */
export function encodeXorAddress({ address, port }: TransportAddress, transactionId: Buffer): Buffer {
  const bytes = ipBytes(address);
  if (!bytes) throw new TypeError(`${address} is no IP address`);
  const value = Buffer.alloc(4 + bytes.length);
  value.writeUInt8(bytes.length === 4 ? IPV4 : IPV6, 1);
  value.writeUInt16BE(port ^ (MAGIC_COOKIE >>> 16), 2);
  veil(bytes, transactionId).copy(value, 4);
  return value;
}

/** Undefined when it is none. */
export function decodeXorAddress(value: Buffer, transactionId: Buffer): TransportAddress | undefined {
  const family = value.length === 8 ? IPV4 : value.length === 20 ? IPV6 : undefined;
  if (family === undefined || value[1] !== family) return undefined;
  const address = ipText(veil(value.subarray(4), transactionId));
  return { address, port: value.readUInt16BE(2) ^ (MAGIC_COOKIE >>> 16) };
}

function veil(bytes: Buffer, transactionId: Buffer): Buffer {
  const mask = Buffer.alloc(16);
  mask.writeUInt32BE(MAGIC_COOKIE, 0);
  transactionId.copy(mask, 4);
  return Buffer.from(bytes.map((byte, index) => byte ^ mask[index]!));
}
