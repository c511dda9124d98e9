// The server as whoever delivers, or is delivered to, asks it, over tRPC and HTTP. Turns every failure into a code.
import type { Delivery, DeviceKeys } from '@ferry/shared';
import { type FerryApi, httpApi } from '../../adapters/api.ts';
import { asked } from '../refusal.ts';

/** Everything rejects with a {@link Refusal}. */
export interface DeliveryServer {
  /** Of the devices on which that person can open something. */
  keysOf(person: { userId: string }): Promise<DeviceKeys[]>;
  /** What waits for this user, with the keys for this device. */
  deliveries(device: { deviceId: string }): Promise<Delivery[]>;
  /** A page of a sealed manifest. */
  sealed(page: { versionId: string; page: number }): Promise<string>;
  delivered(outcome: { deviceId: string; versionId: string; outcome: 'received' | 'declined' }): Promise<unknown>;
}

export class TrpcDeliveryServer implements DeliveryServer {
  readonly #api: Pick<FerryApi, 'devices' | 'store'>;

  constructor(api: FerryApi = httpApi()) {
    this.#api = api;
  }

  keysOf: DeliveryServer['keysOf'] = (person) => asked((options) => this.#api.devices.keysOf.query(person, options));
  deliveries: DeliveryServer['deliveries'] = (device) =>
    asked((options) => this.#api.store.deliveries.query(device, options));
  sealed: DeliveryServer['sealed'] = (page) => asked((options) => this.#api.store.sealed.query(page, options));
  delivered: DeliveryServer['delivered'] = (outcome) =>
    asked((options) => this.#api.store.delivered.mutate(outcome, options));
}
