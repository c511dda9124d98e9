// The server as the engine's worker asks it about the Store, over tRPC and HTTP; what it says by itself comes by way of the
// page. Turns every failure into a code.
import type {
  BeginVersion,
  CapabilityKey,
  ConfirmColumns,
  DeviceKeys,
  GroupTags,
  SealedPage,
  UploadState,
} from '@ferry/shared';
import type { HolderServer } from '@ferry/store-holder';
import { type FerryApi, httpApi } from '../../adapters/api.ts';
import { asked } from '../refusal.ts';
import type { ServerEvents } from './server-events.ts';

/** What an upload needs; everything rejects with a {@link Refusal}. */
export interface UploadServer {
  begin(version: BeginVersion): Promise<unknown>;
  putSealed(page: SealedPage): Promise<unknown>;
  tags(tags: GroupTags): Promise<unknown>;
  confirm(columns: ConfirmColumns): Promise<unknown>;
  upload(version: { versionId: string }): Promise<UploadState>;
}

export class TrpcStoreServer implements HolderServer, UploadServer {
  readonly #api: FerryApi;
  readonly #events: ServerEvents;

  constructor(events: ServerEvents, api: FerryApi = httpApi()) {
    this.#api = api;
    this.#events = events;
  }

  key = (): Promise<CapabilityKey> => asked((options) => this.#api.catalog.key.query(undefined, options));
  putKeys = (keys: DeviceKeys): Promise<unknown> => asked((options) => this.#api.devices.putKeys.mutate(keys, options));
  offer: HolderServer['offer'] = (offer) => asked((options) => this.#store.offer.mutate(offer, options));
  duties: HolderServer['duties'] = (device) => asked((options) => this.#store.duties.query(device, options));
  held: HolderServer['held'] = (held) => asked((options) => this.#store.held.mutate(held, options));
  released: HolderServer['released'] = (released) => asked((options) => this.#store.released.mutate(released, options));
  inventory: HolderServer['inventory'] = (page) => asked((options) => this.#store.inventory.mutate(page, options));
  audited: HolderServer['audited'] = (audited) => asked((options) => this.#store.audited.mutate(audited, options));
  renewLease: HolderServer['renewLease'] = (lease) => asked((options) => this.#store.renewLease.mutate(lease, options));
  repaired: HolderServer['repaired'] = (repaired) => asked((options) => this.#store.repaired.mutate(repaired, options));

  begin: UploadServer['begin'] = (version) => asked((options) => this.#store.begin.mutate(version, options));
  putSealed: UploadServer['putSealed'] = (page) => asked((options) => this.#store.putSealed.mutate(page, options));
  tags: UploadServer['tags'] = (tags) => asked((options) => this.#store.tags.mutate(tags, options));
  confirm: UploadServer['confirm'] = (columns) => asked((options) => this.#store.confirm.mutate(columns, options));
  upload: UploadServer['upload'] = (version) => asked((options) => this.#store.upload.query(version, options));

  watch: HolderServer['watch'] = (_, listener) => {
    const { events } = this.#events;
    const stops = (['duties', 'changed', 'connected'] as const).map((type) =>
      events.on(type, () => listener({ type })),
    );
    return () => {
      for (const stop of stops) stop();
    };
  };

  get #store(): FerryApi['store'] {
    return this.#api.store;
  }
}
