// Messages to bytes and back: one tag byte, then the fields in the order written here. Every value from
// outside is bounded; anything else is `message-malformed`. docs/protocol/wire.md describes it for others.
import { HASH_BYTES } from '../content/hash.ts';
import { ProtocolError } from '../errors.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import {
  readEntry,
  readErrorCode,
  readFlag,
  readHash,
  readRuns,
  readUuid,
  writeEntry,
  writeErrorCode,
  writeRuns,
  writeUuid,
} from './field.ts';
import { WIRE_LIMITS } from './limits.ts';
import type { CancelReason, Message, PauseReason, RefusalReason } from './message.ts';

interface MessageCodec<M extends Message> {
  /** For ever: a new message takes the next free number. */
  tag: number;
  write(writer: ByteWriter, message: M): void;
  read(reader: ByteReader): Omit<M, 'type'>;
}

type Codecs = { [Type in Message['type']]: MessageCodec<Extract<Message, { type: Type }>> };

/** Their places are their numbers, for ever. */
const CANCEL_REASONS: readonly CancelReason[] = ['user', 'other-device'];
const PAUSE_REASONS: readonly PauseReason[] = ['user', 'queue', 'space', 'files'];
const REFUSAL_REASONS: readonly RefusalReason[] = ['not-found', 'expired', 'queue-full', 'unreadable'];

/** For messages that only name their transfer. */
function transferOnly<M extends Message & { transfer: string }>(tag: number): MessageCodec<M> {
  return {
    tag,
    write: (writer, { transfer }) => writeUuid(writer, transfer),
    read: (reader) => ({ transfer: readUuid(reader) }) as Omit<M, 'type'>,
  };
}

/** For messages that name their transfer and why it is said. */
function withReason<M extends Message & { transfer: string; reason: string }>(
  tag: number,
  reasons: readonly M['reason'][],
): MessageCodec<M> {
  return {
    tag,
    write(writer, { transfer, reason }) {
      writeUuid(writer, transfer);
      writer.u8(reasons.indexOf(reason));
    },
    read(reader) {
      const transfer = readUuid(reader);
      const reason = reasons[reader.u8()];
      if (!reason) throw ProtocolError.malformed('a reason is unknown');
      return { transfer, reason } as Omit<M, 'type'>;
    },
  };
}

