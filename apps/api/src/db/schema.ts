// The tables. Times are milliseconds since the epoch; people's secrets are stored as SHA-256 only. What people share is
// not here: the catalog is a file of its own. The tables of the Store are in store-schema.ts.
import type { CatalogFilters } from '@ferry/shared';
import { sql } from 'drizzle-orm';
import { type AnySQLiteColumn, blob, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const users = sqliteTable('users', {
  userId: text('user_id').primaryKey(),
  /** As the person writes it. */
  username: text('username').notNull(),
  /** The form under which it is unique: usernameKey(). */
  usernameKey: text('username_key').notNull().unique(),
  passwordHash: text('password_hash').notNull(),
  isAdmin: integer('is_admin', { mode: 'boolean' }).notNull(),
  createdAt: integer('created_at').notNull(),
  /** Switched off since then: nobody gets in with this account. */
  disabledAt: integer('disabled_at'),
});

export const sessions = sqliteTable(
  'sessions',
  {
    tokenHash: blob('token_hash', { mode: 'buffer' }).primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.userId, { onDelete: 'cascade' }),
    createdAt: integer('created_at').notNull(),
    expiresAt: integer('expires_at').notNull(),
    /** Of a holder without a browser: such a session may do little else than keep columns. */
    nodeId: text('node_id').references((): AnySQLiteColumn => devices.deviceId, { onDelete: 'cascade' }),
  },
  (table) => [
    index('sessions_by_user').on(table.userId),
    index('sessions_by_expiry').on(table.expiresAt),
    index('sessions_by_node').on(table.nodeId).where(sql`${table.nodeId} is not null`),
  ],
);

export const devices = sqliteTable(
  'devices',
  {
    deviceId: text('device_id').primaryKey(),
    userId: text('user_id')
      .notNull()
      .references(() => users.userId, { onDelete: 'cascade' }),
    name: text('name').notNull(),
    createdAt: integer('created_at').notNull(),
    lastSeenAt: integer('last_seen_at').notNull(),
  },
  (table) => [index('devices_by_user').on(table.userId)],
);

export const invites = sqliteTable('invites', {
  inviteId: text('invite_id').primaryKey(),
  codeHash: blob('code_hash', { mode: 'buffer' }).notNull().unique(),
  createdBy: text('created_by')
    .notNull()
    .references(() => users.userId, { onDelete: 'cascade' }),
  createdAt: integer('created_at').notNull(),
  expiresAt: integer('expires_at').notNull(),
  usedBy: text('used_by').references(() => users.userId, { onDelete: 'set null' }),
  /** Apart from `used_by`, which is emptied when that user is deleted: a used invite stays used. */
  usedAt: integer('used_at').default(sql`null`),
});

/** A search that somebody keeps, to be told when something new matches. */
export const savedSearches = sqliteTable(
  'saved_searches',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.userId, { onDelete: 'cascade' }),
    /** Chosen by the browser: of two people it may be the same. */
    savedSearchId: text('saved_search_id').notNull(),
    query: text('query').notNull(),
    filters: text('filters', { mode: 'json' }).$type<CatalogFilters>(),
    createdAt: integer('created_at').notNull(),
    /** What was in the catalog up to here is not new. */
    sinceEntry: integer('since_entry').notNull(),
    newCount: integer('new_count').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.savedSearchId] })],
);

/** Shares that their owner has stopped from another device: the browsers that have them must not list them again. */
export const endedShares = sqliteTable(
  'ended_shares',
  {
    userId: text('user_id')
      .notNull()
      .references(() => users.userId, { onDelete: 'cascade' }),
    /** Chosen by the browser that shared it. */
    shareId: text('share_id').notNull(),
    endedAt: integer('ended_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.shareId] }), index('ended_shares_by_time').on(table.endedAt)],
);

/** Keys that this server made for itself, each for one purpose. */
export const serverKeys = sqliteTable('server_keys', {
  purpose: text('purpose').primaryKey(),
  /** A private key as JWK (RFC 7517). */
  jwk: text('jwk').notNull(),
  createdAt: integer('created_at').notNull(),
});
