import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FRAGMENT_HEAD_BYTES, readFragmentHead, SLOT_COUNT, writeFragmentHead } from './fragment.ts';

const malformed = expect.objectContaining({ code: 'message-malformed' });

test('any head is read as it was written, in no more bytes than reserved for it', () => {
  const head = fc.record({
    slot: fc.nat(SLOT_COUNT - 1),
    first: fc.boolean(),
    last: fc.boolean(),
    messageLength: fc.nat(2 ** 28 - 1),
    length: fc.nat(300_000),
  });
  fc.assert(
    fc.property(head, fc.nat(20), (written, at) => {
      const frame = new Uint8Array(at + FRAGMENT_HEAD_BYTES + written.length);
      const next = writeFragmentHead(frame, at, written);
      expect(next - at).toBeLessThanOrEqual(FRAGMENT_HEAD_BYTES);
      const messageLength = written.first && !written.last ? written.messageLength : 0;
      expect(readFragmentHead(frame, at)).toEqual({ ...written, messageLength, next });
    }),
  );
});

test('a fragment ends where its frame ends at the latest', () => {
  const head = { slot: 0, first: true, last: true, messageLength: 0, length: 5 };
  const frame = new Uint8Array(7);
  writeFragmentHead(frame, 0, head);
  expect(readFragmentHead(frame, 0).next).toBe(2);
  expect(() => readFragmentHead(frame.subarray(0, 6), 0)).toThrow(malformed);
});

test.each([
  ['without a length', [0xc0]],
  ['with a cut-off length', [0xc0, 0x80]],
  ['without the message’s length', [0x80]],
  ['with the message’s length alone', [0x80, 0x05]],
  ['with a length of five bytes', [0xc0, 0x80, 0x80, 0x80, 0x80, 0x00]],
])('a head %s is refused', (_, bytes) => {
  expect(() => readFragmentHead(Uint8Array.from(bytes), 0)).toThrow(malformed);
});
