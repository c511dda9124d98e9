// What a device that is to check others is told: which chunk to fetch, and from whom. Decides nothing.
import type { Duty, StoreGrant } from '@ferry/shared';
import type { Database } from '../db/client.ts';
import { openAudits } from '../db/queries/store-audits.ts';
import type { GrantedColumns } from './repair-duties.ts';
import type { StorePeers } from './store-peer.ts';

type AuditDuty = Extract<Duty, { type: 'audit' }>;

interface Asking {
  deviceId: string;
  peers: StorePeers;
  /** Leave for the device that asks, at the holder. */
  grant: (granted: GrantedColumns) => Promise<StoreGrant>;
  nowMs: number;
}

/** Whoever has not looked by then will not: the next one is asked of somebody else. */
const ASKED_FOR_MS = 60 * 60_000;
const AT_ONCE = 4;

/** Only of holders who are there: of nobody else it could be said whether they have it. */
export async function auditDuties(db: Database, { deviceId, peers, grant, nowMs }: Asking): Promise<AuditDuty[]> {
  const open = openAudits(db, deviceId, nowMs - ASKED_FOR_MS).filter(({ audit }) => {
    const holder = peers.get(audit.holderId);
    return holder !== undefined && holder.onlineSinceMs !== null;
  });
  const duties = open.slice(0, AT_ONCE).map(async ({ audit, contentId, sizeBytes }): Promise<AuditDuty> => {
    const { auditId, versionId, group, index, chunk, holderId } = audit;
    const columns = [{ index, firstGroup: group, groupCount: 1 }];
    const from = await grant({ versionId, columns, holder: peers.get(holderId)! });
    return { type: 'audit', auditId, column: { versionId, group, index, contentId, sizeBytes }, chunk, from };
  });
  return Promise.all(duties);
}
