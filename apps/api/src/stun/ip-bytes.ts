// IP addresses as bytes and as text. Knows no ports and no protocol.
import { isIPv4, isIPv6 } from 'node:net';

/**
 * @returns 4 or 16 bytes; undefined when it is no address
 * @example ipBytes('2001:db8::1')?.length // 16
 */
export function ipBytes(text: string): Buffer | undefined {
  // A zone such as `%eth0` means something on this computer only.
  const address = text.split('%', 1)[0]!;
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  if (!isIPv6(address)) return undefined;
  const [head = [], tail = []] = withoutDots(address).split('::', 2).map(groupsOf);
  const bytes = Buffer.alloc(16);
  head.forEach((group, index) => void bytes.writeUInt16BE(group, index * 2));
  tail.forEach((group, index) => void bytes.writeUInt16BE(group, (8 - tail.length + index) * 2));
  return bytes;
}

/** @param bytes 4 or 16 */
export function ipText(bytes: Buffer): string {
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, index) => bytes.readUInt16BE(index * 2).toString(16));
  // What a URL makes of it is the canonical form (RFC 5952).
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
}

/** `::ffff:192.0.2.1` ends in an IPv4 address: two groups of it. */
function withoutDots(address: string): string {
  const last = address.slice(address.lastIndexOf(':') + 1);
  if (!isIPv4(last)) return address;
  const [a, b, c, d] = last.split('.').map(Number) as [number, number, number, number];
  return `${address.slice(0, -last.length)}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
}

function groupsOf(text: string): number[] {
  return text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16));
}
