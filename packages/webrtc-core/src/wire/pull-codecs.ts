// The bytes of what moves an accepted bundle. Knows no other message; docs/protocol/wire.md has them all.
import { HASH_BYTES } from '../content/hash.ts';
import { readHash, readRuns, readUuid, writeRuns, writeUuid } from './field.ts';
import { WIRE_LIMITS } from './limits.ts';
import type { Codecs } from './message-codec.ts';
import type { PullMessage } from './pull-message.ts';

export const PULL_CODECS: Codecs<PullMessage> = {
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
