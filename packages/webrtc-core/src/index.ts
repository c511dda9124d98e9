// The public list of @ferry/webrtc-core. Nothing inside this package imports it.
export type { Connector, ConnectorEvents } from './connector.ts';
export { Bitfield, type ReadonlyBitfield } from './content/bitfield.ts';
export { type BlobEntry, blobBundle } from './content/blob-source.ts';
export { CHUNK_BYTES } from './content/chunk.ts';
export type { ChunkSets } from './content/chunk-sets.ts';
export { type BundledFile, entryBundle, filesOf } from './content/entry-bundle.ts';
export { hashChunk } from './content/hash.ts';
export { BundleLayout, type ChunkPlace } from './content/layout.ts';
export {
  type BundleSummary,
  chooseEntries,
  type Manifest,
  type ManifestEntry,
  totalBytes,
} from './content/manifest.ts';
export { merkleRoot } from './content/merkle.ts';
export { type PieceLevel, pieceMap } from './content/piece-map.ts';
export { type Run, runsOf } from './content/run.ts';
export { numbered, safePaths, safeSegment } from './content/safe-path.ts';
export { SetRejected } from './content/set-rejected.ts';
export type { Availability, Bundle, ChunkSource } from './content/source.ts';
export type { ChunkStore, ChunkStoreProvider } from './content/store.ts';
export {
  type Blame,
  ConnectionError,
  ContentError,
  ERROR_CODES,
  type ErrorCode,
  FerryError,
  type NoPathCode,
  ProtocolError,
  SignalingError,
  TransferError,
} from './errors.ts';
export { Exchange, type ExchangeEvents, type ExchangeOptions } from './exchange.ts';
export { DataChannel } from './peer/data-channel.ts';
export type { PathKind, PeerPath, RelayReason } from './peer/path.ts';
export { type ExaminePathsOptions, examinePaths } from './peer/path-doctor.ts';
export type { NatMapping, PathFinding, PathStep } from './peer/path-finding.ts';
export { PeerNetwork, type PeerNetworkEvents, type PeerNetworkOptions } from './peer/peer-network.ts';
export { rtcConnector } from './peer/rtc-connector.ts';
export type { SignalingChannel, SignalingEvents } from './peer/signaling.ts';
export { MemoryStores } from './stores/memory-store.ts';
export type { AcceptedTransfer } from './transfer/accepted-fetch.ts';
export type {
  Asked,
  SourceInfo,
  SourceOptions,
  SourceStatus,
} from './transfer/asking.ts';
export type { FetchRequest } from './transfer/fetch-request.ts';
export { type HashJournal, type HashJournals, MemoryHashJournals } from './transfer/hash-journal.ts';
export type { ReceivedOutcome, SentOutcome } from './transfer/outcomes.ts';
export type { Outgoing } from './transfer/outgoing.ts';
export { Progress } from './transfer/progress.ts';
export type { Receiver } from './transfer/receiver.ts';
export { isEnded, type ReceiverState } from './transfer/receiver-state.ts';
export type { SenderState } from './transfer/sender-state.ts';
export type { RestoreIncomingOptions, RestoreOutgoingOptions, TransferMemory } from './transfer/transfer-memory.ts';
export { type Clock, systemClock } from './util/clock.ts';
export { Emitter } from './util/emitter.ts';
export type { QueuePlace, RefusalReason } from './wire/asking-message.ts';
export type { Channel, ChannelEvents } from './wire/channel.ts';
export type { RateLimit } from './wire/rate-limit.ts';
export type { PauseReason } from './wire/stop-message.ts';
export type { TransferId } from './wire/transfer-id.ts';
