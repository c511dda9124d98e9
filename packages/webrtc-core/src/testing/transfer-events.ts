// Every event of the two transfer machines, with each value that makes a difference, for walks and diagrams.
import type { ReceiverEvent } from '../transfer/receiver-state.ts';
import type { SenderEvent } from '../transfer/sender-state.ts';

const SIDES = ['me', 'peer'] as const;

const SHARED = [
  { type: 'connected' },
  { type: 'disconnected' },
  ...SIDES.map((by) => ({ type: 'pause', by, reason: 'user' }) as const),
  ...SIDES.map((by) => ({ type: 'resume', by }) as const),
  { type: 'agreed' },
  ...SIDES.map((by) => ({ type: 'cancel', by, reason: 'user' }) as const),
  ...SIDES.map((by) => ({ type: 'fail', by, code: 'store-failed' }) as const),
] as const;

export const RECEIVER_EVENTS: readonly ReceiverEvent[] = [
  { type: 'accept' },
  { type: 'decline' },
  { type: 'held' },
  ...SHARED,
  { type: 'pause', by: 'me', reason: 'space' },
  { type: 'cancel', by: 'peer', reason: 'other-device' },
  { type: 'fail', by: 'peer', code: 'source-changed', entry: 3 },
  { type: 'retry' },
  ...[true, false].map((held) => ({ type: 'retry', held }) as const),
];

export const SENDER_EVENTS: readonly SenderEvent[] = [
  { type: 'accepted' },
  { type: 'declined' },
  ...SHARED,
  { type: 'pause', by: 'me', reason: 'files' },
  { type: 'cancel', by: 'me', reason: 'other-device' },
  { type: 'fail', by: 'me', code: 'source-changed', entry: 3 },
  ...[true, false].flatMap((accepted) =>
    [true, false].map((connected) => ({ type: 'retry', accepted, connected }) as const),
  ),
];
