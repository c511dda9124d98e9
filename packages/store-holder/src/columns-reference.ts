// What a device asks for when it asks for columns, and whether its capability is leave for that. Pure: checks no signature
// and knows no column that is here.
import {
  type CapabilityClaims,
  type Column,
  type ColumnRun,
  type ColumnsReference,
  columnsReferenceSchema,
} from '@ferry/shared';

/** The wire has the same bound. */
const MOST_CHARACTERS = 64 * 1024;

/** Undefined for what asks for something else, or is nothing that a Ferry writes. */
export function parseColumnsReference(text: string): ColumnsReference | undefined {
  if (text.length > MOST_CHARACTERS) return undefined;
  try {
    return columnsReferenceSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** As it is said to the device that has it. */
export function columnReference(capability: string, column: Column): string {
  return columnsReference(capability, [column]);
}

/** @param columns of one version, at least one */
export function columnsReference(capability: string, columns: readonly Column[]): string {
  const { versionId } = columns[0]!;
  const runs = columns.map(({ group, index }) => ({ index, firstGroup: group, groupCount: 1 }));
  const reference: ColumnsReference = { capability, want: { type: 'columns', versionId, columns: runs } };
  return JSON.stringify(reference);
}

export function isInRuns(runs: readonly ColumnRun[], { group, index }: Column): boolean {
  return runs.some((run) => run.index === index && group >= run.firstGroup && group < run.firstGroup + run.groupCount);
}

/** Of what is wanted, what these claims are leave for. */
export function isAllowed({ store }: CapabilityClaims, { want }: ColumnsReference, column: Column): boolean {
  if (!store || store.versionId !== want.versionId || store.versionId !== column.versionId) return false;
  return isInRuns(want.columns, column) && (!store.columns || isInRuns(store.columns, column));
}
