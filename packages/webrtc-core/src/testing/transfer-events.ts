// Every event of the two transfer machines, with each value that makes a difference, for walks and diagrams.
import type { ReceiverEvent } from '../transfer/receiver-state.ts';
import type { SenderEvent } from '../transfer/sender-state.ts';

const SIDES = ['me', 'peer'] as const;

const SHARED = [
  { type: 'connected' },
  { type: 'disconnected' },
  ...SIDES.map((by) => ({ type: 'pause', by }) as const),
  ...SIDES.map((by) => ({ type: 'resume', by }) as const),
  { type: 'agreed' },
  ...SIDES.map((by) => ({ type: 'cancel', by, reason: 'user' }) as const),
  { type: 'fail', code: 'store-failed' },
] as const;

export const RECEIVER_EVENTS: readonly ReceiverEvent[] = [
  { type: 'accept' },
  { type: 'decline' },
  { type: 'held' },
  ...SHARED,
  { type: 'pause', by: 'me', cause: 'store-full' },
  { type: 'cancel', by: 'peer', reason: 'other-device' },
  { type: 'fail', code: 'source-changed', entry: 3 },
];

export const SENDER_EVENTS: readonly SenderEvent[] = [
  { type: 'accepted' },
  { type: 'declined' },
  ...SHARED,
  { type: 'cancel', by: 'me', reason: 'other-device' },
  { type: 'fail', code: 'source-changed', entry: 3 },
];
