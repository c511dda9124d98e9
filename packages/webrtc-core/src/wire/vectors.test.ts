import { describe, expect, test } from 'vitest';
import frames from '../../vectors/frames.json' with { type: 'json' };
import malformed from '../../vectors/malformed.json' with { type: 'json' };
import messages from '../../vectors/messages.json' with { type: 'json' };
import { ERROR_CODES } from '../errors.ts';
import { MESSAGE_TYPES } from '../testing/arbitrary-message.ts';
import { fromHex, toHex } from '../testing/hex.ts';
import { decode, encode } from './codec.ts';
import { FrameReader } from './framing.ts';
import type { Message } from './message.ts';

/** The same name means bytes wherever it stands; JSON has them as hex. */
const BYTE_FIELDS = ['hash', 'root', 'bytes', 'hashes', 'contentId'];

function withBytes(json: object): object {
  const fields = Object.entries(json).map(([name, value]) => {
    if (BYTE_FIELDS.includes(name)) return [name, fromHex(value)];
    return [name, name === 'entries' && typeof value[0]?.path === 'object' ? value.map(withBytes) : value];
  });
  return Object.fromEntries(fields);
}

function messageOf(json: object): Message {
  return withBytes(json) as Message;
}

function encoded(message: Message): string {
  const { head, payload } = encode(message);
  return toHex(head) + toHex(payload);
}

/** How a text of ours says why it refuses. */
const refusal = (reason: string) =>
  expect.objectContaining({ code: 'message-malformed', message: `Malformed message: ${reason}` });

describe('messages', () => {
  test.each(messages.vectors)('$name', (vector) => {
    const message = messageOf(vector.message);
    expect(encoded(message)).toBe(vector.encoded);
    expect(decode(fromHex(vector.encoded))).toEqual(message);
  });

  test('there is a vector of every type and every error code', () => {
    const all = messages.vectors.map(({ message }) => message);
    expect(new Set(all.map(({ type }) => type))).toEqual(new Set(MESSAGE_TYPES));
    expect(new Set(all.flatMap((message) => message.code ?? []))).toEqual(new Set(ERROR_CODES));
  });
});

describe('frames', () => {
  test.each(frames.vectors)('$name', (vector) => {
    const read: Message[] = [];
    const reader = new FrameReader((bytes, release) => {
      read.push(decode(bytes.slice()));
      release();
    });
    expect(vector.frames.map((frame) => reader.read(fromHex(frame)))).toEqual(vector.chunkBytes);
    expect(read).toEqual(vector.messages.map(messageOf));
  });
});

describe('malformed', () => {
  test.each(malformed.messages)('message: $name', ({ input, reason }) => {
    expect(() => decode(fromHex(input))).toThrow(refusal(reason));
  });

  test.each(malformed.frames)('frame: $name', (vector) => {
    const reader = new FrameReader(() => {});
    for (const frame of vector.frames.slice(0, -1)) reader.read(fromHex(frame));
    expect(() => reader.read(fromHex(vector.frames.at(-1)!))).toThrow(refusal(vector.reason));
  });
});
