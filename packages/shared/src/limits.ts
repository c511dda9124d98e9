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
} as const;
