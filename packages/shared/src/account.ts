// What browser and server say about accounts: credentials, who I am, who may register.
import * as z from 'zod/mini';
import { userIdSchema } from './ids.ts';
import { LIMITS } from './limits.ts';
import { usernameSchema } from './username.ts';

export const passwordSchema = z
  .string()
  .check(
    z.minLength(LIMITS.passwordMinCharacters, { error: 'password-length' }),
    z.maxLength(LIMITS.passwordMaxCharacters, { error: 'password-length' }),
  );

export const inviteCodeSchema = z.string().check(z.minLength(16), z.maxLength(64));

export const registerSchema = z.object({
  username: usernameSchema,
  password: passwordSchema,
  invite: z.optional(inviteCodeSchema),
});

/** Looser than {@link registerSchema}: a name or password that could never exist is simply a wrong one. */
export const signInSchema = z.object({
  username: z.string().check(z.maxLength(LIMITS.usernameCharacters * 8)),
  password: z.string().check(z.maxLength(LIMITS.passwordMaxCharacters)),
});

export const registrationModeSchema = z.enum(['open', 'invite', 'closed']);
export type RegistrationMode = z.infer<typeof registrationModeSchema>;

const accountSchema = z.object({
  userId: userIdSchema,
  username: z.string(),
  isAdmin: z.boolean(),
});
/** The signed-in person, as the server tells them. */
export type Account = z.infer<typeof accountSchema>;

/** What the register page needs to know before anybody is signed in. */
export interface RegistrationPolicy {
  mode: RegistrationMode;
  /** Nobody has registered yet: the first person may, whatever the mode, and becomes the admin. */
  firstUser: boolean;
}

/** An invite as its maker sees it. The code itself is shown once, when it is made. */
export interface Invite {
  inviteId: string;
  createdAt: number;
  expiresAt: number;
  usedBy: string | null;
}
