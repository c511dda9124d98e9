// What the catalog can be told and asked, as a port: one process keeps it in a SQLite file that threads of its own read
// and write. Knows no sessions and no requests; who may see what, it decides.
import type {
  Audience,
  CatalogDetails,
  CatalogOwner,
  CatalogShare,
  CatalogSource,
  ChildrenPage,
  ChildrenRequest,
  Holding,
  OwnedShare,
  Publish,
  PutShare,
  Republish,
  SearchPage,
  SearchRequest,
  ShareState,
} from '@ferry/shared';
import type { ChangeReach } from './change-reach.ts';

/** A device of a user; the session vouches for both. */
export interface CatalogDevice {
  userId: string;
  deviceId: string;
}

/** Who asks, and what of the present matters for the answer. */
export interface Viewer {
  userId: string;
  /** Devices that are online now: what they have is available. */
  onlineDeviceIds: readonly string[];
}

/** Owners' names as they are typed in a query, for `owner:`. */
export interface OwnerName {
  userId: string;
  /** As usernameKey() makes it. */
  usernameKey: string;
}

/** A place that may be fetched by whoever asked. */
export interface FetchablePlace {
  /** The device of the place itself. */
  origin: CatalogSource;
  isFolder: boolean;
  /** Content ids of the files there, in the order of their paths, up to a bound; unverified ones are left out. */
  contentIds: string[];
  /** Devices that are online, with some of that content in a share that the viewer may see. */
  copies: FetchableDevice[];
  /** Devices that are online and hold some of that content from downloading it, all of it from such shares. */
  holders: FetchableDevice[];
}

export interface FetchableDevice extends CatalogDevice {
  has: HeldByShares[];
}

/** Contents, each as it is in all of these shares. */
export interface HeldByShares {
  shares: OwnedShare[];
  contentIds: string[];
}

/** A share as its owner sees it, whichever of their devices it is on. */
export interface OwnListedShare extends CatalogShare {
  audience: Audience;
}

/** What matched a kept search since `sinceEntry`. */
export interface NewMatches {
  count: number;
  /** Name of the newest. */
  firstName: string | null;
  /** To be remembered as the next `sinceEntry`. */
  lastEntry: number;
}

/** What there is in all, shown or hidden: for the operator's numbers, and to find what belongs to nobody any more. */
export interface CatalogCensus {
  shareCount: number;
  fileCount: number;
  /** Of everybody who shares something. */
  ownerIds: string[];
}

/**
 * Everything rejects with a refusal of the API: `share-taken`, `too-many`, `revision-mismatch`, `not-found`, `busy`.
 * What a viewer may not fetch is `not-found`, exactly as what does not exist.
 */
export interface CatalogIndex {
  /** Makes or changes a share; entries stay. */
  putShare(owner: CatalogDevice, share: Omit<PutShare, 'deviceId'>): Promise<ShareState>;
  removeShare(owner: CatalogDevice, shareId: string): Promise<void>;
  sharesOfDevice(owner: CatalogDevice): Promise<ShareState[]>;
  /** All of this person, of all devices. */
  ownListing(userId: string): Promise<OwnListedShare[]>;
  publish(owner: CatalogDevice, page: Omit<Publish, 'deviceId'>): Promise<ShareState>;
  republish(owner: CatalogDevice, step: Omit<Republish, 'deviceId'>): Promise<ShareState>;
  setHoldings(holder: CatalogDevice, holdings: readonly Holding[]): Promise<void>;

  search(viewer: Viewer, request: SearchRequest, owners: readonly OwnerName[]): Promise<SearchPage>;
  newMatches(
    viewer: Viewer,
    request: Pick<SearchRequest, 'query' | 'filters'>,
    sinceEntry: number | null,
    owners: readonly OwnerName[],
  ): Promise<NewMatches>;
  owners(viewer: Viewer): Promise<CatalogOwner[]>;
  sharesOf(viewer: Viewer, userId: string): Promise<CatalogShare[]>;
  children(viewer: Viewer, request: ChildrenRequest): Promise<ChildrenPage>;
  details(viewer: Viewer, place: { shareId: string; path: string }): Promise<CatalogDetails>;
  fetchable(viewer: Viewer, place: { shareId: string; path: string }): Promise<FetchablePlace>;

  /** Everything that an account that is gone or switched off shared is shown no more; again once it is back. */
  setHiddenOwners(userIds: readonly string[]): Promise<void>;
  census(): Promise<CatalogCensus>;
  /** Calls back, at most about once a second, when something was published, changed or removed, with those who may see it. */
  watch(listener: (reach: ChangeReach) => void, ended: AbortSignal): void;
  close(): Promise<void>;
}
