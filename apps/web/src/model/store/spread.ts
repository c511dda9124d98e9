// How far something has spread, as a number and as cells of a strip. Pure.

/** Never 100 before it is all there, so that "100 %" means it. */
export function spreadPercent(spread: number): number {
  return spread >= 1 ? 100 : Math.min(99, Math.floor(spread * 100));
}

/** Levels of the pieces strip: so much of what makes it safe, and of the rest nothing. */
export function spreadPieces(spread: number, cellCount: number): number[] {
  const full = spread >= 1 ? cellCount : Math.min(cellCount - 1, Math.floor(spread * cellCount));
  return Array.from({ length: cellCount }, (_, index) => {
    if (index < full) return 3;
    return index === full && spread * cellCount > full ? 1 : 0;
  });
}