const CODECS: Codecs = {
  hello: {
    tag: 0,
    write: (writer, { version, agent }) => writer.varint(version).text(agent),
    read: (reader) => ({ version: reader.varint(), agent: reader.text(WIRE_LIMITS.maxAgentBytes) }),
  },
  grant: {
    tag: 1,
    write: (writer, { limitBytes }) => writer.varint(limitBytes),
    read: (reader) => ({ limitBytes: reader.varint() }),
  },
  ping: { tag: 2, write: (writer, { id }) => writer.varint(id), read: (reader) => ({ id: reader.varint() }) },
  pong: { tag: 3, write: (writer, { id }) => writer.varint(id), read: (reader) => ({ id: reader.varint() }) },
  announce: {
    tag: 4,
    write(writer, { transfer, title, itemCount, entryCount, totalBytes, isPartial }) {
      writeUuid(writer, transfer);
      writer.text(title).varint(itemCount).varint(entryCount).varint(totalBytes);
      writer.u8(isPartial ? 1 : 0);
    },
    read: (reader) => ({
      transfer: readUuid(reader),
      title: reader.text(WIRE_LIMITS.maxTitleBytes),
      itemCount: reader.varint(WIRE_LIMITS.maxEntries),
      entryCount: reader.varint(WIRE_LIMITS.maxEntries),
      totalBytes: reader.varint(WIRE_LIMITS.maxTotalBytes),
      isPartial: readFlag(reader),
    }),
  },
  list: {
    tag: 5,
    write(writer, { transfer, firstEntry }) {
      writeUuid(writer, transfer);
      writer.varint(firstEntry);
    },
    read: (reader) => ({ transfer: readUuid(reader), firstEntry: reader.varint(WIRE_LIMITS.maxEntries) }),
  },
  manifest: {
    tag: 6,
    write(writer, { transfer, firstEntry, entries }) {
      writeUuid(writer, transfer);
      writer.varint(firstEntry).varint(entries.length);
      for (const entry of entries) writeEntry(writer, entry);
    },
    read(reader) {
      const transfer = readUuid(reader);
      const firstEntry = reader.varint(WIRE_LIMITS.maxEntries);
      const count = reader.varint(WIRE_LIMITS.maxEntries);
      const entries = [];
      for (let index = 0; index < count; index++) entries.push(readEntry(reader));
      return { transfer, firstEntry, entries };
    },
  },
  accept: {
    tag: 7,
    write(writer, { transfer, entries }) {
      writeUuid(writer, transfer);
      writeRuns(writer, entries);
    },
    read: (reader) => ({
      transfer: readUuid(reader),
      entries: readRuns(reader, WIRE_LIMITS.maxEntries, WIRE_LIMITS.maxChosenRuns),
    }),
  },
  decline: transferOnly(8),
  request: {
    tag: 9,
    write(writer, { transfer, chunks }) {
      writeUuid(writer, transfer);
      writeRuns(writer, chunks);
    },
    read: (reader) => ({ transfer: readUuid(reader), chunks: readRuns(reader, WIRE_LIMITS.maxChunks) }),
  },
  chunk: {
    tag: 10,
    // The bytes follow without a copy: see encode().
    write(writer, { transfer, index, hash }) {
      writeUuid(writer, transfer);
      writer.varint(index).bytes(hash);
    },
    read: (reader) => ({
      transfer: readUuid(reader),
      index: reader.varint(WIRE_LIMITS.maxChunks),
      hash: readHash(reader),
      bytes: reader.bytes(reader.remaining),
    }),
  },
  have: {
    tag: 11,
    write(writer, { transfer, chunks }) {
      writeUuid(writer, transfer);
      writeRuns(writer, chunks);
    },
    read: (reader) => ({ transfer: readUuid(reader), chunks: readRuns(reader, WIRE_LIMITS.maxChunks) }),
  },
  complete: {
    tag: 12,
    write(writer, { transfer, firstEntry, entryCount, root }) {
      writeUuid(writer, transfer);
      writer.varint(firstEntry).varint(entryCount).bytes(root);
    },
    read: (reader) => ({
      transfer: readUuid(reader),
      firstEntry: reader.varint(WIRE_LIMITS.maxEntries),
      entryCount: reader.varint(WIRE_LIMITS.maxEntries),
      root: readHash(reader),
    }),
  },
  pause: withReason(13, PAUSE_REASONS),
  resume: transferOnly(14),
  cancel: withReason(15, CANCEL_REASONS),
  abort: {
    tag: 16,
    write(writer, { transfer, code, entry }) {
      writeUuid(writer, transfer);
      writeErrorCode(writer, code);
      // Shifted by one, so that zero says "no entry".
      writer.varint(entry === undefined ? 0 : entry + 1);
    },
    read(reader) {
      const transfer = readUuid(reader);
      const code = readErrorCode(reader);
      const entry = reader.varint(WIRE_LIMITS.maxEntries);
      return entry === 0 ? { transfer, code } : { transfer, code, entry: entry - 1 };
    },
  },
  ask: {
    tag: 17,
    write(writer, { transfer, reference }) {
      writeUuid(writer, transfer);
      writer.text(reference);
    },
    read: (reader) => ({ transfer: readUuid(reader), reference: reader.text(WIRE_LIMITS.maxReferenceBytes) }),
  },
  refuse: withReason(18, REFUSAL_REASONS),
  queued: {
    tag: 19,
    write(writer, { transfer, position, waiting, slots }) {
      writeUuid(writer, transfer);
      writer.varint(position).varint(waiting).varint(slots);
    },
    read: (reader) => ({
      transfer: readUuid(reader),
      position: reader.varint(),
      waiting: reader.varint(),
      slots: reader.varint(),
    }),
  },
  'hash-request': {
    tag: 20,
    write(writer, { transfer, entry, firstChunk }) {
      writeUuid(writer, transfer);
      writer.varint(entry).varint(firstChunk);
    },
    read: (reader) => ({
      transfer: readUuid(reader),
      entry: reader.varint(WIRE_LIMITS.maxEntries),
      firstChunk: reader.varint(WIRE_LIMITS.maxChunks),
    }),
  },
  hashes: {
    tag: 21,
    write(writer, { transfer, entry, firstChunk, hashes }) {
      writeUuid(writer, transfer);
      writer
        .varint(entry)
        .varint(firstChunk)
        .varint(hashes.length / HASH_BYTES)
        .bytes(hashes);
    },
    read(reader) {
      const transfer = readUuid(reader);
      const entry = reader.varint(WIRE_LIMITS.maxEntries);
      const firstChunk = reader.varint(WIRE_LIMITS.maxChunks);
      const hashes = reader.bytes(reader.varint(WIRE_LIMITS.maxHashes) * HASH_BYTES).slice();
      return { transfer, entry, firstChunk, hashes };
    },
  },
};

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
