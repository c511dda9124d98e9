// The server as whoever downloads from the Store asks it, over tRPC and HTTP. Turns every failure into a code.
import type { OpenedVersion, StoreGroupPage, WrongBytes } from '@ferry/shared';
import { type FerryApi, httpApi } from '../../adapters/api.ts';
import { asked } from '../refusal.ts';

/** Everything rejects with a {@link Refusal}: `not-found` for what is deleted, or not for this user. */
export interface DownloadServer {
  /** With leave to ask everybody who keeps something of it. */
  open(version: { deviceId: string; versionId: string }): Promise<OpenedVersion>;
  groups(page: { deviceId: string; versionId: string; firstGroup: number }): Promise<StoreGroupPage>;
  report(wrong: WrongBytes): Promise<unknown>;
}

export class TrpcDownloadServer implements DownloadServer {
  readonly #api: FerryApi['store'];

  constructor(api: FerryApi = httpApi()) {
    this.#api = api.store;
  }

  open: DownloadServer['open'] = (version) => asked((options) => this.#api.open.mutate(version, options));
  groups: DownloadServer['groups'] = (page) => asked((options) => this.#api.groups.query(page, options));
  report: DownloadServer['report'] = (wrong) => asked((options) => this.#api.report.mutate(wrong, options));
}
