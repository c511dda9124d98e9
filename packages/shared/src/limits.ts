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
  /** The last millisecond that a Date can hold. */
  latestMs: 8_640_000_000_000_000,
} as const;
