// Leave to fetch: what a device shows the device that has the bytes, signed by the server. Knows no signatures and no
// messages; docs/catalog.md has the life of one.
import * as z from 'zod/mini';
import type { OwnedShare } from './catalog-hold.ts';
import { catalogPathSchema } from './catalog-path.ts';
import { contentIdSchema } from './catalog-publish.ts';
import { shareIdSchema } from './catalog-share.ts';
import { type DeviceId, deviceIdSchema, type UserId, userIdSchema } from './ids.ts';
import { LIMITS } from './limits.ts';
import { columnRunsSchema, versionIdSchema } from './store-column.ts';

export const grantSchema = z.object({ deviceId: deviceIdSchema, shareId: shareIdSchema, path: catalogPathSchema });
export type GrantRequest = z.infer<typeof grantSchema>;

/**
 * Contents as they are in all of these shares: in one of a colleague's own, or in those that what is held of them came
 * from. Whoever asks may see all of them.
 */
const contentsOfSharesSchema = z.object({
  shareIds: z.array(shareIdSchema).check(z.minLength(1), z.maxLength(LIMITS.catalogHoldingShares)),
  contentIds: z.array(contentIdSchema).check(z.minLength(1), z.maxLength(LIMITS.catalogWantedContents)),
});
const contentsSchema = z.array(contentsOfSharesSchema).check(z.maxLength(LIMITS.catalogWantedShareNames));
export type ContentsOfShares = z.infer<typeof contentsOfSharesSchema>;

/**
 * What is asked of the device that has the bytes: everything at a place of a share, or files by their content, in this
 * order.
 */
export const wantSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('place'), shareId: shareIdSchema, path: catalogPathSchema }),
  z.object({ type: z.literal('contents'), of: contentsSchema.check(z.minLength(1)) }),
]);
export type Want = z.infer<typeof wantSchema>;

/** The claims of a capability, beside the registered ones of RFC 7519: `exp`, and `iss`, which is `ferry`. */
export const capabilityClaimsSchema = z.object({
  iss: z.literal('ferry'),
  exp: z.number(),
  /** Who may fetch, and with which device alone. */
  sub: userIdSchema,
  device: deviceIdSchema,
  /** The device that serves; of no use anywhere else. */
  aud: deviceIdSchema,
  /** With one of the next: everything in this share, or these contents by these shares alone. */
  share: z.optional(shareIdSchema),
  contents: z.optional(contentsSchema),
  /** Of a stored version: these columns, or without any whatever is kept of it. */
  store: z.optional(z.object({ versionId: versionIdSchema, columns: z.optional(columnRunsSchema) })),
});
export type CapabilityClaims = z.infer<typeof capabilityClaimsSchema>;

/** A compact JWS (RFC 7515), ES256, over {@link CapabilityClaims}. */
export const capabilitySchema = z.string().check(z.maxLength(LIMITS.capabilityCharacters));

/** What crosses the data channel in an `ask`, as JSON: the core passes it on unread. */
export const askReferenceSchema = z.object({ capability: capabilitySchema, want: wantSchema });
export type AskReference = z.infer<typeof askReferenceSchema>;

/** A device that may be asked, and how. */
export interface Grant {
  userId: UserId;
  deviceId: DeviceId;
  /**
   * `owner`: the device of the place that was asked for. `copy`: shares equal content. `holder`: has it, wholly or in
   * part, from downloading it.
   */
  role: 'owner' | 'copy' | 'holder';
  capability: string;
  want: Want;
  /** Those that `want` names: what comes of it came from them. */
  shares: OwnedShare[];
}

export interface GrantAnswer {
  /** The owner's first, online or not; the others only while they are online. */
  grants: Grant[];
  /** Milliseconds since the epoch; another one is asked for whenever a device is asked anew. */
  expiresAt: number;
}

/** How a device checks capabilities: the server's public key. */
export interface CapabilityKey {
  /** A public P-256 key as JWK (RFC 7517). */
  jwk: { kty: 'EC'; crv: 'P-256'; x: string; y: string };
}
