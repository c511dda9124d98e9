// Messages to bytes and back: one tag byte, then the fields in the order that the codec of the message writes them. Every
// value from outside is bounded; anything else is `message-malformed`. Knows no fields of any message but a chunk's bytes.
import { ProtocolError } from '../errors.ts';
import { ASKING_CODECS } from './asking-codecs.ts';
import { BUNDLE_CODECS } from './bundle-codecs.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { LINK_CODECS } from './link-codecs.ts';
import type { Message } from './message.ts';
import type { Codecs, MessageCodec } from './message-codec.ts';
import { PULL_CODECS } from './pull-codecs.ts';
import { STOP_CODECS } from './stop-codecs.ts';

const CODECS: Codecs<Message> = { ...LINK_CODECS, ...BUNDLE_CODECS, ...PULL_CODECS, ...STOP_CODECS, ...ASKING_CODECS };

const TYPES_BY_TAG = new Map(Object.entries(CODECS).map(([type, { tag }]) => [tag, type as Message['type']]));

/** An encoded message: `head`, directly followed by `payload`, which is the caller's own buffer. */
export interface EncodedMessage {
  head: Uint8Array;
  payload: Uint8Array;
}

const NO_PAYLOAD = new Uint8Array(0);

export function encode(message: Message): EncodedMessage {
  const codec = CODECS[message.type] as MessageCodec<Message>;
  const writer = new ByteWriter().u8(codec.tag);
  codec.write(writer, message);
  return { head: writer.toBytes(), payload: message.type === 'chunk' ? message.bytes : NO_PAYLOAD };
}

/**
 * Reads one whole message. A chunk's `bytes` is a view of the input.
 * @throws ProtocolError `message-malformed`
 */
export function decode(bytes: Uint8Array): Message {
  const reader = new ByteReader(bytes);
  const type = TYPES_BY_TAG.get(reader.u8());
  if (!type) throw ProtocolError.malformed('the type is unknown');
  const fields = CODECS[type].read(reader);
  reader.end();
  return { type, ...fields } as Message;
}

/** Whether an encoded message is a chunk, told from its first byte; decides which bound and which queue apply. */
export function isChunkTag(tag: number): boolean {
  return tag === CODECS.chunk.tag;
}
