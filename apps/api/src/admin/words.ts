// Why something was not done, in the words of somebody who runs Ferry. Every failure passes here, so that none is
// shown as a stack of function calls.
import { type ApiErrorCode, apiErrorCodeSchema, LIMITS } from '@ferry/shared';
import * as z from 'zod';
import { AdministrationError, type AdministrationErrorCode } from '../accounts/administration.ts';
import { DatabaseError } from '../db/database-error.ts';
import { EnvError } from '../env.ts';
import { Refusal } from '../trpc/error.ts';
import { Failure, UsageError } from './failure.ts';

const ADMINISTRATION: Record<AdministrationErrorCode, string> = {
  'username-taken': 'That name is taken. Nothing was changed.',
  'no-such-user': 'Nobody has that name. ferry-admin list tells the names there are.',
  'last-admin': 'This is the only admin who is not switched off: make somebody else one first. Nothing was changed.',
  'no-admin': 'There is no admin yet. The first person who registers, or is made with create-user, needs no invite.',
};

const REFUSALS: Partial<Record<ApiErrorCode, string>> = {
  'username-length': `A username has 2 to ${LIMITS.usernameCharacters} characters.`,
  'username-characters': 'A username has letters, digits, dots, dashes and underscores only.',
  'password-length': `A password has ${LIMITS.passwordMinCharacters} to ${LIMITS.passwordMaxCharacters} characters.`,
  'too-many': 'One person has at most 20 such computers. Nothing was changed.',
};

export function sentenceOf(error: unknown): string {
  if (error instanceof AdministrationError) return ADMINISTRATION[error.code];
  if (error instanceof z.core.$ZodError) return sentenceOfIssues(error);
  if (error instanceof Refusal && REFUSALS[error.ferryCode]) return REFUSALS[error.ferryCode]!;
  const isSaid = [Failure, UsageError, DatabaseError, EnvError].some((kind) => error instanceof kind);
  const text = error instanceof Error ? error.message : String(error);
  return isSaid ? text : `This failed: ${text}`;
}

/** The shared schemas name the reason in the issue's message, as for the page. */
function sentenceOfIssues(error: z.core.$ZodError): string {
  const codes = error.issues.map(({ message }) => apiErrorCodeSchema.safeParse(message).data);
  const known = codes.find((code) => code !== undefined && REFUSALS[code] !== undefined);
  return (known && REFUSALS[known]) ?? 'That is not valid.';
}
