// Why the server refused, and what to do about it. One message for every code there is.
import type { ApiErrorCode } from '@ferry/shared';
import type { MessageKey } from '../../i18n/message-key.ts';
import type { Phrase } from './phrase.ts';

const REFUSALS: Record<ApiErrorCode | 'unreachable', MessageKey> = {
  unauthenticated: 'refusal.unauthenticated',
  forbidden: 'refusal.forbidden',
  'wrong-credentials': 'refusal.wrongCredentials',
  'account-disabled': 'refusal.accountDisabled',
  'username-taken': 'refusal.usernameTaken',
  'username-length': 'refusal.usernameLength',
  'username-characters': 'refusal.usernameCharacters',
  'password-length': 'refusal.passwordLength',
  'registration-closed': 'refusal.registrationClosed',
  'invite-required': 'refusal.inviteRequired',
  'invite-invalid': 'refusal.inviteInvalid',
  'rate-limited': 'refusal.rateLimited',
  busy: 'refusal.busy',
  'device-taken': 'refusal.deviceTaken',
  'not-found': 'refusal.notFound',
  'share-taken': 'refusal.shareTaken',
  'share-ended': 'refusal.shareEnded',
  'too-many': 'refusal.tooMany',
  'revision-mismatch': 'refusal.revisionMismatch',
  'path-invalid': 'refusal.pathInvalid',
  'quota-full': 'refusal.quotaFull',
  'version-gone': 'refusal.versionGone',
  'version-taken': 'refusal.versionTaken',
  'lease-lost': 'refusal.leaseLost',
  'signature-invalid': 'refusal.signatureInvalid',
  invalid: 'refusal.invalid',
  internal: 'refusal.internal',
  unreachable: 'refusal.unreachable',
};

export function refusalWords(code: ApiErrorCode | 'unreachable', retryAfterMs?: number): Phrase {
  if (code !== 'rate-limited' || retryAfterMs === undefined) return { key: REFUSALS[code] };
  const seconds = Math.max(1, Math.ceil(retryAfterMs / 1000));
  if (seconds < 120) return { key: 'refusal.rateLimitedSeconds', count: seconds };
  return { key: 'refusal.rateLimitedMinutes', count: Math.ceil(seconds / 60) };
}

/** The field a refusal belongs to; none when it concerns the whole form. */
export function refusedField(code: ApiErrorCode | 'unreachable'): 'username' | 'password' | 'form' {
  if (code.startsWith('username-')) return 'username';
  return code === 'password-length' ? 'password' : 'form';
}
