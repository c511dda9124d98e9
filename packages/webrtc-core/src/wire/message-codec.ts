// How the codec of one message is written, and those that many messages share. Knows no message by name.
import { ProtocolError } from '../errors.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { readUuid, writeUuid } from './field.ts';

export interface MessageCodec<M extends { type: string }> {
  /** For ever: a new message takes the next free number. */
  tag: number;
  write(writer: ByteWriter, message: M): void;
  read(reader: ByteReader): Omit<M, 'type'>;
}

/** One for each message of a union. */
export type Codecs<Messages extends { type: string }> = {
  [Type in Messages['type']]: MessageCodec<Extract<Messages, { type: Type }>>;
};

/** For messages that only name their transfer. */
export function transferOnly<M extends { type: string; transfer: string }>(tag: number): MessageCodec<M> {
  return {
    tag,
    write: (writer, { transfer }) => writeUuid(writer, transfer),
    read: (reader) => ({ transfer: readUuid(reader) }) as Omit<M, 'type'>,
  };
}

/** For messages that name their transfer and why it is said. */
export function withReason<M extends { type: string; transfer: string; reason: string }>(
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
