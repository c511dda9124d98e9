// The public list of @ferry/server-link: how a device reaches others by way of Ferry's server, in browsers and in Node.
export { IceServers } from './ice-servers.ts';
export { ServerSignaling, type ServerSignalingOptions } from './server-signaling.ts';
export { SOCKET_KEEP_ALIVE, socketRetryDelayMs } from './socket-timing.ts';
