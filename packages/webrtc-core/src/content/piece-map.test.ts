import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Bitfield } from './bitfield.ts';
import { type PieceLevel, pieceMap } from './piece-map.ts';

function bitfieldOf(bits: boolean[]): Bitfield {
  const bitfield = new Bitfield(bits.length);
  for (const [index, bit] of bits.entries()) if (bit) bitfield.set(index);
  return bitfield;
}

/** Counts bit by bit; the cell of a chunk is the defining formula. */
function plainMap(bits: boolean[], maxCells: number): PieceLevel[] {
  const cells = Math.min(bits.length, maxCells);
  const stretches = Array.from({ length: cells }, () => [] as boolean[]);
  for (const [chunk, bit] of bits.entries()) stretches[Math.floor((chunk * cells) / bits.length)]!.push(bit);
  return stretches.map((stretch) => {
    const share = stretch.filter(Boolean).length / stretch.length;
    if (share === 0) return 0;
    if (share === 1) return 3;
    return share < 0.5 ? 1 : 2;
  });
}

test('says what counting bit by bit says', () => {
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { minLength: 1, maxLength: 300 }),
      fc.integer({ min: 1, max: 120 }),
      (bits, maxCells) => {
        expect(pieceMap(bitfieldOf(bits), maxCells)).toEqual(plainMap(bits, maxCells));
      },
    ),
  );
});

test('one cell a chunk when there are fewer chunks than cells', () => {
  expect(pieceMap(bitfieldOf([true, false, true]), 100)).toEqual([3, 0, 3]);
});

test('less than half is some, half and more is most, only all is all', () => {
  const level = (held: number) => pieceMap(bitfieldOf(Array.from({ length: 10 }, (_, bit) => bit < held)), 1)[0];
  expect([0, 1, 4, 5, 9, 10].map(level)).toEqual([0, 1, 1, 2, 2, 3]);
});

test('nothing is missing of an empty bundle', () => {
  expect(pieceMap(new Bitfield(0), 50)).toEqual([3]);
});
