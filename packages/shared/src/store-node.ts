// Holders without a browser: how they sign in, and what their owner sees of them.
import * as z from 'zod/mini';
import { deviceIdSchema, type UserId } from './ids.ts';
import { deviceNameSchema } from './presence.ts';

/** 256 random bits, base64url, told once. */
export const nodeTokenSchema = z.string().check(z.regex(/^ferry-node_[\w-]{43}$/));
export const signInNodeSchema = z.object({ token: nodeTokenSchema });
export const createNodeSchema = z.object({ name: deviceNameSchema });
export const nodeSchema = z.object({ nodeId: deviceIdSchema });

/** A computer that keeps pieces day and night, in its owner's name. */
export interface StoreNode {
  /** Its device id, too. */
  nodeId: string;
  name: string;
  createdAt: number;
  lastSeenAt: number | null;
  isOnline: boolean;
  offeredBytes: number;
  usedBytes: number;
}

export interface SignedInNode {
  userId: UserId;
  nodeId: string;
  name: string;
}
