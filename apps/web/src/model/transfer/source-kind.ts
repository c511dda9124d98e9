// What has to be chosen again for a send whose files are not at hand: a snapshot tells it by its numbers. Pure.
import type { TransferSnapshot } from '../../adapters/engine-contract.ts';
import type { StagedItem } from '../staging/staged-item.ts';

/** `mixed`: several items, a folder among them. */
export type SourceKind = 'file' | 'files' | 'folder' | 'mixed';

export function sourceKind({ itemCount, fileCount }: Pick<TransferSnapshot, 'itemCount' | 'fileCount'>): SourceKind {
  if (itemCount > 1) return fileCount > itemCount ? 'mixed' : 'files';
  return fileCount > 1 ? 'folder' : 'file';
}

/** What was chosen so far and now, for a send of `itemCount` items: they need not all be in one place. */
export function chosenTogether(
  before: readonly StagedItem[],
  now: readonly StagedItem[],
  itemCount: number,
): readonly StagedItem[] {
  if (before.length + now.length <= itemCount) return [...before, ...now];
  // Too many: one of them was chosen anew, or all of them were.
  const names = new Set(now.map(({ name }) => name));
  const others = before.filter(({ name }) => !names.has(name));
  return others.length + now.length <= itemCount ? [...others, ...now] : now;
}
