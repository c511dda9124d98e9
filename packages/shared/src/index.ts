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
  type ConnectionReport,
  connectionReportSchema,
  type NoPathReason,
  type RouteKind,
} from './connection-report.ts';
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
export { usernameSchema } from './username.ts';
export { usernameKey } from './username-key.ts';
