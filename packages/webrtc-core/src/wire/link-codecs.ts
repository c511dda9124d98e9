// The bytes of what two ends of a link say about the link itself. Knows no other message; docs/protocol/wire.md has them all.
import { WIRE_LIMITS } from './limits.ts';
import type { LinkMessage } from './link-message.ts';
import type { Codecs } from './message-codec.ts';

export const LINK_CODECS: Codecs<LinkMessage> = {
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
};
