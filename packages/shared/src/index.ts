// The public list of what web and api both say. Nothing inside this package imports it.
export {
  type Account,
  type Invite,
  inviteCodeSchema,
  passwordSchema,
  type RegistrationMode,
  type RegistrationPolicy,
  registerSchema,
  registrationModeSchema,
  signInSchema,
} from './account.ts';
export {
  type CatalogDetails,
  type CatalogOwner,
  type CatalogPlace,
  type ChildrenPage,
  type ChildrenRequest,
  catalogPlaceSchema,
  catalogSharesSchema,
  childrenSchema,
} from './catalog-browse.ts';
export { type CatalogFilters, type CatalogKind, catalogFiltersSchema, catalogKindSchema } from './catalog-filters.ts';
export {
  type AskReference,
  askReferenceSchema,
  type CapabilityClaims,
  type CapabilityKey,
  type ContentsOfShares,
  capabilityClaimsSchema,
  type Grant,
  type GrantAnswer,
  type GrantRequest,
  grantSchema,
  type Want,
} from './catalog-grant.ts';
export { type Holding, type Holdings, holdingsSchema, type OwnedShare } from './catalog-hold.ts';
export { catalogKindOf } from './catalog-kind.ts';
export { isCatalogName, isCatalogPath } from './catalog-path.ts';
export {
  type ContentId,
  contentIdSchema,
  type Publish,
  type PublishedFile,
  publishSchema,
  type Republish,
  republishSchema,
} from './catalog-publish.ts';
export { type ParsedQuery, parseQuery, type QueryFilters, type QueryWord } from './catalog-query.ts';
export {
  type CatalogEvent,
  type SavedSearch,
  type SaveSearch,
  savedSearchIdSchema,
  saveSearchSchema,
} from './catalog-saved-search.ts';
export {
  type CatalogEntry,
  type CatalogOrder,
  type CatalogSource,
  catalogOrderSchema,
  type QueryProblem,
  type SearchPage,
  type SearchRequest,
  type SearchResult,
  searchSchema,
} from './catalog-search.ts';
export {
  type Audience,
  audienceSchema,
  type CatalogShare,
  endShareSchema,
  endSharesOnSchema,
  type PutShare,
  putShareSchema,
  type ShareElsewhere,
  type ShareId,
  type ShareKind,
  type ShareOfDevice,
  type ShareState,
  shareIdSchema,
  shareSchema,
  sharesElsewhereSchema,
} from './catalog-share.ts';
export {
  type ConnectionReport,
  connectionReportSchema,
  type NoPathReason,
  type RouteKind,
} from './connection-report.ts';
export { deviceKeysText } from './device-keys-text.ts';
export { type ApiErrorCode, type ApiErrorData, apiErrorCodeSchema } from './error-code.ts';
export type { IceConfiguration, IceServer } from './ice-server.ts';
export { type DeviceId, deviceIdSchema, type UserId, userIdSchema } from './ids.ts';
export { LIMITS } from './limits.ts';
export { type Device, deviceNameSchema, inboxSchema, type Person, type PresenceEvent } from './presence.ts';
export type {
  ServerCheck,
  ServerCheckCode,
  ServerCheckId,
  ServerCheckOutcome,
  ServerFindings,
  ServerReport,
} from './server-check.ts';
export { type Signal, type SignalDelivery, sendSignalSchema } from './signal.ts';
export {
  type Column,
  type ColumnRun,
  columnRunSchema,
  columnSchema,
  type KnownColumn,
  knownColumnSchema,
  type StoreCode,
  type VersionId,
  versionIdSchema,
} from './store-column.ts';
export {
  type Delivery,
  type DeviceKeys,
  deliveriesSchema,
  deliveryOutcomeSchema,
  deviceKeysSchema,
  devicesOfSchema,
  type PublicKey,
  publicKeySchema,
  type SentDelivery,
} from './store-delivery.ts';
export {
  type GroupCell,
  keepUntilSchema,
  type StoredAt,
  type StoredDetails,
  type StoredFile,
  type StoreHealth,
  type StoreListRequest,
  type StoreOverview,
  type StorePage,
  type StoreStatus,
  type StoreUsage,
  storeListSchema,
  versionSchema,
} from './store-file.ts';
export {
  type AskedDuties,
  type AuditVerdict,
  auditedSchema,
  type Duty,
  dutiesSchema,
  heldColumnsSchema,
  type InventoryPage,
  inventoryPageSchema,
  leaseSchema,
  type ReceiptClaims,
  type RepairColumn,
  receiptClaimsSchema,
  releasedColumnsSchema,
  repairedSchema,
  type SpaceOffer,
  type StoreEvent,
  type StoreGrant,
  spaceOfferSchema,
  type WrongBytes,
  watchStoreSchema,
  wrongBytesSchema,
} from './store-holder.ts';
export {
  createNodeSchema,
  nodeSchema,
  nodeTokenSchema,
  type SignedInNode,
  type StoreNode,
  signInNodeSchema,
} from './store-node.ts';
export {
  type ColumnsReference,
  columnsReferenceSchema,
  groupPageSchema,
  type OpenedVersion,
  openVersionSchema,
  type StoreGroupPage,
} from './store-open.ts';
export {
  type BeginVersion,
  beginVersionSchema,
  type ConfirmColumns,
  confirmColumnsSchema,
  type GroupTags,
  groupTagsSchema,
  type SealedPage,
  sealedPageOfSchema,
  sealedPageSchema,
  type UploadState,
  type WrappedKey,
} from './store-upload.ts';
export { usernameSchema } from './username.ts';
export { usernameKey } from './username-key.ts';
