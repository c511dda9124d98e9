// Queries on holders without a browser, by the hash of their token. Decides nothing.
import { asc, count, eq, type SQL } from 'drizzle-orm';
import type { Database } from '../client.ts';
import { devices, users } from '../schema.ts';
import { nodeTokens, spaceOffers } from '../store-schema.ts';

export interface NodeRow {
  nodeId: string;
  userId: string;
  username: string;
  name: string;
  createdAt: number;
  /** When it was made, as long as it was never here. */
  lastSeenAt: number;
  offeredBytes: number | null;
  usedBytes: number | null;
}

export function insertNodeToken(db: Database, row: typeof nodeTokens.$inferInsert): void {
  db.insert(nodeTokens).values(row).run();
}

export function findNodeByToken(db: Database, tokenHash: Buffer): string | undefined {
  const isIt = eq(nodeTokens.tokenHash, tokenHash);
  return db.select({ nodeId: nodeTokens.nodeId }).from(nodeTokens).where(isIt).get()?.nodeId;
}

export function countNodesOf(db: Database, userId: string): number {
  return db.select({ total: count() }).from(nodeTokens).where(eq(nodeTokens.userId, userId)).get()?.total ?? 0;
}

export function findNode(db: Database, nodeId: string): NodeRow | undefined {
  return selectNodes(db, eq(nodeTokens.nodeId, nodeId))[0];
}

/** The oldest first. */
export function nodesOf(db: Database, userId: string): NodeRow[] {
  return selectNodes(db, eq(nodeTokens.userId, userId));
}

/** Everybody's, the oldest first. */
export function allNodes(db: Database): NodeRow[] {
  return selectNodes(db, undefined);
}

function selectNodes(db: Database, condition: SQL | undefined): NodeRow[] {
  return db
    .select({
      nodeId: nodeTokens.nodeId,
      userId: nodeTokens.userId,
      username: users.username,
      name: devices.name,
      createdAt: nodeTokens.createdAt,
      lastSeenAt: devices.lastSeenAt,
      offeredBytes: spaceOffers.offeredBytes,
      usedBytes: spaceOffers.usedBytes,
    })
    .from(nodeTokens)
    .innerJoin(devices, eq(devices.deviceId, nodeTokens.nodeId))
    .innerJoin(users, eq(users.userId, nodeTokens.userId))
    .leftJoin(spaceOffers, eq(spaceOffers.deviceId, nodeTokens.nodeId))
    .where(condition)
    .orderBy(asc(nodeTokens.createdAt), asc(nodeTokens.nodeId))
    .all();
}
