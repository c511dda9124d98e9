// What a device is to fetch and keep, each column with leave to fetch it from whoever has it and is here: its uploader, whoever
// made it anew, or who else keeps it. From the tables each time; a column whose source is away is named all the same, for what
// was fetched of it is not to be deleted.
import { type Column, type Duty, LIMITS, type StoreGrant } from '@ferry/shared';
import type { Capabilities } from '../capabilities/capabilities.ts';
import type { CatalogDevice } from '../catalog/catalog-index.ts';
import type { Database } from '../db/client.ts';
import { type ColumnToKeep, columnsToKeep, otherHolders } from '../db/queries/store-device-places.ts';
import { columnRuns } from './column-runs.ts';
import type { StorePool } from './store-pool.ts';
import { nameOf as columnName } from './unwanted-columns.ts';

type KeepDuty = Extract<Duty, { type: 'keep' }>;

/** Others that have the same column: one that is slow is no reason to ask more. */
const MOST_OTHER_SOURCES = 3;

interface Using {
  db: Database;
  pool: StorePool;
  capabilities: Capabilities;
}

interface Wanted {
  readonly row: ColumnToKeep;
  readonly sources: readonly Source[];
}

interface Source {
  readonly userId: string;
  readonly deviceId: string;
}

export async function keepDuties(using: Using, holder: CatalogDevice): Promise<KeepDuty[]> {
  const rows = columnsToKeep(using.db, holder.deviceId, LIMITS.storeKeepDuties);
  const wanted = sourcesOf(rows, using, holder);
  const grants = await grantsOf(wanted, using, holder);
  return wanted.map(({ row, sources }) => {
    const { versionId, group, index, sizeBytes, knownContentId } = row;
    const from = sources.map((source) => grants.get(nameOf(row, source))!);
    return { type: 'keep', column: { versionId, group, index }, sizeBytes, contentId: knownContentId, from };
  });
}

/** Those that are here. What has no content id yet comes from its uploader alone. */
function sourcesOf(rows: readonly ColumnToKeep[], { db, pool }: Using, holder: CatalogDevice): Wanted[] {
  const known = new Set(rows.filter((row) => row.knownContentId !== null).map(({ versionId }) => versionId));
  const others = Map.groupBy(known.size > 0 ? otherHolders(db, holder.deviceId, [...known]) : [], columnName);
  const owners = new Map(pool.devices().map(({ deviceId, ownerId }) => [deviceId, ownerId]));
  for (const { uploaderDeviceId, uploaderId } of rows) owners.set(uploaderDeviceId, uploaderId);
  const isSource = (deviceId: string) =>
    deviceId !== holder.deviceId && pool.onlineSinceMs(deviceId) !== undefined && owners.has(deviceId);
  return rows.map((row) => {
    const first = row.sourceDeviceId ?? row.uploaderDeviceId;
    const holders = (row.knownContentId === null ? [] : (others.get(columnName(row)) ?? [])).map((of) => of.deviceId);
    const deviceIds = new Set([...[first].filter(isSource), ...holders.filter(isSource).slice(0, MOST_OTHER_SOURCES)]);
    return { row, sources: Array.from(deviceIds, (deviceId) => ({ deviceId, userId: owners.get(deviceId)! })) };
  });
}

/** One for all columns of a version at a device: to sign hundreds takes long. */
async function grantsOf(
  wanted: readonly Wanted[],
  { capabilities }: Using,
  holder: CatalogDevice,
): Promise<Map<string, StoreGrant>> {
  const asked = wanted.flatMap(({ row, sources }) => sources.map((source) => ({ row, source })));
  const bySource = Map.groupBy(asked, ({ row, source }) => nameOf(row, source));
  const grants = await Promise.all(
    Array.from(bySource, async ([name, columns]): Promise<[string, StoreGrant]> => {
      const { row, source } = columns[0]!;
      const claim = { versionId: row.versionId, columns: columnRuns(columns.map((one) => one.row)) };
      const { capability } = await capabilities.grantColumns(holder, source.deviceId, claim);
      return [name, { ...source, isOnline: true, capability }];
    }),
  );
  return new Map(grants);
}

function nameOf({ versionId }: Pick<Column, 'versionId'>, { deviceId }: Source): string {
  return `${versionId} ${deviceId}`;
}
