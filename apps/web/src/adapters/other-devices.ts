// What this person shares on their other devices, and what others of theirs did to what is shared here, over tRPC. Loads
// with the desk; knows no pages.
import type { DeviceId } from '@ferry/shared';
import type { OtherDevices } from '../services.ts';
import { asked, type TrpcServer } from './server.ts';

export class TrpcOtherDevices implements OtherDevices {
  readonly #server: TrpcServer;
  readonly #deviceId: DeviceId;

  constructor(server: TrpcServer, deviceId: DeviceId) {
    this.#server = server;
    this.#deviceId = deviceId;
  }

  shares: OtherDevices['shares'] = () => asked(this.#api.elsewhere.query({ deviceId: this.#deviceId }));
  endShare: OtherDevices['endShare'] = (shareId) => asked(this.#api.end.mutate({ shareId }));
  endSharesOn: OtherDevices['endSharesOn'] = (deviceId) => asked(this.#api.endAllOn.mutate({ deviceId }));

  /** Calls back when something that is shared from this device was ended from another one. Returns how to stop. */
  watchEndings(listener: () => void): () => void {
    const { endings } = this.#server.live.api.catalog.shares;
    const subscription = endings.subscribe({ deviceId: this.#deviceId }, { onData: listener });
    return () => subscription.unsubscribe();
  }

  get #api() {
    return this.#server.http.catalog.shares;
  }
}
