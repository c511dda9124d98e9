// Which pages of a long list are needed, in what order, and which of those kept may go. Pure; loads nothing.
import type { RowWindow } from './row-window.ts';

/** Pages by number that hold the rows, from the middle outwards: what is looked at comes first. */
export function pagesOf({ first, end }: RowWindow, pageSize: number): number[] {
  if (end <= first) return [];
  const middle = Math.floor((first + end - 1) / 2 / pageSize);
  const pages: number[] = [];
  for (let page = Math.floor(first / pageSize); page <= Math.floor((end - 1) / pageSize); page++) pages.push(page);
  return pages.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle) || a - b);
}

/** Of the pages kept, those furthest from what is looked at, until no more than `most` are left. */
export function pagesToForget(kept: Iterable<number>, lookedAt: number, most: number): number[] {
  const byDistance = [...kept].sort((a, b) => Math.abs(a - lookedAt) - Math.abs(b - lookedAt));
  return byDistance.slice(most);
}
