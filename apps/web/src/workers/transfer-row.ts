// A transfer that the page shows, with what the engine's own objects do not know. Types only.
import type { Outgoing, Receiver } from '@ferry/webrtc-core';
import type { Problem } from '../adapters/engine-contract.ts';
import type { EnginePath } from '../adapters/engine-rpc.ts';

interface CommonRow {
  transferId: string;
  peer: { userId: string; username: string };
  createdAt: number;
  /** Place in the queue. */
  order: number;
  lastPath?: EnginePath;
  problem?: Problem | undefined;
  /** `direct` when absent. */
  origin?: 'direct' | 'catalog';
}

export type SendRow = CommonRow & { direction: 'send'; transfer: Outgoing; survivesReload: boolean };
export type ReceiveRow = CommonRow & { direction: 'receive'; transfer: Receiver };
export type TransferRow = SendRow | ReceiveRow;
