// The Store's questions over tRPC. Loads with the desk, not with the first visit; knows no pages.
import type {
  SentDelivery,
  StoredDetails,
  StoreEvent,
  StoreListRequest,
  StoreOverview,
  StorePage,
  StoreUsage,
} from '@ferry/shared';
import type { StoreServer } from '../services.ts';
import { patiently, until } from './patient-question.ts';
import { asked, type TrpcServer } from './server.ts';

type Query<Input, Answer> = { query(input: Input, options?: { signal?: AbortSignal }): Promise<Answer> };
type Mutation<Input, Answer> = { mutate(input: Input): Promise<Answer> };

/** The procedures that are asked here. */
interface StoreApi {
  store: {
    list: Query<StoreListRequest, StorePage>;
    details: Query<{ versionId: string }, StoredDetails>;
    remove: Mutation<{ versionId: string }, void>;
    keepUntil: Mutation<{ versionId: string; expiresAt: number | null }, void>;
    usage: Query<void, StoreUsage>;
    overview: Query<void, StoreOverview>;
    sentDeliveries: Query<void, SentDelivery[]>;
    watch: {
      subscribe(input: object, options: { onData(event: StoreEvent): void }): { unsubscribe(): void };
    };
  };
}

export class TrpcStore implements StoreServer {
  readonly #http: StoreApi;
  readonly #server: TrpcServer;

  constructor(server: TrpcServer) {
    this.#server = server;
    this.#http = server.http as unknown as StoreApi;
  }

  list: StoreServer['list'] = (request, signal) =>
    patiently(() => this.#http.store.list.query(request, until(signal)), signal);
  details: StoreServer['details'] = (versionId, signal) =>
    patiently(() => this.#http.store.details.query({ versionId }, until(signal)), signal);
  remove: StoreServer['remove'] = (versionId) => asked(this.#http.store.remove.mutate({ versionId }));
  keepUntil: StoreServer['keepUntil'] = (versionId, expiresAt) =>
    asked(this.#http.store.keepUntil.mutate({ versionId, expiresAt }));
  usage: StoreServer['usage'] = (signal) =>
    patiently(() => this.#http.store.usage.query(undefined, until(signal)), signal);
  overview: StoreServer['overview'] = (signal) =>
    patiently(() => this.#http.store.overview.query(undefined, until(signal)), signal);
  sentDeliveries: StoreServer['sentDeliveries'] = (signal) =>
    patiently(() => this.#http.store.sentDeliveries.query(undefined, until(signal)), signal);

  nodes: StoreServer['nodes'] = (signal) =>
    patiently(() => this.#server.http.nodes.list.query(undefined, until(signal)), signal);
  createNode: StoreServer['createNode'] = (name) => asked(this.#server.http.nodes.create.mutate({ name }));
  removeNode: StoreServer['removeNode'] = (nodeId) => asked(this.#server.http.nodes.remove.mutate({ nodeId }));

  watch: StoreServer['watch'] = (listener) => {
    const { store } = this.#server.live.api as unknown as StoreApi;
    const subscription = store.watch.subscribe({}, { onData: ({ type }) => type === 'changed' && listener() });
    return () => subscription.unsubscribe();
  };
}
