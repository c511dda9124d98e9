// The bytes of asking for what nobody announced. Knows no other message; docs/protocol/wire.md has them all.
import type { AskingMessage, RefusalReason } from './asking-message.ts';
import { readUuid, writeUuid } from './field.ts';
import { WIRE_LIMITS } from './limits.ts';
import { type Codecs, withReason } from './message-codec.ts';

/** Their places are their numbers, for ever. */
const REFUSAL_REASONS: readonly RefusalReason[] = ['not-found', 'expired', 'queue-full', 'unreadable'];

export const ASKING_CODECS: Codecs<AskingMessage> = {
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
};
