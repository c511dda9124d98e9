import { describe, expect, test } from 'vitest';
import type { Run } from '../content/run.ts';
import { decode, encode } from './codec.ts';
import { WIRE_LIMITS } from './limits.ts';
import type { Message } from './message.ts';

const transfer = '01234567-89ab-4cde-8f01-23456789abcd';
const hash = new Uint8Array(32);

/** Writes without checking and reads as a stranger's: what comes out, or the code of the refusal. */
function roundTrip(message: Message): unknown {
  const { head, payload } = encode(message);
  try {
    return decode(Uint8Array.of(...head, ...payload));
  } catch (error) {
    return (error as { code: string }).code;
  }
}

const announce = (fields: object): Message => ({
  ...{ type: 'announce', transfer, title: 'x', itemCount: 1, entryCount: 1, totalBytes: 1, isPartial: false },
  ...fields,
});
const entry = (fields: object): Message => ({
  type: 'manifest',
  transfer,
  firstEntry: 0,
  entries: [{ path: ['x'], sizeBytes: 1, modifiedMs: 1, mediaType: '', ...fields }],
});
const chunks = (runs: Run[]): Message => ({ type: 'request', transfer, chunks: runs });
const everySecond = (count: number) => Array.from({ length: count }, (_, index) => ({ first: index * 2, count: 1 }));
const ascii = (length: number) => 'a'.repeat(length);

const { maxEntries, maxChunks } = WIRE_LIMITS;

describe.each<[string, (value: number) => Message, number]>([
  ['the agent’s bytes', (length) => ({ type: 'hello', version: 1, agent: ascii(length) }), WIRE_LIMITS.maxAgentBytes],
  ['the title’s bytes', (length) => announce({ title: ascii(length) }), WIRE_LIMITS.maxTitleBytes],
  ['items', (itemCount) => announce({ itemCount }), maxEntries],
  ['entries announced', (entryCount) => announce({ entryCount }), maxEntries],
  ['the first entry listed', (firstEntry) => ({ type: 'list', transfer, firstEntry }), maxEntries],
  ['a page’s first entry', (firstEntry) => ({ type: 'manifest', transfer, firstEntry, entries: [] }), maxEntries],
  ['path segments', (count) => entry({ path: new Array(count).fill('x') }), WIRE_LIMITS.maxPathSegments],
  ['a segment’s bytes', (length) => entry({ path: [ascii(length)] }), WIRE_LIMITS.maxSegmentBytes],
  ['a media type’s bytes', (length) => entry({ mediaType: ascii(length) }), WIRE_LIMITS.maxMediaTypeBytes],
  ['runs', (count) => chunks(everySecond(count)), WIRE_LIMITS.maxRuns],
  ['a run’s end', (end) => chunks([{ first: end - 5, count: 5 }]), maxChunks],
  ['a single run’s length', (count) => chunks([{ first: 0, count }]), maxChunks],
  ['entries accepted', (count) => ({ type: 'accept', transfer, entries: [{ first: 0, count }] }), maxEntries],
  ['chunks held', (count) => ({ type: 'have', transfer, chunks: [{ first: 0, count }] }), maxChunks],
  ['a chunk’s index', (index) => ({ type: 'chunk', transfer, index, hash, bytes: hash }), maxChunks],
  [
    'the first complete entry',
    (firstEntry) => ({ type: 'complete', transfer, firstEntry, entryCount: 1, root: hash }),
    maxEntries,
  ],
  [
    'complete entries',
    (entryCount) => ({ type: 'complete', transfer, firstEntry: 0, entryCount, root: hash }),
    maxEntries,
  ],
  ['an aborted entry', (count) => ({ type: 'abort', transfer, code: 'lost', entry: count - 1 }), maxEntries],
])('%s', (_, make, bound) => {
  test('up to the bound are read', () => {
    expect(roundTrip(make(bound))).toEqual(make(bound));
  });
  test('beyond it are refused', () => {
    expect(roundTrip(make(bound + 1))).toBe('message-malformed');
  });
});

test('bounds count bytes of UTF-8, not characters', () => {
  expect(roundTrip(announce({ title: 'ä'.repeat(WIRE_LIMITS.maxTitleBytes / 2) }))).toMatchObject({ type: 'announce' });
  expect(roundTrip(announce({ title: 'ä'.repeat(WIRE_LIMITS.maxTitleBytes / 2 + 1) }))).toBe('message-malformed');
});

test('an entry without a name is refused', () => {
  expect(roundTrip(entry({ path: [] }))).toBe('message-malformed');
});

test('runs that are empty or touch are refused; the first may start at zero', () => {
  const refused = (runs: Run[]) => expect(roundTrip(chunks(runs))).toBe('message-malformed');
  refused([{ first: 3, count: 0 }]);
  refused([
    { first: 0, count: 2 },
    { first: 2, count: 1 },
  ]);
  expect(roundTrip(chunks([{ first: 0, count: 2 }]))).toMatchObject({ chunks: [{ first: 0, count: 2 }] });
});

test('a page that claims more entries than it has bytes is refused before it costs memory', () => {
  const { head } = encode({ type: 'manifest', transfer, firstEntry: 0, entries: [] });
  // The last byte is the count of entries.
  const claiming = Uint8Array.of(...head.subarray(0, -1), 0x90, 0xa1, 0x0f);
  expect(() => decode(claiming)).toThrow(expect.objectContaining({ code: 'message-malformed' }));
});
