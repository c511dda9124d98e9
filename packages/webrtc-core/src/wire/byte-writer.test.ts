import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';

const malformed = expect.objectContaining({ code: 'message-malformed' });

describe('numbers', () => {
  test.each([
    [0, [0]],
    [127, [0x7f]],
    [128, [0x80, 0x01]],
    [300, [0xac, 0x02]],
    [2 ** 32, [0x80, 0x80, 0x80, 0x80, 0x10]],
    [Number.MAX_SAFE_INTEGER, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])('%d is written as LEB128', (value, bytes) => {
    expect([...new ByteWriter().varint(value).toBytes()]).toEqual(bytes);
  });

  test('any safe integer is read back', () => {
    fc.assert(
      fc.property(fc.oneof(fc.nat(), fc.maxSafeNat()), (value) => {
        const reader = new ByteReader(new ByteWriter().varint(value).toBytes());
        expect(reader.varint()).toBe(value);
        reader.end();
      }),
    );
  });

  test.each([-1, 0.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY])('%d cannot be written', (value) => {
    expect(() => new ByteWriter().varint(value)).toThrow(RangeError);
  });

  test('the bound is the largest number read', () => {
    const bytes = new ByteWriter().varint(300).toBytes();
    expect(new ByteReader(bytes).varint(300)).toBe(300);
    expect(() => new ByteReader(bytes).varint(299)).toThrow(malformed);
  });

  test.each([
    ['not in its shortest form', [0x80, 0x00]],
    ['not in its shortest form, long', [0x81, 0x80, 0x00]],
    ['cut off', [0x80]],
    ['too large', [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10]],
    ['endless', new Array(20).fill(0x80)],
    ['endless ones', new Array(20).fill(0xff)],
  ])('a number %s is refused', (_, bytes) => {
    expect(() => new ByteReader(Uint8Array.from(bytes)).varint()).toThrow(malformed);
  });
});

describe('texts', () => {
  test('any well-formed text is read back, a byte order mark included', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constant('\ufeffa')), (text) => {
        expect(new ByteReader(new ByteWriter().text(text).toBytes()).text(10_000)).toBe(text);
      }),
    );
  });

  test('a lone surrogate is replaced', () => {
    expect(new ByteReader(new ByteWriter().text('a\ud800').toBytes()).text(10)).toBe('a\ufffd');
  });

  test('the bound counts bytes', () => {
    const bytes = new ByteWriter().text('ää').toBytes();
    expect(new ByteReader(bytes).text(4)).toBe('ää');
    expect(() => new ByteReader(bytes).text(3)).toThrow(malformed);
  });

  test.each([
    ['a stray continuation byte', [0x80]],
    ['an overlong form', [0xc0, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['a cut-off character', [0xe2, 0x82]],
  ])('%s is not UTF-8', (_, bytes) => {
    expect(() => new ByteReader(Uint8Array.from([bytes.length, ...bytes])).text(100)).toThrow(malformed);
  });
});

test('whatever is written in a row is read in a row', () => {
  const field = fc.oneof(
    fc.record({ kind: fc.constant('u8' as const), value: fc.nat(255) }),
    fc.record({ kind: fc.constant('varint' as const), value: fc.maxSafeNat() }),
    fc.record({ kind: fc.constant('text' as const), value: fc.string({ unit: 'grapheme', maxLength: 300 }) }),
    fc.record({ kind: fc.constant('bytes' as const), value: fc.uint8Array({ maxLength: 700 }) }),
  );
  fc.assert(
    fc.property(fc.array(field), (fields) => {
      const writer = new ByteWriter();
      for (const { kind, value } of fields) {
        if (kind === 'u8') writer.u8(value);
        else if (kind === 'varint') writer.varint(value);
        else if (kind === 'text') writer.text(value);
        else writer.bytes(value);
      }
      const bytes = writer.toBytes();
      expect(writer.length).toBe(bytes.length);
      const reader = new ByteReader(bytes);
      for (const { kind, value } of fields) {
        if (kind === 'u8') expect(reader.u8()).toBe(value);
        else if (kind === 'varint') expect(reader.varint()).toBe(value);
        else if (kind === 'text') expect(reader.text(10_000)).toBe(value);
        else expect(reader.bytes(value.length)).toEqual(value);
      }
      reader.end();
    }),
  );
});

test('reading behind the end and leaving bytes over are both malformed', () => {
  const reader = new ByteReader(new Uint8Array(3));
  expect(() => reader.bytes(4)).toThrow(malformed);
  expect(() => reader.end()).toThrow(malformed);
  reader.bytes(3);
  expect(() => reader.u8()).toThrow(malformed);
  reader.end();
});
