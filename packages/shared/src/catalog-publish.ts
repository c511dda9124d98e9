// How a device tells the server what is in a share: changes, page by page, each on top of the one before. The server
// derives folders from the paths of files. File bytes are never part of it.
import * as z from 'zod/mini';
import { catalogFilePathSchema } from './catalog-path.ts';
import { shareIdSchema } from './catalog-share.ts';
import { deviceIdSchema } from './ids.ts';
import { LIMITS } from './limits.ts';

/** SHA-256 Merkle root over the file's chunk hashes: 32 bytes as base64url without padding. */
export const contentIdSchema = z.string().check(z.regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/));
export type ContentId = z.infer<typeof contentIdSchema>;

const sizeSchema = z.int().check(z.minimum(0));
const timeSchema = z.int().check(z.minimum(0), z.maximum(LIMITS.latestMs));

/** Path, size in bytes, last modification in milliseconds since the epoch, content id or null while it is unverified. */
export const publishedFileSchema = z.tuple([
  catalogFilePathSchema,
  sizeSchema,
  timeSchema,
  z.nullable(contentIdSchema),
]);
export type PublishedFile = z.infer<typeof publishedFileSchema>;

export const publishSchema = z.object({
  deviceId: deviceIdSchema,
  shareId: shareIdSchema,
  /** The revision that this page comes on top of; another one is refused with `revision-mismatch`. */
  baseRevision: z.int().check(z.minimum(0)),
  /** New or changed files. */
  put: z.array(publishedFileSchema).check(z.maxLength(LIMITS.catalogPageEntries)),
  /** Files that are gone. One that is not listed is no error. */
  remove: z.array(catalogFilePathSchema).check(z.maxLength(LIMITS.catalogPageEntries)),
});
export type Publish = z.infer<typeof publishSchema>;

/**
 * `begin`: everything will be published anew; what is listed stays until then. `end`: all has been, and what was not
 * part of it since `begin` is gone.
 */
export const republishSchema = z.object({
  deviceId: deviceIdSchema,
  shareId: shareIdSchema,
  step: z.enum(['begin', 'end']),
});
export type Republish = z.infer<typeof republishSchema>;
