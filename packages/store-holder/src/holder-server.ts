// The server as a device that keeps columns asks and tells it: the port that applications implement. Everything but `watch`
// rejects when the server is away or refuses; it is then said again later.
import type {
  AskedDuties,
  AuditVerdict,
  CapabilityKey,
  Column,
  DeviceKeys,
  Duty,
  InventoryPage,
  SpaceOffer,
  StoreEvent,
} from '@ferry/shared';

export interface RepairLease {
  deviceId: string;
  versionId: string;
  group: number;
  token: number;
}

export interface HolderServer {
  /** What capabilities are checked with. */
  key(): Promise<CapabilityKey>;
  putKeys(keys: DeviceKeys): Promise<unknown>;
  offer(offer: SpaceOffer): Promise<unknown>;
  duties(asked: AskedDuties): Promise<Duty[]>;
  held(held: { deviceId: string; receipts: string[] }): Promise<unknown>;
  released(released: { deviceId: string; columns: Column[] }): Promise<unknown>;
  inventory(page: InventoryPage): Promise<unknown>;
  audited(audited: { deviceId: string; auditId: string; verdict: AuditVerdict }): Promise<unknown>;
  renewLease(lease: RepairLease): Promise<unknown>;
  repaired(repaired: RepairLease & { indexes: number[] }): Promise<unknown>;
  /**
   * Calls back whenever there may be something to look for, and with `connected` each time the server can be reached again
   * and may have forgotten this device. @returns stops it
   */
  watch(device: { deviceId: string }, listener: (event: StoreEvent | { type: 'connected' }) => void): () => void;
}
