// The tree of who shares what as the rows that are open, and what a key does there: the tree view of the ARIA Authoring
// Practices. Pure; loads nothing.
import type { CatalogShare } from '@ferry/shared';

export type TreeRow =
  | { type: 'owner'; id: string; isOpen: boolean; place: number; count: number }
  | { type: 'share'; id: string; ownerId: string; share: CatalogShare; place: number; count: number };

/** Owners in their order, and below each open one what they share. */
export function treeRows(
  ownerIds: readonly string[],
  open: ReadonlySet<string>,
  sharesByOwner: ReadonlyMap<string, readonly CatalogShare[]>,
): TreeRow[] {
  return ownerIds.flatMap((id, index) => {
    const isOpen = open.has(id);
    const owner: TreeRow = { type: 'owner', id, isOpen, place: index + 1, count: ownerIds.length };
    const shares = isOpen ? (sharesByOwner.get(id) ?? []) : [];
    const below = shares.map(
      (share, at): TreeRow => ({
        type: 'share',
        id: share.shareId,
        ownerId: id,
        share,
        place: at + 1,
        count: shares.length,
      }),
    );
    return [owner, ...below];
  });
}

export type TreeStep = { type: 'go'; to: number } | { type: 'open' | 'close'; ownerId: string } | null;

export function treeStep(rows: readonly TreeRow[], at: number, key: string): TreeStep {
  const row = rows[at];
  if (!row) return null;
  const go = (to: number): TreeStep => (to >= 0 && to < rows.length && to !== at ? { type: 'go', to } : null);
  switch (key) {
    case 'ArrowDown':
      return go(at + 1);
    case 'ArrowUp':
      return go(at - 1);
    case 'Home':
      return go(0);
    case 'End':
      return go(rows.length - 1);
    case 'ArrowRight':
      if (row.type !== 'owner') return null;
      return row.isOpen ? (rows[at + 1]?.type === 'share' ? go(at + 1) : null) : { type: 'open', ownerId: row.id };
    case 'ArrowLeft':
      if (row.type === 'share') return go(rows.findIndex(({ id }) => id === row.ownerId));
      return row.isOpen ? { type: 'close', ownerId: row.id } : null;
    default:
      return null;
  }
}
