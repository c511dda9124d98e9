// A group of which columns are to be made again: from which columns, and of whom those are asked. Pure.
import type { Column, Duty } from '@ferry/shared';
import { type Column as CodedColumn, ColumnBundle, StripeGeometry } from '@ferry/webrtc-core/erasure';
import { base64url } from 'jose';
import type { DescribedColumn } from './column-manifest.ts';

export type RepairDuty = Extract<Duty, { type: 'repair' }>;

/** Whoever is asked, and what for. */
export interface ColumnsAt {
  readonly deviceId: string;
  readonly capability: string;
  readonly indexes: readonly number[];
}

/** Another lease of the same group is another repair. */
export function repairKey({ versionId, group, token }: RepairDuty): string {
  return `${versionId}-${group} ${token}`;
}

export function columnIn({ versionId, group }: RepairDuty, index: number): Column {
  return { versionId, group, index };
}

export function describedIn(duty: RepairDuty, { index, ...about }: RepairDuty['make'][number]): DescribedColumn {
  return { column: columnIn(duty, index), ...about };
}

/** @throws ErasureError for numbers that make no code */
export function geometryOf({ versionBytes: sizeBytes, code: { k, n }, sources, make }: RepairDuty): StripeGeometry {
  // There may be more than the code had at first: its rows nest.
  const most = Math.max(...[...sources, ...make].map(({ index }) => index));
  return new StripeGeometry({ sizeBytes, k, n: Math.max(n, most + 1) });
}

/** Columns that it is made from; @throws ErasureError for what the geometry does not have */
export function bundleOf(duty: RepairDuty, isUsed: (index: number) => boolean): ColumnBundle {
  const { versionId, group, sources } = duty;
  const columns = sources
    .filter(({ index }) => isUsed(index))
    .map(({ index, contentId }): CodedColumn => {
      return { group, index, contentId: base64url.decode(contentId) };
    });
  return new ColumnBundle({ versionId, geometry: geometryOf(duty), columns });
}

/** Devices that are there, each with all that it is asked for. */
export function columnsAtDevices({ sources }: RepairDuty, isUsed: (index: number) => boolean): ColumnsAt[] {
  const devices = new Map<string, ColumnsAt>();
  for (const { index, from } of sources.filter((source) => isUsed(source.index))) {
    for (const { deviceId, capability, isOnline } of from) {
      if (!isOnline) continue;
      const { indexes = [] } = devices.get(deviceId) ?? {};
      devices.set(deviceId, { deviceId, capability, indexes: [...indexes, index] });
    }
  }
  return [...devices.values()];
}
