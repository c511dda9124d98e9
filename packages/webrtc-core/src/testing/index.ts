// The public list of @ferry/webrtc-core/testing: what adapter authors need to test against the ports.
export { type ChannelPairOptions, channelPair, type MemoryChannel } from './channel-pair.ts';
export { type ChunkStoreCase, chunkStoreSuite } from './chunk-store-suite.ts';
export { ManualClock } from './manual-clock.ts';
export { type Random, seededRandom } from './random.ts';
export { type MemorySignaling, signalingPair } from './signaling-pair.ts';
export { type Faults, SimulatedNetwork, type SimulatedNetworkOptions } from './simulated-network.ts';
