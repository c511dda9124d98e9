import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Bitfield } from './bitfield.ts';

const flags = fc.array(fc.boolean(), { maxLength: 200 });

function bitfieldOf(bits: boolean[]): Bitfield {
  const bitfield = new Bitfield(bits.length);
  for (const [index, bit] of bits.entries()) if (bit) bitfield.set(index);
  return bitfield;
}

test('the first bit is the most significant, as in BEP 3', () => {
  expect(bitfieldOf([true, false, false, false, false, false, false, false, false, true]).toBytes()).toEqual(
    new Uint8Array([0b1000_0000, 0b0100_0000]),
  );
});

test('does what an array of booleans does, whatever is set and cleared', () => {
  const step = fc.record({ index: fc.nat(70), set: fc.boolean() });
  fc.assert(
    fc.property(fc.integer({ min: 71, max: 100 }), fc.array(step, { maxLength: 150 }), (length, steps) => {
      const model = new Array<boolean>(length).fill(false);
      const bitfield = new Bitfield(length);
      for (const { index, set } of steps) {
        const changes = model[index] !== set;
        expect(set ? bitfield.set(index) : bitfield.clear(index)).toBe(changes);
        model[index] = set;
        expect(bitfield.count).toBe(model.filter(Boolean).length);
      }
      expect(Array.from({ length }, (_, index) => bitfield.has(index))).toEqual(model);
    }),
  );
});

test('the next set and the next clear bit are the ones a plain search finds', () => {
  fc.assert(
    fc.property(flags, fc.integer({ min: -3, max: 220 }), (bits, from) => {
      const bitfield = bitfieldOf(bits);
      const start = Math.max(0, from);
      expect(bitfield.nextSet(from)).toBe(bits.indexOf(true, start));
      expect(bitfield.nextClear(from)).toBe(bits.indexOf(false, start));
    }),
  );
});

test('runs name exactly the set bits, in order and joined', () => {
  fc.assert(
    fc.property(flags, (bits) => {
      const rebuilt = bits.map(() => false);
      let end = -1;
      for (const { first, count } of bitfieldOf(bits).runs()) {
        expect(first).toBeGreaterThan(end);
        end = first + count;
        rebuilt.fill(true, first, end);
      }
      expect(rebuilt).toEqual(bits);
    }),
  );
});

test('bytes and back is the same, and the bytes are a copy', () => {
  fc.assert(
    fc.property(flags, (bits) => {
      const bitfield = bitfieldOf(bits);
      const bytes = bitfield.toBytes();
      const back = Bitfield.fromBytes(bytes, bits.length);
      expect(back.count).toBe(bitfield.count);
      expect(back.toBytes()).toEqual(bytes);
      bytes.fill(0xff);
      expect(bitfield.count).toBe(bits.filter(Boolean).length);
    }),
  );
});

describe('from outside', () => {
  test('spare bits are ignored', () => {
    const bitfield = Bitfield.fromBytes(new Uint8Array([0xff]), 3);
    expect([bitfield.count, bitfield.isFull, bitfield.toBytes()[0]]).toEqual([3, true, 0b1110_0000]);
  });

  test.each([
    [0, 1],
    [1, 0],
    [2, 8],
    [1, 9],
  ])('%i bytes are no bitfield of %i bits', (bytes, length) => {
    expect(() => Bitfield.fromBytes(new Uint8Array(bytes), length)).toThrow(RangeError);
  });

  test('bits outside are never held; setting one is an error, clearing one changes nothing', () => {
    const bitfield = new Bitfield(9);
    for (const index of [-1, 9, 15, 1e9]) {
      expect(bitfield.has(index)).toBe(false);
      expect(() => bitfield.set(index)).toThrow(RangeError);
      expect(bitfield.clear(index)).toBe(false);
    }
  });
});

test('an empty bitfield is full', () => {
  const bitfield = new Bitfield(0);
  expect([bitfield.isFull, bitfield.nextSet(), bitfield.nextClear(), bitfield.runs()]).toEqual([true, -1, -1, []]);
});
