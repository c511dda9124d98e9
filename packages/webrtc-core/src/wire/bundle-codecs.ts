// The bytes of what is said about a bundle before it moves. Knows no other message; docs/protocol/wire.md has them all.
import type { BundleMessage } from './bundle-message.ts';
import { readEntry, readFlag, readRuns, readUuid, writeEntry, writeRuns, writeUuid } from './field.ts';
import { WIRE_LIMITS } from './limits.ts';
import { type Codecs, transferOnly } from './message-codec.ts';

export const BUNDLE_CODECS: Codecs<BundleMessage> = {
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
};
