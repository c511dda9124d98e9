// What the other side's pause, resume, cancel and abort are to the machine of a transfer, whichever side it is on. Pure.
import type { ErrorCode } from '../errors.ts';
import type { CancelReason, PauseReason, StopMessage } from '../wire/stop-message.ts';

export type PeerEvent =
  | { type: 'pause'; by: 'peer'; reason: PauseReason }
  | { type: 'resume'; by: 'peer' }
  | { type: 'cancel'; by: 'peer'; reason: CancelReason }
  | { type: 'fail'; by: 'peer'; code: ErrorCode; entry?: number };

export function peerEventOf(message: StopMessage): PeerEvent {
  switch (message.type) {
    case 'pause':
    case 'cancel':
      return { type: message.type, by: 'peer', reason: message.reason } as PeerEvent;
    case 'resume':
      return { type: 'resume', by: 'peer' };
    case 'abort':
      return { type: 'fail', by: 'peer', code: message.code, entry: message.entry };
  }
}
