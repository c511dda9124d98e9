// Any valid message of the wire protocol, for property tests. Knows the bounds, not the encoding.
import fc, { type Arbitrary } from 'fast-check';
import type { ManifestEntry } from '../content/manifest.ts';
import { type Run, runsOf } from '../content/run.ts';
import { ERROR_CODES } from '../errors.ts';
import { WIRE_LIMITS } from '../wire/limits.ts';
import type { Message } from '../wire/message.ts';

const transfer = fc.uuid();
const number = fc.oneof(fc.nat(300), fc.maxSafeNat());
const upTo = (max: number) => fc.oneof(fc.nat(Math.min(max, 300)), fc.nat(max));
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

/** Four bytes of UTF-8 a code point at most. */
const text = (maxBytes: number) => fc.string({ unit: 'binary', maxLength: Math.floor(maxBytes / 4) });

/** Close together or far apart, always joined. */
const runs = (maxIndex: number): Arbitrary<Run[]> =>
  fc
    .oneof(fc.uniqueArray(fc.nat(40)), fc.uniqueArray(fc.nat(maxIndex - 1), { maxLength: 20 }))
    .map((indexes) => runsOf(indexes.sort((a, b) => a - b)));

const entry: Arbitrary<ManifestEntry> = fc.record(
  {
    path: fc.array(text(WIRE_LIMITS.maxSegmentBytes), { minLength: 1, maxLength: 5 }),
    sizeBytes: fc.oneof(fc.nat(300), fc.maxSafeNat()),
    modifiedMs: number,
    mediaType: text(WIRE_LIMITS.maxMediaTypeBytes),
    contentId: bytes(32),
  },
  { requiredKeys: ['path', 'sizeBytes', 'modifiedMs', 'mediaType'] },
);

const transferOnly = <Type extends 'decline' | 'resume'>(type: Type) =>
  fc.record({ type: fc.constant(type), transfer });

/** One arbitrary a message type, so that a type without one does not compile. */
const MESSAGES: { [Type in Message['type']]: Arbitrary<Extract<Message, { type: Type }>> } = {
  hello: fc.record({ type: fc.constant('hello'), version: number, agent: text(WIRE_LIMITS.maxAgentBytes) }),
  grant: fc.record({ type: fc.constant('grant'), limitBytes: number }),
  ping: fc.record({ type: fc.constant('ping'), id: number }),
  pong: fc.record({ type: fc.constant('pong'), id: number }),
  announce: fc.record({
    type: fc.constant('announce'),
    transfer,
    title: text(WIRE_LIMITS.maxTitleBytes),
    itemCount: upTo(WIRE_LIMITS.maxEntries),
    entryCount: upTo(WIRE_LIMITS.maxEntries),
    totalBytes: number,
    isPartial: fc.boolean(),
  }),
  ask: fc.record({ type: fc.constant('ask'), transfer, reference: text(4096) }),
  refuse: fc.record({
    type: fc.constant('refuse'),
    transfer,
    reason: fc.constantFrom('not-found' as const, 'expired' as const, 'queue-full' as const, 'unreadable' as const),
  }),
  queued: fc.record({ type: fc.constant('queued'), transfer, position: number, waiting: number, slots: number }),
  'hash-request': fc.record({
    type: fc.constant('hash-request'),
    transfer,
    entry: upTo(WIRE_LIMITS.maxEntries),
    firstChunk: upTo(WIRE_LIMITS.maxChunks),
  }),
  hashes: fc.record({
    type: fc.constant('hashes'),
    transfer,
    entry: upTo(WIRE_LIMITS.maxEntries),
    firstChunk: upTo(WIRE_LIMITS.maxChunks),
    hashes: fc.nat(5).chain((count) => bytes(count * 32)),
  }),
  list: fc.record({ type: fc.constant('list'), transfer, firstEntry: upTo(WIRE_LIMITS.maxEntries) }),
  manifest: fc.record({
    type: fc.constant('manifest'),
    transfer,
    firstEntry: upTo(WIRE_LIMITS.maxEntries),
    entries: fc.array(entry, { maxLength: 5 }),
  }),
  accept: fc.record({ type: fc.constant('accept'), transfer, entries: runs(WIRE_LIMITS.maxEntries) }),
  decline: transferOnly('decline'),
  request: fc.record({ type: fc.constant('request'), transfer, chunks: runs(WIRE_LIMITS.maxChunks) }),
  chunk: fc.record({
    type: fc.constant('chunk'),
    transfer,
    index: upTo(WIRE_LIMITS.maxChunks),
    hash: bytes(32),
    bytes: fc.uint8Array({ maxLength: 500 }),
  }),
  have: fc.record({ type: fc.constant('have'), transfer, chunks: runs(WIRE_LIMITS.maxChunks) }),
  complete: fc.record({
    type: fc.constant('complete'),
    transfer,
    firstEntry: upTo(WIRE_LIMITS.maxEntries),
    entryCount: upTo(WIRE_LIMITS.maxEntries),
    root: bytes(32),
  }),
  pause: fc.record({
    type: fc.constant('pause'),
    transfer,
    reason: fc.constantFrom('user' as const, 'queue' as const, 'space' as const, 'files' as const),
  }),
  resume: transferOnly('resume'),
  cancel: fc.record({
    type: fc.constant('cancel'),
    transfer,
    reason: fc.constantFrom('user' as const, 'other-device' as const),
  }),
  abort: fc.record(
    {
      type: fc.constant('abort'),
      transfer,
      code: fc.constantFrom(...ERROR_CODES),
      entry: upTo(WIRE_LIMITS.maxEntries - 1),
    },
    { requiredKeys: ['type', 'transfer', 'code'] },
  ),
};

export const MESSAGE_TYPES = Object.keys(MESSAGES) as Message['type'][];

export function arbitraryMessage(type: Message['type']): Arbitrary<Message> {
  return MESSAGES[type];
}

export const anyMessage: Arbitrary<Message> = fc.oneof(...Object.values(MESSAGES));
