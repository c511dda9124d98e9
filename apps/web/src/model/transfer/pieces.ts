// The piece map as runs for its text table and as outlines for its drawing. Pure geometry and arithmetic.

/** Cells `from`..`to` (counted from 1, both included) that look the same. */
export interface PieceRun {
  from: number;
  to: number;
  level: number;
}

export function pieceRuns(pieces: readonly number[]): PieceRun[] {
  const runs: PieceRun[] = [];
  pieces.forEach((level, index) => {
    const last = runs.at(-1);
    if (last?.level === level) last.to = index + 1;
    else runs.push({ from: index + 1, to: index + 1, level });
  });
  return runs;
}

export interface StripSize {
  width: number;
  height: number;
  gap: number;
}

/** One SVG path a level (0 to 3), each the rectangles of its cells. */
export function piecePaths(pieces: readonly number[], { width, height, gap }: StripSize): string[] {
  const paths = ['', '', '', ''];
  const step = (width + gap) / Math.max(1, pieces.length);
  pieces.forEach((level, index) => {
    const x = round(index * step);
    paths[level] += `M${x} 0h${round(step - gap)}v${height}h-${round(step - gap)}z`;
  });
  return paths;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
