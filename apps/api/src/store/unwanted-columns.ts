// Columns that devices have and that are nobody's: of a version that was forgotten, or not what they should be. In memory: a
// device says what it has each time it comes. Decides nothing.
import type { Column } from '@ferry/shared';
import { columnKey } from './inventory.ts';

/** Of one device; it hears of the others when it has released these, and said again what it has. */
const MOST_COLUMNS = 10_000;
/** Of all devices: some fifty megabytes. */
const MOST_IN_ALL = 200_000;

export class UnwantedColumns {
  readonly #columns = new Map<string, Map<string, Column>>();
  #count = 0;

  add(deviceId: string, column: Column): void {
    const known = this.#columns.get(deviceId) ?? new Map<string, Column>();
    const name = nameOf(column);
    if (known.has(name) || known.size >= MOST_COLUMNS) return;
    known.set(name, column);
    this.#columns.set(deviceId, known);
    this.#count++;
    if (this.#count > MOST_IN_ALL) this.#forgetMost();
  }

  /** It is deleted there, or wanted after all. */
  delete(deviceId: string, column: Column): void {
    const known = this.#columns.get(deviceId);
    if (known?.delete(nameOf(column))) this.#count--;
    if (known?.size === 0) this.#columns.delete(deviceId);
  }

  of(deviceId: string, limit: number): Column[] {
    return [...(this.#columns.get(deviceId)?.values() ?? [])].slice(0, limit);
  }

  /** Whoever has most of them says so again. */
  #forgetMost(): void {
    const [most] = [...this.#columns].reduce((one, other) => (other[1].size > one[1].size ? other : one));
    this.#count -= this.#columns.get(most)!.size;
    this.#columns.delete(most);
  }
}

/** Of a column, wherever it is. */
export function nameOf({ versionId, group, index }: Column): string {
  return columnKey(`${versionId}:${group}`, index);
}
