// What two ends of a link say to each other about the link itself. Knows no transfers and no bytes.

/** The first message on every channel, from both sides. */
export interface HelloMessage {
  type: 'hello';
  version: number;
  /** Program and version, for people who read logs. */
  agent: string;
}

/** Flow control: how many bytes of chunk messages the other side may send on this channel, counted from its start. */
export interface GrantMessage {
  type: 'grant';
  limitBytes: number;
}

/** Is the other side there? It answers `pong` with the same id. */
export interface PingMessage {
  type: 'ping';
  id: number;
}

export interface PongMessage {
  type: 'pong';
  id: number;
}

/** What concerns the link itself; never seen above it. */
export type LinkMessage = HelloMessage | GrantMessage | PingMessage | PongMessage;

export function isLinkMessage(message: { type: string }): message is LinkMessage {
  return ['hello', 'grant', 'ping', 'pong'].includes(message.type);
}
