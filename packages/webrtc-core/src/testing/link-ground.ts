// Links over a pair of channels in memory, and a stranger that says whatever a test wants. Knows no transfer.
import type { FerryError } from '../errors.ts';
import { decode, encode } from '../wire/codec.ts';
import { FrameReader } from '../wire/framing.ts';
import { WIRE_LIMITS } from '../wire/limits.ts';
import { Link } from '../wire/link.ts';
import type { Message, TransferMessage } from '../wire/message.ts';
import { Outbox } from '../wire/outbox.ts';
import type { ChunkMessage } from '../wire/pull-message.ts';
import { channelPair, type MemoryChannel } from './channel-pair.ts';
import { ManualClock } from './manual-clock.ts';

/** Of what is sent in these tests. */
export const transfer = '01234567-89ab-4cde-8f01-23456789abcd';

export function chunkMessage(length: number, index = 0): ChunkMessage {
  return { type: 'chunk', transfer, index, hash: new Uint8Array(32), bytes: new Uint8Array(length).fill(index) };
}

/** What a link says and how it ended. */
export function watchLink(link: Link) {
  const seen = { messages: [] as TransferMessage[], opened: 0, closed: [] as (FerryError | undefined)[] };
  link.events.on('open', () => seen.opened++);
  link.events.on('message', ({ message, release }) => {
    seen.messages.push(message.type === 'chunk' ? { ...message, bytes: message.bytes.slice() } : message);
    release();
  });
  link.events.on('close', (error) => seen.closed.push(error));
  return seen;
}

/** Two links that said hello. */
export function linkPair() {
  const clock = new ManualClock();
  const channels = channelPair({ clock, latencyMs: 10 });
  const links = channels.map((channel) => new Link(channel, { clock })) as [Link, Link];
  const [a, b] = links.map(watchLink) as [ReturnType<typeof watchLink>, ReturnType<typeof watchLink>];
  clock.advance(100);
  return { clock, channels, links, a, b };
}

/** A link, and a stranger at the other end that says what the test wants and notes what it hears. */
export function linkWithStranger() {
  const clock = new ManualClock();
  const [near, far] = channelPair({ clock });
  const link = new Link(near, { clock });
  const heard: Message[] = [];
  const frames = new FrameReader((bytes, release) => {
    heard.push(decode(bytes.slice()));
    release();
  });
  far.events.on('message', (frame) => frames.read(frame));
  clock.advance(1);
  const say = (message: Message) => {
    sendMessage(far, message);
    clock.advance(1);
  };
  return { clock, link, seen: watchLink(link), near, far, heard, say };
}

function sendMessage(channel: MemoryChannel, message: Message): void {
  const outbox = new Outbox(WIRE_LIMITS.frameBytes);
  if (message.type === 'chunk') void outbox.pushChunk(transfer, encode(message));
  else outbox.pushControl(encode(message));
  for (let next = outbox.nextFrame(2 ** 40); next; next = outbox.nextFrame(2 ** 40)) channel.send(next.frame);
}
