import { expect, test } from 'vitest';
import { documentedDiagram } from '../testing/documented-diagram.ts';
import { stateDiagram } from '../testing/state-diagram.ts';
import { RECEIVER_EVENTS, SENDER_EVENTS } from '../testing/transfer-events.ts';
import { walk } from '../testing/walk.ts';
import { isEnded, type ReceiverEvent, receiverTransition } from './receiver-state.ts';
import { type SenderEvent, senderTransition } from './sender-state.ts';

const ANNOUNCED = { status: 'announced' } as const;

function labelOf(event: ReceiverEvent | SenderEvent): string {
  return 'by' in event ? `${event.type} (${event.by})` : event.type;
}

test('the receiver is drawn as it is', () => {
  const drawn = stateDiagram(walk(ANNOUNCED, RECEIVER_EVENTS, receiverTransition), labelOf, isEnded);
  expect(documentedDiagram('receiver', drawn)).toBe(drawn);
});

test('the sender is drawn as it is', () => {
  const drawn = stateDiagram(walk(ANNOUNCED, SENDER_EVENTS, senderTransition), labelOf, isEnded);
  expect(documentedDiagram('sender', drawn)).toBe(drawn);
});
