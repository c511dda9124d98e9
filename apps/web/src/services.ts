// What the page needs from the world, as ports: main.ts hands the real ones to the app, the gallery invented ones.
// Knows nothing of tRPC, WebRTC or storage.
import type {
  Account,
  ApiErrorCode,
  CatalogDetails,
  CatalogEvent,
  CatalogOwner,
  CatalogPlace,
  CatalogShare,
  ChildrenPage,
  ChildrenRequest,
  IceConfiguration,
  Invite,
  PresenceEvent,
  RegistrationPolicy,
  SavedSearch,
  SaveSearch,
  SearchPage,
  SearchRequest,
  SentDelivery,
  ServerReport,
  ShareElsewhere,
  StoredDetails,
  StoreListRequest,
  StoreNode,
  StoreOverview,
  StorePage,
  StoreUsage,
} from '@ferry/shared';
import { type InjectionKey, inject } from 'vue';
import type { EngineClient } from './adapters/engine-contract.ts';
import type { Saver } from './adapters/save-contract.ts';
import type { Finding } from './model/connection/finding.ts';

export interface Credentials {
  username: string;
  password: string;
}

/** The server as the page uses it. Every promise rejects with a {@link ServerRefusal}. */
export interface Server {
  /** Null when nobody is signed in. */
  me(): Promise<Account | null>;
  signIn(credentials: Credentials): Promise<Account>;
  register(credentials: Credentials & { invite?: string }): Promise<Account>;
  signOut(): Promise<void>;
  registrationPolicy(): Promise<RegistrationPolicy>;
  /** The code is told this once. */
  createInvite(): Promise<{ invite: Invite; code: string }>;
  listInvites(): Promise<Invite[]>;
  revokeInvite(inviteId: string): Promise<void>;
  /** What the server finds out about its own configuration; for admins. */
  checkServer(): Promise<ServerReport>;
  /** Everybody at once, then each change. Returns how to stop. */
  watchPeople(listener: (event: PresenceEvent) => void): () => void;
  /** Whether the server is in reach, at once and on every change. Returns how to stop. */
  watchConnection(listener: (isConnected: boolean) => void): () => void;
}

/**
 * The catalog as the page asks about it. Every promise rejects with a {@link ServerRefusal}, or with the reason of its
 * signal once that is aborted.
 */
export interface CatalogServer {
  search(request: SearchRequest, signal?: AbortSignal): Promise<SearchPage>;
  /** Everybody who shares something with me, me included. */
  owners(signal?: AbortSignal): Promise<CatalogOwner[]>;
  sharesOf(userId: string, signal?: AbortSignal): Promise<CatalogShare[]>;
  children(request: ChildrenRequest, signal?: AbortSignal): Promise<ChildrenPage>;
  details(place: CatalogPlace, signal?: AbortSignal): Promise<CatalogDetails>;
  savedSearches(signal?: AbortSignal): Promise<SavedSearch[]>;
  saveSearch(search: SaveSearch): Promise<SavedSearch>;
  removeSavedSearch(savedSearchId: string): Promise<void>;
  /** What is new in it has been seen. */
  savedSearchOpened(savedSearchId: string): Promise<void>;
  /**
   * Tells of every change that may be seen here. Returns how to stop. One that only overhears is told what other tabs of
   * this browser are told, as long as one of them watches.
   */
  watch(listener: (event: CatalogEvent) => void, options?: { onlyOverhears?: boolean }): () => void;
}

/** What I share on my other devices. Every promise rejects with a {@link ServerRefusal}. */
export interface OtherDevices {
  shares(): Promise<ShareElsewhere[]>;
  /** It is listed no more, and that device does not list it again. */
  endShare(shareId: string): Promise<void>;
  /** All that is listed from that device. */
  endSharesOn(deviceId: string): Promise<void>;
}

/**
 * The Store as the page asks about it. Every promise rejects with a {@link ServerRefusal}, or with the reason of its
 * signal once that is aborted.
 */
export interface StoreServer {
  list(request: StoreListRequest, signal?: AbortSignal): Promise<StorePage>;
  details(versionId: string, signal?: AbortSignal): Promise<StoredDetails>;
  /** Everybody deletes their pieces of it, also those who are away now. Its owner alone may. */
  remove(versionId: string): Promise<void>;
  /** Null: until it is deleted. */
  keepUntil(versionId: string, expiresAt: number | null): Promise<void>;
  /** Of my share. */
  usage(signal?: AbortSignal): Promise<StoreUsage>;
  overview(signal?: AbortSignal): Promise<StoreOverview>;
  /** What I left with colleagues for somebody. */
  sentDeliveries(signal?: AbortSignal): Promise<SentDelivery[]>;
  /** Of mine. */
  nodes(signal?: AbortSignal): Promise<StoreNode[]>;
  /** The token is told this once. */
  createNode(name: string): Promise<{ node: StoreNode; token: string }>;
  /** What it keeps is kept elsewhere from then on. */
  removeNode(nodeId: string): Promise<void>;
  /** Tells that something of all this has changed, at a pace of the server's. Returns how to stop. */
  watch(listener: () => void): () => void;
}

/** Why the server did not do it: its own reason, or that it did not answer. */
export class ServerRefusal extends Error {
  readonly code: ApiErrorCode | 'unreachable';
  readonly retryAfterMs: number | undefined;

  constructor(code: ApiErrorCode | 'unreachable', options: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(code, { cause: options.cause });
    this.name = 'ServerRefusal';
    this.code = code;
    this.retryAfterMs = options.retryAfterMs;
  }
}

export interface Examination {
  /** Ends it. */
  signal: AbortSignal;
  /** The user wants no other path than the relay. */
  isRelayOnly: boolean;
}

/** What a signed-in person works with. */
export interface Desk {
  engine: EngineClient;
  /** What colleagues share: searched and walked through. */
  catalog: CatalogServer;
  /** What colleagues keep for each other. */
  store: StoreServer;
  otherDevices: OtherDevices;
  saver: Saver;
  /** "Chrome on Linux". */
  deviceName: string;
  /** How this device finds paths, as the server says now. */
  iceConfiguration(): Promise<IceConfiguration>;
  /** Tries out every way by which this device may connect, and says what it finds as it finds it. */
  examineConnection(examination: Examination): AsyncIterable<Finding>;
  /** Whether connections may only go through the relay has changed: those that are there are made anew. */
  networkPolicyChanged(): void;
  close(): void;
}

export interface Services {
  server: Server;
  openDesk(account: Account): Promise<Desk>;
}

export const servicesKey: InjectionKey<Services> = Symbol('services');

export function useServices(): Services {
  const services = inject(servicesKey);
  if (!services) throw new Error('services were not provided');
  return services;
}
