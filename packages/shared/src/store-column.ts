// What of a stored version a device may keep: columns, each the shards of one index over one placement group. Knows no
// code and no bytes; docs/store.md has the words.
import * as z from 'zod/mini';
import { contentIdSchema } from './catalog-publish.ts';
import { LIMITS } from './limits.ts';

/** One upload of a file, for good: another content is another version. Chosen by the device that uploads it. */
export const versionIdSchema = z.uuid();
export type VersionId = z.infer<typeof versionIdSchema>;

const groupSchema = z.int().check(z.minimum(0), z.maximum(LIMITS.storeGroups - 1));
const indexSchema = z.int().check(z.minimum(0), z.maximum(LIMITS.storeShards - 1));

export const columnSchema = z.object({ versionId: versionIdSchema, group: groupSchema, index: indexSchema });
export type Column = z.infer<typeof columnSchema>;

/** Columns of one index in groups that follow each other. */
export const columnRunSchema = z.object({
  index: indexSchema,
  firstGroup: groupSchema,
  groupCount: z.int().check(z.minimum(1), z.maximum(LIMITS.storeGroups)),
});
export type ColumnRun = z.infer<typeof columnRunSchema>;
export const columnRunsSchema = z.array(columnRunSchema).check(z.minLength(1), z.maxLength(LIMITS.storeColumnRuns));

/** A column and what it contains: every chunk of it is held to this content id. */
export const knownColumnSchema = z.object({
  ...columnSchema.shape,
  contentId: contentIdSchema,
  sizeBytes: z.int().check(z.minimum(1), z.maximum(LIMITS.storeColumnBytes)),
});
export type KnownColumn = z.infer<typeof knownColumnSchema>;

/**
 * Reed–Solomon: any `k` of the `n` shards of a stripe restore it. What devices are told has an `n` beyond every index that
 * somebody may be asked for, spares included; what people are shown, the `n` that is aimed at. It may grow; `k` never changes.
 */
export interface StoreCode {
  k: number;
  n: number;
}
