// The end of a version: deleted by its owner, expired, or a delivery that has arrived. Whoever it concerns is told. Decides not
// when.
import type { Database } from '../db/client.ts';
import { type DeliveryOutcome, endDelivery } from '../db/queries/store-deliveries.ts';
import type { VersionRow } from '../db/queries/store-versions.ts';
import type { StoreKeeper } from './store-keeper.ts';
import { removeVersion } from './version-removal.ts';

/** @param outcome of a delivery; undefined when its sender took it back */
export type VersionEnd = (version: VersionRow, outcome: DeliveryOutcome | undefined, nowMs: number) => void;

export function versionEnd(db: Database, keeper: Pick<StoreKeeper, 'changed' | 'nudge'>): VersionEnd {
  return (version, outcome, nowMs) => {
    const { versionId, contentType, uploaderDeviceId } = version;
    const deviceIds = db.transaction((transaction) => {
      if (contentType === 'delivery') endDelivery(transaction, versionId, outcome, nowMs);
      return removeVersion(transaction, version, nowMs);
    });
    keeper.changed(versionId, deviceIds);
    for (const deviceId of [...deviceIds, uploaderDeviceId]) keeper.nudge(deviceId);
  };
}
