// What a column is called: its file on the wire, and its store on a disk. Knows nothing of what is in it.
import type { Column } from '@ferry/shared';

export function columnKey({ versionId, group, index }: Column): string {
  return `${versionId}-${group}-${index}`;
}

/** Those that are in only one of both count once. */
export function byKey<Item extends { column: Column }>(items: Iterable<Item>): Map<string, Item> {
  return new Map(Array.from(items, (item) => [columnKey(item.column), item]));
}
