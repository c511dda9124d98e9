// How a device tells the server what it holds from downloading, and which shares that came from. Knows no chunks.
import * as z from 'zod/mini';
import { contentIdSchema } from './catalog-publish.ts';
import { type ShareId, shareIdSchema } from './catalog-share.ts';
import { deviceIdSchema, type UserId, userIdSchema } from './ids.ts';
import { LIMITS } from './limits.ts';

/** A share and whose it is: once it has ended, somebody else may come to use its id. */
export interface OwnedShare {
  shareId: ShareId;
  userId: UserId;
}

/** An {@link OwnedShare} as short as it can be said: a thousand contents must fit one request. */
const ownedShareSchema = z.tuple([shareIdSchema, userIdSchema]);

/**
 * Contents of which verified chunks are held, and the shares by whose leave these came. Whoever may not see all of those
 * shares gets nothing of it: some of the chunks came from the one, some from the other.
 */
const holdingSchema = z.object({
  shares: z.array(ownedShareSchema).check(z.minLength(1), z.maxLength(LIMITS.catalogHoldingShares)),
  contentIds: z.array(contentIdSchema).check(z.minLength(1)),
});
export type Holding = z.infer<typeof holdingSchema>;

/** Content that this device holds without sharing it, and serves: all of it. */
export const holdingsSchema = z.object({
  deviceId: deviceIdSchema,
  holdings: z.array(holdingSchema).check(z.refine(fitsBounds)),
});
export type Holdings = z.infer<typeof holdingsSchema>;

function fitsBounds(holdings: readonly Holding[]): boolean {
  const contentCount = holdings.reduce((sum, { contentIds }) => sum + contentIds.length, 0);
  const shareCount = holdings.reduce((sum, { shares }) => sum + shares.length, 0);
  return contentCount <= LIMITS.catalogHoldings && shareCount <= LIMITS.catalogHoldingShareNames;
}
