// The public list of @ferry/store-holder. Nothing inside this package imports it.
export { CapabilityChecker, type CapabilityCheckerOptions, LEEWAY_MS } from './capability.ts';
export { columnKey } from './column-key.ts';
export { columnEntry, type DescribedColumn } from './column-manifest.ts';
export type { ColumnRecord, ColumnRecords, ColumnState, ColumnStores } from './column-records.ts';
export type { ColumnServing, ColumnServingEvents } from './column-serving.ts';
export {
  type DeviceKeyPairs,
  type ExportedDeviceKeys,
  exportDeviceKeys,
  importDeviceKeys,
  makeDeviceKeys,
} from './device-keys.ts';
export { DeviceSigner } from './device-signer.ts';
export { DutyDesk, type DutyDeskOptions } from './duty-desk.ts';
export { Holder, type HolderEvents, type HolderOptions } from './holder.ts';
export type { HolderServer, RepairLease } from './holder-server.ts';
export type { HolderSnapshot } from './holder-snapshot.ts';
export type { ServedColumn, ServedColumns } from './served-column.ts';
export { ServingTurns, type ServingTurnsOptions, type TakesTurns } from './serving-turns.ts';
