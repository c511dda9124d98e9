// Records of columns in memory, found by key, by version and by state, with their bytes counted: somebody may keep hundreds
// of thousands of small ones. Knows no disk.
import { columnKey } from './column-key.ts';
import type { ColumnRecord, ColumnState } from './column-records.ts';

/** All of it is here. */
const WHOLE: ReadonlySet<ColumnState> = new Set(['fetched', 'held', 'made']);

export function isWhole({ state }: Pick<ColumnRecord, 'state'>): boolean {
  return WHOLE.has(state);
}

interface Version {
  readonly columns: Map<string, ColumnRecord>;
  /** Of whole columns. */
  bytes: number;
}

export class ColumnIndex {
  readonly #columns = new Map<string, ColumnRecord>();
  readonly #states = new Map<ColumnState, Map<string, ColumnRecord>>();
  readonly #versions = new Map<string, Version>();
  #wholeBytes = 0;
  #partialBytes = 0;

  get(key: string): ColumnRecord | undefined {
    return this.#columns.get(key);
  }

  has(key: string): boolean {
    return this.#columns.has(key);
  }

  all(): ColumnRecord[] {
    return [...this.#columns.values()];
  }

  in(state: ColumnState): ColumnRecord[] {
    return [...(this.#states.get(state)?.values() ?? [])];
  }

  ofVersion(versionId: string): ColumnRecord[] {
    return [...(this.#versions.get(versionId)?.columns.values() ?? [])];
  }

  get wholeCount(): number {
    return [...WHOLE].reduce((count, state) => count + (this.#states.get(state)?.size ?? 0), 0);
  }

  get wholeBytes(): number {
    return this.#wholeBytes;
  }

  get partialBytes(): number {
    return this.#partialBytes;
  }

  /** Of whole columns, by version, the largest first. */
  versions(): { versionId: string; bytes: number }[] {
    const versions = Array.from(this.#versions, ([versionId, { bytes }]) => ({ versionId, bytes }));
    return versions.filter(({ bytes }) => bytes > 0).sort((a, b) => b.bytes - a.bytes);
  }

  put(record: ColumnRecord): void {
    const key = columnKey(record.column);
    this.delete(key);
    this.#columns.set(key, record);
    const ofState = this.#states.get(record.state) ?? new Map<string, ColumnRecord>();
    this.#states.set(record.state, ofState.set(key, record));
    const { versionId } = record.column;
    const version = this.#versions.get(versionId) ?? { columns: new Map<string, ColumnRecord>(), bytes: 0 };
    version.columns.set(key, record);
    this.#versions.set(versionId, version);
    this.#count(record, version, record.sizeBytes);
  }

  delete(key: string): void {
    const record = this.#columns.get(key);
    if (!record) return;
    this.#columns.delete(key);
    this.#states.get(record.state)?.delete(key);
    const version = this.#versions.get(record.column.versionId)!;
    version.columns.delete(key);
    this.#count(record, version, -record.sizeBytes);
    if (version.columns.size === 0) this.#versions.delete(record.column.versionId);
  }

  #count(record: ColumnRecord, version: Version, bytes: number): void {
    if (!isWhole(record)) this.#partialBytes += bytes;
    else {
      this.#wholeBytes += bytes;
      version.bytes += bytes;
    }
  }
}
