// What the map says of one part of a file.
import type { StoreKey } from '../../i18n/store-words.ts';
import type { MapCell } from '../store/map-cells.ts';
import type { Phrase } from './phrase.ts';

/** Where one piece is enough, every piece is a copy. */
export function cellWords(cells: readonly MapCell[], index: number, needed: number): Phrase<StoreKey> {
  const { online = 0, kept = 0 } = cells[index] ?? {};
  const place = { part: index + 1, parts: cells.length };
  return needed === 1
    ? { key: 'map.cellCopies', named: { ...place, online }, count: kept }
    : { key: 'map.cell', named: { ...place, online, kept, needed } };
}
