// STUN messages as bytes (RFC 8489, sections 5 and 14): header and attributes, and back. Pure; knows neither what an
// attribute means nor how a message travels.

export type StunClass = 'request' | 'indication' | 'success' | 'error';

export interface StunAttribute {
  type: number;
  value: Buffer;
}

export interface StunMessage {
  /** 12 bits. */
  method: number;
  class: StunClass;
  /** 12 bytes. */
  transactionId: Buffer;
  attributes: StunAttribute[];
}

export const METHOD = { binding: 0x001, allocate: 0x003, refresh: 0x004, createPermission: 0x008 } as const;

export const ATTRIBUTE = {
  mappedAddress: 0x0001,
  username: 0x0006,
  messageIntegrity: 0x0008,
  errorCode: 0x0009,
  unknownAttributes: 0x000a,
  lifetime: 0x000d,
  xorPeerAddress: 0x0012,
  realm: 0x0014,
  nonce: 0x0015,
  xorRelayedAddress: 0x0016,
  requestedTransport: 0x0019,
  messageIntegritySha256: 0x001c,
  passwordAlgorithm: 0x001d,
  userhash: 0x001e,
  xorMappedAddress: 0x0020,
  fingerprint: 0x8028,
} as const;

export const HEADER_BYTES = 20;
export const MAGIC_COOKIE = 0x2112a442;
const ATTRIBUTE_HEADER_BYTES = 4;
const CLASSES: StunClass[] = ['request', 'indication', 'success', 'error'];

/** @throws RangeError when it is longer than a length field can say */
export function encodeMessage({ method, class: kind, transactionId, attributes }: StunMessage): Buffer {
  const header = Buffer.alloc(HEADER_BYTES);
  const body = Buffer.concat(attributes.map(encodeAttribute));
  header.writeUInt16BE(encodeType(method, CLASSES.indexOf(kind)), 0);
  header.writeUInt16BE(body.length, 2);
  header.writeUInt32BE(MAGIC_COOKIE, 4);
  transactionId.copy(header, 8, 0, 12);
  return Buffer.concat([header, body]);
}

/** The message that these bytes are, whole and nothing else; undefined when they are none. */
export function decodeMessage(bytes: Buffer): StunMessage | undefined {
  if (bytes.length < HEADER_BYTES || bytes.length !== messageBytes(bytes)) return undefined;
  const attributes: StunAttribute[] = [];
  for (let offset = HEADER_BYTES; offset < bytes.length; ) {
    // The length is a multiple of four, and so is each attribute: a header always fits.
    const value = offset + ATTRIBUTE_HEADER_BYTES;
    const end = value + bytes.readUInt16BE(offset + 2);
    if (end > bytes.length) return undefined;
    attributes.push({ type: bytes.readUInt16BE(offset), value: bytes.subarray(value, end) });
    offset = padded(end);
  }
  const type = bytes.readUInt16BE(0);
  return {
    method: (type & 0x000f) | ((type & 0x00e0) >> 1) | ((type & 0x3e00) >> 2),
    class: CLASSES[((type & 0x0100) >> 7) | ((type & 0x0010) >> 4)]!,
    transactionId: bytes.subarray(8, HEADER_BYTES),
    attributes,
  };
}

/**
 * How long the message is that begins with these bytes: on a stream, nothing else separates messages.
 * @param start at least its first 8 bytes
 * @returns undefined when no STUN message begins like this
 */
export function messageBytes(start: Buffer): number | undefined {
  const bodyBytes = start.readUInt16BE(2);
  if (start[0]! > 0x3f || bodyBytes % 4 !== 0 || start.readUInt32BE(4) !== MAGIC_COOKIE) return undefined;
  return HEADER_BYTES + bodyBytes;
}

/** The first of this type: later ones count for nothing (RFC 8489, section 14). */
export function attributeValue({ attributes }: StunMessage, type: number): Buffer | undefined {
  return attributes.find((attribute) => attribute.type === type)?.value;
}

/** Where an attribute's header begins in the encoded message, for the two that cover all bytes before themselves. */
export function offsetOf({ attributes }: StunMessage, type: number): number | undefined {
  let offset = HEADER_BYTES;
  for (const attribute of attributes) {
    if (attribute.type === type) return offset;
    offset += padded(ATTRIBUTE_HEADER_BYTES + attribute.value.length);
  }
  return undefined;
}

/** One attribute more at the end of an encoded message, made from all that is before it; the length counts it already. */
export function appendCovering(
  message: Buffer,
  type: number,
  bytes: number,
  make: (covered: Buffer) => Buffer,
): Buffer {
  const covered = Buffer.from(message);
  covered.writeUInt16BE(message.length - HEADER_BYTES + ATTRIBUTE_HEADER_BYTES + bytes, 2);
  return Buffer.concat([covered, encodeAttribute({ type, value: make(covered) })]);
}

/** What such an attribute at `offset` covers, as it was when it was made. */
export function coveredBy(message: Buffer, offset: number, bytes: number): Buffer {
  const covered = Buffer.from(message.subarray(0, offset));
  covered.writeUInt16BE(offset - HEADER_BYTES + ATTRIBUTE_HEADER_BYTES + bytes, 2);
  return covered;
}

/** The bits of the class lie between those of the method (RFC 8489, figure 3). */
function encodeType(method: number, kind: number): number {
  const spread = (method & 0x00f) | ((method & 0x070) << 1) | ((method & 0xf80) << 2);
  return spread | ((kind & 1) << 4) | ((kind & 2) << 7);
}

function encodeAttribute({ type, value }: StunAttribute): Buffer {
  const encoded = Buffer.alloc(padded(ATTRIBUTE_HEADER_BYTES + value.length));
  encoded.writeUInt16BE(type, 0);
  encoded.writeUInt16BE(value.length, 2);
  value.copy(encoded, ATTRIBUTE_HEADER_BYTES);
  return encoded;
}

function padded(bytes: number): number {
  return (bytes + 3) & ~3;
}
