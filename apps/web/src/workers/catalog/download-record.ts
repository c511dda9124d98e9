// The shapes of what this browser remembers of downloads from the catalog: before there is a manifest, while they are
// under way, and of what is kept afterwards. Knows no database.
import type { CatalogPlace, ContentId, OwnedShare } from '@ferry/shared';
import type { BundleSummary } from '@ferry/webrtc-core';

/** Where something is fetched from that was found in the catalog. */
export interface CatalogOrigin {
  place: CatalogPlace;
  /** Of one file, when it was verified as it was asked for. */
  contentId: ContentId | null;
  /** Of what is there only these files, by their paths in its owner's manifest; null: everything. */
  onlyPaths: (readonly string[])[] | null;
  /** Devices that may have it, as the server told last. */
  sources: CatalogSourceDevice[];
  /** Whom something of it has come from, the first few. Records of earlier versions lack them. */
  givers?: readonly CatalogGiver[];
  /** Shares by whose leave chunks of it came; undefined in records of older versions, which did not note it. */
  cameFrom: readonly CameFrom[] | undefined;
}

/** A person that something came from. */
export interface CatalogGiver {
  userId: string;
  username: string;
}

/** A share by whose leave chunks came, and of what: these contents, or with null whatever was at the place. */
export interface CameFrom extends OwnedShare {
  contentIds: readonly ContentId[] | null;
}

export interface CatalogSourceDevice {
  deviceId: string;
  userId: string;
  /** The place is on this device. */
  isOwner: boolean;
}

/** Something that is to be fetched from the catalog, of which no manifest is known yet. */
export interface PendingDownload {
  transferId: string;
  /** Whose it is. */
  peer: { userId: string; username: string };
  /** As the catalog says. */
  summary: BundleSummary;
  createdAt: number;
  /** Place in the queue. */
  order: number;
  isPaused: boolean;
  catalog: CatalogOrigin;
}

/** A whole file that is kept here, by its content. */
export interface KeptContent {
  transferId: string;
  /** Among the chosen ones. */
  entryIndex: number;
  contentId: ContentId;
  /** Its size, when it came from the catalog: then others may have it from here. */
  shareableBytes?: number;
}
