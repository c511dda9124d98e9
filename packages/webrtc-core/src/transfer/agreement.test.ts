// Both machines and a link between them, walked through everything that can happen in any order: whenever
// the link is up and nothing is under way, both sides must see the same transfer.
import { expect, test } from 'vitest';
import { isEnded, type ReceiverEvent, type ReceiverState, receiverTransition } from './receiver-state.ts';
import { type SenderEvent, type SenderState, senderTransition } from './sender-state.ts';

type Said = 'announce' | 'accept' | 'decline' | 'pause' | 'resume' | 'complete' | 'cancel' | 'abort';

interface World {
  receiver: ReceiverState;
  sender: SenderState;
  up: boolean;
  /** Whether the receiver holds everything. */
  held: boolean;
  /** Each side for itself: the receiver's user said yes, the sender heard so. */
  accepted: { receiver: boolean; sender: boolean };
  toSender: Said[];
  toReceiver: Said[];
}

const START: World = {
  receiver: { status: 'announced' },
  sender: { status: 'announced' },
  up: true,
  held: false,
  accepted: { receiver: false, sender: false },
  toSender: [],
  toReceiver: [],
};
/** Longer queues need a person clicking faster than messages travel; they show nothing new. */
const MAX_QUEUE = 3;

/** As Receiver does it: what effects say, and what is said beside them. */
function receive(world: World, event: ReceiverEvent): World {
  const [receiver, effects] = receiverTransition(world.receiver, event);
  const said: Said[] = [];
  for (const effect of effects) {
    if (effect === 'fetch') said.push('accept', ...(world.held ? (['complete'] as const) : []));
    else if (effect === 'tell-failure') said.push('abort');
    else if (effect.startsWith('tell-')) said.push(effect.slice('tell-'.length) as Said);
  }
  if (event.type === 'held' && receiver.status === 'finishing') said.push('complete');
  return { ...world, receiver, toSender: world.up ? [...world.toSender, ...said] : [] };
}

function send(world: World, event: SenderEvent): World {
  const [sender, effects] = senderTransition(world.sender, event);
  const said: Said[] = [];
  for (const effect of effects) {
    if (effect === 'announce') said.push('announce');
    else if (effect === 'tell-failure') said.push('abort');
    else if (effect.startsWith('tell-')) said.push(effect.slice('tell-'.length) as Said);
  }
  return { ...world, sender, toReceiver: world.up ? [...world.toReceiver, ...said] : [] };
}

/** What is said on a new link about a transfer that ended meanwhile. */
function endOf(state: ReceiverState | SenderState): Said[] {
  if (state.status === 'declined') return ['decline'];
  if (state.status === 'cancelled') return ['cancel'];
  return state.status === 'failed' && state.by === 'me' ? ['abort'] : [];
}

function canRevive({ status, ...state }: SenderState): boolean {
  return status === 'failed' && 'by' in state && state.by === 'peer';
}

/** As Receiver does it: what was accepted goes on from where it was. */
function retryReceiver(world: World): World {
  const retried = receive(world, world.accepted.receiver ? { type: 'retry', held: world.held } : { type: 'retry' });
  return world.up ? receive(retried, { type: 'connected' }) : retried;
}

function retrySender(world: World): World {
  return send(world, { type: 'retry', accepted: world.accepted.sender, connected: world.up });
}

function announcedAgain(world: World): World {
  const { receiver } = world;
  if (receiver.status === 'failed' && receiver.by === 'peer') return retryReceiver(world);
  if (!isEnded(receiver)) return receive(world, { type: 'resume', by: 'peer' });
  const said: Said[] = receiver.status === 'done' ? ['accept', 'complete'] : endOf(receiver);
  return { ...world, toSender: [...world.toSender, ...said] };
}

function connect(world: World): World {
  let next: World = { ...world, up: true };
  next = isEnded(next.sender) ? { ...next, toReceiver: endOf(next.sender) } : send(next, { type: 'connected' });
  if (isEnded(next.receiver)) return { ...next, toSender: endOf(next.receiver) };
  return receive(next, { type: 'connected' });
}

function disconnect(world: World): World {
  const down: World = { ...world, up: false, toSender: [], toReceiver: [] };
  return send(receive(down, { type: 'disconnected' }), { type: 'disconnected' });
}

