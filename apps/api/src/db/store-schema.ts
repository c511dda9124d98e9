// The tables of the Store: what is kept, in which columns, and on whose devices; what its holders are and do. Bytes are on
// the devices alone. What tells the words apart is in docs/store.md; times are milliseconds since the epoch.
import type { PublicKey } from '@ferry/shared';
import { sql } from 'drizzle-orm';
import { blob, foreignKey, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { devices, users } from './schema.ts';

/** Told once by each device. */
export const deviceKeys = sqliteTable('device_keys', {
  deviceId: text('device_id')
    .primaryKey()
    .references(() => devices.deviceId, { onDelete: 'cascade' }),
  signing: text('signing', { mode: 'json' }).$type<PublicKey>().notNull(),
  agreement: text('agreement', { mode: 'json' }).$type<PublicKey>().notNull(),
  signature: text('signature').notNull(),
  createdAt: integer('created_at').notNull(),
});

/** By which holders without a browser sign in; how one is called is in `devices`. */
export const nodeTokens = sqliteTable(
  'node_tokens',
  {
    nodeId: text('node_id')
      .primaryKey()
      .references(() => devices.deviceId, { onDelete: 'cascade' }),
    userId: text('user_id')
      .notNull()
      .references(() => users.userId, { onDelete: 'cascade' }),
    tokenHash: blob('token_hash', { mode: 'buffer' }).notNull().unique(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [index('node_tokens_by_user').on(table.userId)],
);

/** The room that a device gives to others, and what is known of how it keeps what it was given. */
export const spaceOffers = sqliteTable('space_offers', {
  deviceId: text('device_id')
    .primaryKey()
    .references(() => devices.deviceId, { onDelete: 'cascade' }),
  offeredBytes: integer('offered_bytes').notNull(),
  usedBytes: integer('used_bytes').notNull(),
  /** Of its disk, whatever was offered. */
  freeBytes: integer('free_bytes').notNull(),
  isAlwaysOn: integer('is_always_on', { mode: 'boolean' }).notNull(),
  updatedAt: integer('updated_at').notNull(),
  /** Of office time, fading: what share of it the device was there. */
  officeOnlineMs: integer('office_online_ms').notNull().default(0),
  officeObservedMs: integer('office_observed_ms').notNull().default(0),
  /** Since then what it holds counts for nothing. */
  quarantinedAt: integer('quarantined_at'),
});

export const storedVersions = sqliteTable(
  'stored_versions',
  {
    /** Chosen by the device that uploads it. */
    versionId: text('version_id').primaryKey(),
    ownerId: text('owner_id')
      .notNull()
      .references(() => users.userId, { onDelete: 'cascade' }),
    uploaderDeviceId: text('uploader_device_id')
      .notNull()
      .references(() => devices.deviceId, { onDelete: 'cascade' }),
    contentType: text('content_type', { enum: ['file', 'delivery'] }).notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    /** Empty for a delivery, and for what is gone. */
    name: text('name').notNull(),
    /** As it is searched: fold(). */
    nameKey: text('name_key').notNull(),
    mediaType: text('media_type').notNull(),
    modifiedMs: integer('modified_ms').notNull(),
    /** Told to whoever may download it; null for a delivery, and for what is gone. */
    key: text('key'),
    /** The code; null as long as nobody could keep it. */
    k: integer('k'),
    n: integer('n'),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at'),
    /** When enough people had it for the first time. */
    acceptedAt: integer('accepted_at'),
    /** Deleted or expired since then; the row stays until no device has anything of it, and for a while after that. */
    goneAt: integer('gone_at'),
    /** Of those of its name by its owner, the newest that is in the Store: the one that is listed. */
    isLatest: integer('is_latest', { mode: 'boolean' }).notNull(),
  },
  (table) => [
    index('stored_versions_by_owner').on(table.ownerId, table.name, table.createdAt),
    index('stored_versions_by_uploader').on(table.uploaderDeviceId),
    index('stored_versions_listed').on(table.createdAt, table.versionId).where(sql`${table.isLatest} = 1`),
    index('stored_versions_by_expiry').on(table.expiresAt).where(sql`${table.expiresAt} is not null`),
  ],
);

/** A group that is encoded. */
export const storedGroups = sqliteTable(
  'stored_groups',
  {
    versionId: text('version_id')
      .notNull()
      .references(() => storedVersions.versionId, { onDelete: 'cascade' }),
    group: integer('group').notNull(),
    /** Authentication tags of its chunks, 16 bytes each. */
    tags: blob('tags', { mode: 'buffer' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.versionId, table.group] })],
);

/** What a column contains, as its uploader said; kept as long as the version, for it is what repairs are held to. */
export const storedColumns = sqliteTable(
  'stored_columns',
  {
    versionId: text('version_id')
      .notNull()
      .references(() => storedVersions.versionId, { onDelete: 'cascade' }),
    group: integer('group').notNull(),
    index: integer('index').notNull(),
    contentId: text('content_id').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
  },
  (table) => [primaryKey({ columns: [table.versionId, table.group, table.index] })],
);

/** A column at a device. Like `stored_columns` WITHOUT ROWID, of which drizzle knows nothing: its migration says so. */
export const places = sqliteTable(
  'places',
  {
    versionId: text('version_id')
      .notNull()
      .references(() => storedVersions.versionId, { onDelete: 'cascade' }),
    group: integer('group').notNull(),
    index: integer('index').notNull(),
    deviceId: text('device_id')
      .notNull()
      .references(() => devices.deviceId, { onDelete: 'cascade' }),
    /**
     * `held` counts: the device's receipt and the uploader say the same of what it contains. A receipt that came first
     * waits in `content_id` of an `assigned` place.
     */
    state: text('state', { enum: ['assigned', 'held', 'missing', 'released'] }).notNull(),
    /** When it came into this state; while assigned, when the device last got on with it. */
    sinceMs: integer('since_ms').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    /** The device that serves it to this one; null: the uploader. */
    sourceDeviceId: text('source_device_id').references(() => devices.deviceId, { onDelete: 'set null' }),
    /** The receipt: what it says that the column contains, when it was signed (seconds), and the signature. */
    contentId: text('content_id'),
    receiptIat: integer('receipt_iat'),
    receiptSignature: blob('receipt_signature', { mode: 'buffer' }),
    /** When somebody last verified bytes of it. */
    checkedAt: integer('checked_at'),
  },
  (table) => [
    primaryKey({ columns: [table.versionId, table.group, table.index, table.deviceId] }),
    // With its size, so that the room a device has left is summed up from the index alone.
    index('places_by_device').on(table.deviceId, table.state, table.sizeBytes),
    index('places_assigned').on(table.versionId, table.group).where(sql`${table.state} = 'assigned'`),
    index('places_by_source').on(table.sourceDeviceId).where(sql`${table.sourceDeviceId} is not null`),
  ],
);

/** Who makes columns of a group anew. A row stays when the repair has ended: its token only grows. */
export const repairLeases = sqliteTable(
  'repair_leases',
  {
    versionId: text('version_id')
      .notNull()
      .references(() => storedVersions.versionId, { onDelete: 'cascade' }),
    group: integer('group').notNull(),
    token: integer('token').notNull(),
    /** Null: nobody. */
    deviceId: text('device_id').references(() => devices.deviceId, { onDelete: 'set null' }),
    leasedUntil: integer('leased_until').notNull(),
    /** From which devices, which columns, and for whom. */
    plan: text('plan', { mode: 'json' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.versionId, table.group] }),
    index('repair_leases_by_device').on(table.deviceId),
  ],
);

/** A chunk of a column that somebody was asked to fetch, and what came of it. */
export const audits = sqliteTable(
  'audits',
  {
    auditId: text('audit_id').primaryKey(),
    versionId: text('version_id').notNull(),
    group: integer('group').notNull(),
    index: integer('index').notNull(),
    holderId: text('holder_id')
      .notNull()
      .references(() => devices.deviceId, { onDelete: 'cascade' }),
    auditorId: text('auditor_id')
      .notNull()
      .references(() => devices.deviceId, { onDelete: 'cascade' }),
    chunk: integer('chunk').notNull(),
    createdAt: integer('created_at').notNull(),
    verdict: text('verdict', { enum: ['good', 'silent', 'missing', 'wrong'] }),
    concludedAt: integer('concluded_at'),
  },
  (table) => [
    foreignKey({
      columns: [table.versionId],
      foreignColumns: [storedVersions.versionId],
    }).onDelete('cascade'),
    index('audits_by_version').on(table.versionId),
    index('audits_by_holder').on(table.holderId, table.createdAt),
    index('audits_by_auditor').on(table.auditorId, table.createdAt),
    index('audits_by_time').on(table.createdAt),
  ],
);

/** Somebody was sent something that was not what it must be. */
export const wrongByteReports = sqliteTable(
  'wrong_byte_reports',
  {
    holderId: text('holder_id')
      .notNull()
      .references(() => devices.deviceId, { onDelete: 'cascade' }),
    versionId: text('version_id')
      .notNull()
      .references(() => storedVersions.versionId, { onDelete: 'cascade' }),
    group: integer('group').notNull(),
    index: integer('index').notNull(),
    reporterId: text('reporter_id')
      .notNull()
      .references(() => users.userId, { onDelete: 'cascade' }),
    reportedAt: integer('reported_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.holderId, table.versionId, table.group, table.index, table.reporterId] }),
    index('wrong_byte_reports_by_version').on(table.versionId),
    index('wrong_byte_reports_by_reporter').on(table.reporterId),
  ],
);

/** A version that is for one person; its owner in `stored_versions` is who sent it. */
export const deliveries = sqliteTable(
  'deliveries',
  {
    versionId: text('version_id')
      .primaryKey()
      .references(() => storedVersions.versionId, { onDelete: 'cascade' }),
    recipientId: text('recipient_id')
      .notNull()
      .references(() => users.userId, { onDelete: 'cascade' }),
    sealedPageCount: integer('sealed_page_count').notNull(),
    /** Null: it waits, or is on its way into the Store. */
    outcome: text('outcome', { enum: ['received', 'declined', 'expired'] }),
    endedAt: integer('ended_at'),
  },
  (table) => [index('deliveries_by_recipient').on(table.recipientId, table.outcome)],
);

/** Its key, for each device that the recipient had. */
export const wrappedKeys = sqliteTable(
  'wrapped_keys',
  {
    versionId: text('version_id')
      .notNull()
      .references(() => deliveries.versionId, { onDelete: 'cascade' }),
    deviceId: text('device_id')
      .notNull()
      .references(() => devices.deviceId, { onDelete: 'cascade' }),
    wrapped: text('wrapped').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.versionId, table.deviceId] }),
    index('wrapped_keys_by_device').on(table.deviceId),
  ],
);

/** Its manifest, which only the recipient can read. */
export const sealedPages = sqliteTable(
  'sealed_pages',
  {
    versionId: text('version_id')
      .notNull()
      .references(() => deliveries.versionId, { onDelete: 'cascade' }),
    page: integer('page').notNull(),
    bytes: blob('bytes', { mode: 'buffer' }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.versionId, table.page] })],
);
