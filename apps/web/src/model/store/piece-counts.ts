// How many pieces of each part of a file there are, drawn as towers: those online first, and what is above the number that
// is needed apart. Pure geometry.
import type { MapCell } from './map-cells.ts';

interface TowersSize {
  width: number;
  height: number;
  gap: number;
}

/** SVG paths: of pieces online that are needed, of those to spare, and of those that are offline now. */
export interface Towers {
  needed: string;
  spare: string;
  offline: string;
  /** How high the line of what is needed is, from the top. */
  neededY: number;
}

export function towersOf(cells: readonly MapCell[], needed: number, { width, height, gap }: TowersSize): Towers {
  const highest = Math.max(needed, ...cells.map(({ kept }) => kept), 1);
  const step = (width + gap) / Math.max(1, cells.length);
  const floor = height / highest;
  const towers: Towers = { needed: '', spare: '', offline: '', neededY: round(height - needed * floor) };
  cells.forEach(({ online, kept }, index) => {
    for (let storey = 0; storey < kept; storey++) {
      const kind = storey >= online ? 'offline' : storey < needed ? 'needed' : 'spare';
      const y = round(height - (storey + 1) * floor);
      const storeyHeight = round(floor - (floor > 3 ? 1 : 0.5));
      towers[kind] += `M${round(index * step)} ${y}h${round(step - gap)}v${storeyHeight}h-${round(step - gap)}z`;
    }
  });
  return towers;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
