// Who is online and how signals reach them, as a port: one process keeps it in memory; several would use a
// broker they already have. Knows no database and no WebSocket.
import type { Device, Signal, SignalDelivery } from '@ferry/shared';

export interface JoiningDevice extends Device {
  userId: string;
  sessionId: string;
  /** It keeps columns and nothing else: nobody sends files to it, and nobody is there because it is. */
  isNode: boolean;
}

/** A signal with the id under which the client asks for what came after it. */
export interface InboxSignal {
  id: string;
  signal: Signal;
}

export interface PresenceHub {
  /**
   * Makes the device online until `ended` aborts, and yields its signals: first those after `lastId`, none
   * twice. A later inbox of the same device ends this one.
   */
  inbox(device: JoiningDevice, lastId: string | null, ended: AbortSignal): AsyncIterable<InboxSignal>;
  deliver(to: string, signal: Signal): SignalDelivery;
  /** Whether this device is online through this very session. */
  isHere(deviceId: string, sessionId: string): boolean;
  /** Those that files can be sent to. */
  devicesOf(userId: string): Device[];
  /** Everybody's, nodes too. */
  onlineDeviceIds(): string[];
  /** Undefined while it is away. */
  onlineSinceMs(deviceId: string): number | undefined;
  /** Something about this user's presence changed, or the user is new. */
  touch(userId: string): void;
  /** Calls back with the user whose presence changed, until the signal aborts. */
  watch(listener: (userId: string) => void, ended: AbortSignal): void;
  close(): void;
}
