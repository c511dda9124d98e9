// Every bound that browser and server agree on, each with its reason.
export const LIMITS = {
  /** Fits a tile and a table column in every script. */
  usernameCharacters: 32,
  /** NIST SP 800-63B asks for at least 8 and for room for passphrases; more only costs hashing time. */
  passwordMinCharacters: 8,
  passwordMaxCharacters: 256,
  /** "Chromium on Windows" and what people make of it. */
  deviceNameCharacters: 64,
  /** A session description with many candidates is about 8 KiB; four times that leaves room for signatures. */
  signalPayloadCharacters: 32 * 1024,
  /** One WebSocket message: a signal with its envelope, and nothing much larger. */
  socketMessageBytes: 64 * 1024,
  /** Signals kept for a device that lost its socket; a session's setup takes about 30. */
  inboxSignals: 512,
  /** What file systems allow: 255 UTF-16 units (NTFS, APFS) or bytes (ext4). */
  catalogNameCharacters: 255,
  /** Deeper and longer than people make folders, shallower than what would slow everybody down. */
  catalogPathSegments: 64,
  catalogPathCharacters: 1024,
  /** With paths of usual length a page fits the server's bound on requests, which knows no exceptions. */
  catalogPageEntries: 500,
  catalogSharesPerOwner: 500,
  /** A home directory of source code, and some; a transfer carries no more files either. */
  catalogEntriesPerOwner: 250_000,
  /** People who are chosen one by one. */
  catalogAudience: 500,
  catalogQueryCharacters: 256,
  catalogPageResults: 100,
  catalogSavedSearches: 50,
  /** Files that a device holds from downloading, told to the server. */
  catalogHoldings: 1000,
  /** Shares that one of them came from: what came from more is held by so many others that it need not be passed on. */
  catalogHoldingShares: 8,
  /** Shares in all that are told with them, each as often as it is said: with the files they fit one request. */
  catalogHoldingShareNames: 128,
  /** Files asked by content of one device; of more the owner's device is asked alone. */
  catalogWantedContents: 256,
  /** Shares that one device is asked by, each as often as it is said. */
  catalogWantedShareNames: 16,
  /** The claims of that many contents and shares, in base64url twice over, with room. */
  capabilityCharacters: 20_000,
  /** What one person stores at once: its columns are then fewer than a bundle may have entries. */
  storeFileBytes: 256 * 1024 ** 3,
  /** Of a file of that size, kept as mere copies: 64 stripes of one chunk each. */
  storeGroups: 4096,
  /** Twice the most that any code uses: room for more people than were there at first. */
  storeShards: 64,
  /** 64 chunks of 1 MiB. */
  storeColumnBytes: 64 * 1024 * 1024,
  storeColumnChunks: 64,
  /** Of one device and version, in one request for them: as long as it keeps one index they are one. */
  storeColumnRuns: 256,
  /** In one message about them: with receipts it is at its bound. */
  storeColumnsAtOnce: 64,
  /** What a device is to keep and has not got, told at once: columns of a hundred versions, some of each. */
  storeKeepDuties: 400,
  /** On their way to a device that asks for duties: two at a time, and those that made way for others since. */
  storeMovingColumns: 16,
  /** In one page of an inventory: without receipts more fit. */
  storeInventoryColumns: 500,
  storeReceiptCharacters: 700,
  /** 16 bytes a chunk, 64 stripes of at most 16 chunks, in base64url. */
  storeGroupTagCharacters: 22_000,
  /** Told at once to whoever downloads. */
  storeGroupsAtOnce: 16,
  /** Of the map of a file; a desktop shows as many side by side. */
  storeMapCells: 96,
  storeListPage: 50,
  /** A petabyte: no disk is larger. */
  storeOfferBytes: 2 ** 50,
  /** A delivery's manifest, compressed and sealed: 32 KiB a page in base64url, 2 MiB in all. */
  storeSealedPageCharacters: 43_692,
  storeSealedPages: 64,
  storeRecipientDevices: 50,
  storeWrappedKeyCharacters: 512,
  /** The last millisecond that a Date can hold. */
  latestMs: 8_640_000_000_000_000,
} as const;
