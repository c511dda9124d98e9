// Every bound of the wire protocol, each with its reason. A peer that crosses one is dropped, unless said otherwise.
import { CHUNK_BYTES } from '../content/chunk.ts';

/** The protocol this code speaks; both sides must speak the same one. */
export const PROTOCOL_VERSION = 3;

export const WIRE_LIMITS = {
  /**
   * Our own frames: Chromium moves 64 KiB messages at full speed, and two processes sharing a loopback
   * lose packets less with smaller ones; measured in docs/performance.md.
   */
  frameBytes: 32 * 1024,
  /** Chromium announces and enforces 262,144 bytes a message; a larger frame is refused. */
  maxFrameBytes: 256 * 1024,
  /** Ids, hash and index of a chunk message are well below this. */
  chunkOverheadBytes: 128,
  /** Everything but a chunk: enough for a page of a manifest or the runs of a scattered bitfield. */
  maxControlBytes: 256 * 1024,
  /** Control messages that wait for a peer that does not read, yet keeps asking. */
  maxQueuedControlBytes: 4 * 1024 * 1024,
  maxTitleBytes: 1024,
  /** A capability, and the content ids of some hundred files; it leaves room in a control message. */
  maxReferenceBytes: 64 * 1024,
  /** Chunk hashes in one message, 128 KiB; more are sent in several. */
  maxHashes: 4096,
  /** Of what one receiver says at once, so that hashes of a large file do not hold up everything else. */
  maxHashRequests: 32,
  maxPathSegments: 64,
  /** 255 UTF-16 units are at most 765 bytes of UTF-8. */
  maxSegmentBytes: 1024,
  maxMediaTypeBytes: 255,
  maxAgentBytes: 128,
  /** A folder of a hundred thousand files is a use people asked for; ten times that is an attack on memory. */
  maxEntries: 250_000,
  /** All names of a manifest together, which are kept in memory: paths of 250 characters at the most entries. */
  maxManifestCharacters: 64 * 1024 * 1024,
  /** 4 TiB a bundle; its hashes then take 128 MiB on each side. */
  maxChunks: 4 * 1024 * 1024,
  /** Above this, arithmetic on sizes would lose whole bytes. */
  maxTotalBytes: Number.MAX_SAFE_INTEGER,
  /** Runs in one message; more are sent in several. */
  maxRuns: 4096,
  /** Every other one of the most entries chosen: at two bytes a run it still fits a control message. */
  maxChosenRuns: 125_000,
  /** Requests waiting for an answer from one device at once; one more is answered with `abort`. */
  maxAnnouncedPerPeer: 64,
} as const;

export const MAX_CHUNK_MESSAGE_BYTES = CHUNK_BYTES + WIRE_LIMITS.chunkOverheadBytes;
