// Columns that devices have and that are nobody's: of a version that was forgotten, or not what they should be. In memory: a
// device says what it has each time it comes. Decides nothing.
import type { Column } from '@ferry/shared';
import { columnKey } from './inventory.ts';

/** Of one device; it hears of the others when it has released these, and said again what it has. */
const MOST_COLUMNS = 10_000;

export class UnwantedColumns {
  readonly #columns = new Map<string, Map<string, Column>>();

  add(deviceId: string, column: Column): void {
    const known = this.#columns.get(deviceId) ?? new Map<string, Column>();
    if (known.size < MOST_COLUMNS) known.set(nameOf(column), column);
    this.#columns.set(deviceId, known);
  }

  /** It is deleted there, or wanted after all. */
  delete(deviceId: string, column: Column): void {
    const known = this.#columns.get(deviceId);
    known?.delete(nameOf(column));
    if (known?.size === 0) this.#columns.delete(deviceId);
  }

  of(deviceId: string, limit: number): Column[] {
    return [...(this.#columns.get(deviceId)?.values() ?? [])].slice(0, limit);
  }
}

/** Of a column, wherever it is. */
export function nameOf({ versionId, group, index }: Column): string {
  return columnKey(`${versionId}:${group}`, index);
}