function deliverToSender(world: World): World {
  const [said, ...toSender] = world.toSender;
  const next = { ...world, toSender };
  switch (said) {
    case 'accept':
      if (isEnded(next.sender) && !canRevive(next.sender)) {
        return { ...next, toReceiver: [...next.toReceiver, ...endOf(next.sender)] };
      }
      return send({ ...next, accepted: { ...next.accepted, sender: true } }, { type: 'accepted' });
    case 'decline':
      return send(next, { type: 'declined' });
    case 'pause':
      return send(next, { type: 'pause', by: 'peer', reason: 'user' });
    case 'resume':
      return send(next, { type: 'resume', by: 'peer' });
    case 'complete':
      return send({ ...next, toReceiver: [...next.toReceiver, 'complete'] }, { type: 'agreed' });
    case 'cancel':
      return send(next, { type: 'cancel', by: 'peer', reason: 'user' });
    default:
      return send(next, { type: 'fail', by: 'peer', code: 'store-failed' });
  }
}

function deliverToReceiver(world: World): World {
  const [said, ...toReceiver] = world.toReceiver;
  const next = { ...world, toReceiver };
  switch (said) {
    case 'announce':
      return announcedAgain(next);
    case 'pause':
      return receive(next, { type: 'pause', by: 'peer', reason: 'user' });
    case 'resume':
      return receive(next, { type: 'resume', by: 'peer' });
    case 'complete':
      return receive(next, { type: 'agreed' });
    case 'cancel':
      return receive(next, { type: 'cancel', by: 'peer', reason: 'user' });
    default:
      return receive(next, { type: 'fail', by: 'peer', code: 'source-changed' });
  }
}

/** Everything that can happen next. */
function steps(world: World): World[] {
  const next: World[] = [world.up ? disconnect(world) : connect(world)];
  if (world.toSender.length > 0) next.push(deliverToSender(world));
  if (world.toReceiver.length > 0) next.push(deliverToReceiver(world));
  for (const event of [{ type: 'pause', by: 'me', reason: 'user' } as const, { type: 'resume', by: 'me' } as const]) {
    next.push(receive(world, event), send(world, event));
  }
  next.push(receive(world, { type: 'cancel', by: 'me', reason: 'user' }));
  next.push(send(world, { type: 'cancel', by: 'me', reason: 'user' }));
  next.push(
    send(world, { type: 'fail', by: 'me', code: 'source-changed' }),
    receive(world, { type: 'fail', by: 'me', code: 'store-failed' }),
  );
  if (world.sender.status === 'failed') next.push(retrySender(world));
  if (world.receiver.status === 'failed' && world.accepted.receiver) next.push(retryReceiver(world));
  next.push(receive(world, { type: 'decline' }));
  if (world.receiver.status === 'announced') {
    const accepts = { ...world, accepted: { ...world.accepted, receiver: true } };
    const accepted = receive(accepts, { type: 'accept' });
    next.push(world.up ? accepted : receive(accepted, { type: 'disconnected' }));
  }
  const canHold = world.receiver.status === 'fetching' || world.receiver.status === 'paused';
  if (canHold && !world.held) next.push(receive({ ...world, held: true }, { type: 'held' }));
  return next.filter(({ toSender, toReceiver }) => toSender.length <= MAX_QUEUE && toReceiver.length <= MAX_QUEUE);
}

/** What the two see of each other, in words; undefined when it is not the same transfer. */
function disagreement({ receiver, sender, held }: World): string | undefined {
  if (isEnded(receiver) && isEnded(sender)) return undefined;
  // The sender has done its part; the receiver hears so once it asks again.
  if (sender.status === 'done' && receiver.status === 'paused' && held) return undefined;
  if (receiver.status === 'announced' && sender.status === 'announced') return undefined;
  if (receiver.status === 'fetching' && sender.status === 'serving') return undefined;
  if (receiver.status === 'paused' && sender.status === 'paused') {
    if (receiver.by.me === sender.by.peer && receiver.by.peer === sender.by.me) return undefined;
  }
  return `${JSON.stringify(receiver)} and ${JSON.stringify(sender)}`;
}

test('whatever happens in whatever order, both sides come to see the same', () => {
  const seen = new Set([JSON.stringify(START)]);
  const queue = [START];
  const disagreements = new Set<string>();
  for (let world = queue.pop(); world; world = queue.pop()) {
    const isQuiet = world.up && world.toSender.length === 0 && world.toReceiver.length === 0;
    const problem = isQuiet ? disagreement(world) : undefined;
    if (problem) disagreements.add(problem);
    for (const next of steps(world)) {
      const key = JSON.stringify(next);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(next);
    }
  }
  expect([...disagreements]).toEqual([]);
  // Far fewer would mean that the walk itself is broken.
  expect(seen.size).toBeGreaterThan(1000);
});
