// A bitfield drawn in few cells, for people: how much of each stretch is held. Pure.
import type { ReadonlyBitfield } from './bitfield.ts';

/** 0 nothing, 1 some, 2 most, 3 all. */
export type PieceLevel = 0 | 1 | 2 | 3;

/**
 * At most `maxCells` cells of nearly equal width, one a chunk when there are fewer chunks.
 * An empty bundle is one full cell: nothing is missing.
 */
export function pieceMap(held: ReadonlyBitfield, maxCells: number): PieceLevel[] {
  if (held.length === 0) return [3];
  const cells = Math.min(held.length, maxCells);
  const counts = new Uint32Array(cells);
  for (const { first, count } of held.runs()) {
    let chunk = first;
    const end = first + count;
    while (chunk < end) {
      const cell = Math.floor((chunk * cells) / held.length);
      const cellEnd = Math.min(end, startOf(cell + 1));
      counts[cell]! += cellEnd - chunk;
      chunk = cellEnd;
    }
  }
  return Array.from(counts, (count, cell) => levelOf(count, startOf(cell + 1) - startOf(cell)));

  function startOf(cell: number): number {
    return Math.ceil((cell * held.length) / cells);
  }
}

function levelOf(count: number, width: number): PieceLevel {
  if (count === 0) return 0;
  if (count === width) return 3;
  return count * 2 < width ? 1 : 2;
}
