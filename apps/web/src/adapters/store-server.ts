// The Store's questions over tRPC. Loads with the desk, not with the first visit; knows no pages.
import type { StoreEvent } from '@ferry/shared';
import type { StoreServer } from '../services.ts';
import { patiently, until } from './patient-question.ts';
import { asked, type TrpcServer } from './server.ts';
import { SharedWatch } from './shared-watch.ts';

export class TrpcStore implements StoreServer {
  readonly #server: TrpcServer;
  readonly #watch: SharedWatch<StoreEvent>;

  constructor(server: TrpcServer, userId: string) {
    this.#server = server;
    this.#watch = new SharedWatch<StoreEvent>({
      name: `ferry-store-watch-${userId}`,
      missed: { type: 'changed' },
      subscribe(subscriber) {
        const subscription = server.live.api.store.watch.subscribe({}, subscriber);
        return () => subscription.unsubscribe();
      },
    });
  }

  list: StoreServer['list'] = (request, signal) =>
    patiently(() => this.#api.list.query(request, until(signal)), signal);
  details: StoreServer['details'] = (versionId, signal) =>
    patiently(() => this.#api.details.query({ versionId }, until(signal)), signal);
  remove: StoreServer['remove'] = (versionId) => asked(this.#api.remove.mutate({ versionId }));
  keepUntil: StoreServer['keepUntil'] = (versionId, expiresAt) =>
    asked(this.#api.keepUntil.mutate({ versionId, expiresAt }));

  usage: StoreServer['usage'] = (signal) => patiently(() => this.#api.usage.query(undefined, until(signal)), signal);
  overview: StoreServer['overview'] = (signal) =>
    patiently(() => this.#api.overview.query(undefined, until(signal)), signal);
  sentDeliveries: StoreServer['sentDeliveries'] = (signal) =>
    patiently(() => this.#api.sentDeliveries.query(undefined, until(signal)), signal);

  nodes: StoreServer['nodes'] = (signal) =>
    patiently(() => this.#server.http.nodes.list.query(undefined, until(signal)), signal);
  createNode: StoreServer['createNode'] = (name) => asked(this.#server.http.nodes.create.mutate({ name }));
  removeNode: StoreServer['removeNode'] = (nodeId) => asked(this.#server.http.nodes.remove.mutate({ nodeId }));

  watch: StoreServer['watch'] = (listener) => this.#watch.watch(({ type }) => type === 'changed' && listener());

  /** Signed out: another tab of the same account would hold the subscription from now on. */
  close(): void {
    this.#watch.close();
  }

  get #api() {
    return this.#server.http.store;
  }
}
