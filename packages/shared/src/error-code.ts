// The closed set of reasons the API refuses a request. The page has words for every one of them.
import * as z from 'zod/mini';

export const apiErrorCodeSchema = z.enum([
  /** Sign in first: there is no session, or it ended. */
  'unauthenticated',
  /** Signed in, but not allowed to do this. */
  'forbidden',
  /** Unknown user or wrong password; deliberately one answer. */
  'wrong-credentials',
  /** The right password for an account that an admin has switched off. */
  'account-disabled',
  'username-taken',
  'username-length',
  'username-characters',
  'password-length',
  'registration-closed',
  'invite-required',
  'invite-invalid',
  /** Too many tries: `retryAfterMs` says when to come back. */
  'rate-limited',
  /** The hashing queue is full; try again in a moment. */
  'busy',
  /** The device id belongs to another account. */
  'device-taken',
  'not-found',
  /** The share id belongs to another device or account. */
  'share-taken',
  /** Its owner has stopped sharing it from another of their devices: it is not to be listed again. */
  'share-ended',
  /** More shares, files, saved searches or devices than one person may have. */
  'too-many',
  /** Something else was published meanwhile: publish all anew. */
  'revision-mismatch',
  'path-invalid',
  /** This person has filled their share of the Store. */
  'quota-full',
  /** It was deleted, or has expired. */
  'version-gone',
  /** The version id belongs to another device or account. */
  'version-taken',
  /** Somebody else leases the repair by now. */
  'lease-lost',
  /** The signature is not by the key that this device has told. */
  'signature-invalid',
  /** The request did not have the expected shape. */
  'invalid',
  'internal',
]);
export type ApiErrorCode = z.infer<typeof apiErrorCodeSchema>;

/** Carried in the `data` of every tRPC error, beside tRPC's own fields. */
export interface ApiErrorData {
  ferryCode: ApiErrorCode;
  retryAfterMs?: number;
}
