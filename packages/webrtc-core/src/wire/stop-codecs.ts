// The bytes of stopping a transfer, for now or for good. Knows no other message; docs/protocol/wire.md has them all.
import { readErrorCode, readUuid, writeErrorCode, writeUuid } from './field.ts';
import { WIRE_LIMITS } from './limits.ts';
import { type Codecs, transferOnly, withReason } from './message-codec.ts';
import type { CancelReason, PauseReason, StopMessage } from './stop-message.ts';

/** Their places are their numbers, for ever. */
const CANCEL_REASONS: readonly CancelReason[] = ['user', 'other-device'];
const PAUSE_REASONS: readonly PauseReason[] = ['user', 'queue', 'space', 'files'];

export const STOP_CODECS: Codecs<StopMessage> = {
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
};
