// invite: a link with which one person registers.

import { AdministrationError } from '../../accounts/administration.ts';
import { createInvite, INVITE_DAYS } from '../../accounts/invitations.ts';
import { enabledAdmins } from '../../db/queries/users.ts';
import type { Call, Command } from '../command.ts';
import { UsageError } from '../failure.ts';
import { withAccounts } from '../open-accounts.ts';

const MOST_DAYS = 365;

export const invite: Command = {
  name: 'invite',
  syntax: '[--expires-in-days <days>] [--origin <url>]',
  summary: `Makes a link with which one person can register, for ${INVITE_DAYS} days or as many as you say.`,
  operands: [0, 0],
  options: { 'expires-in-days': { type: 'string' }, origin: { type: 'string' } },
  run(call) {
    const days = daysOf(call);
    const origin = originOf(call);
    return withAccounts(call, ({ db }) => {
      // An invite is somebody's; on the command line there is nobody, so it is the first admin's.
      const [admin] = enabledAdmins(db);
      if (!admin) throw new AdministrationError('no-admin');
      const { path, expiresAt } = createInvite(db, admin.userId, days);
      call.terminal.say(origin ? `${origin}${path}` : new URL(path, 'http://localhost').searchParams.get('invite')!);
      if (!origin) call.terminal.note('This is the code alone: set PUBLIC_ORIGIN, or say --origin, for a link.');
      call.terminal.note(`For one person, until ${new Date(expiresAt).toISOString().slice(0, 10)}.`);
      noteRegistration(call);
      return undefined;
    });
  },
};

function noteRegistration({ site: { registration }, terminal }: Call): void {
  if (registration === 'open') terminal.note('REGISTRATION is "open" here: nobody needs an invite.');
  if (registration === 'closed') terminal.note('REGISTRATION is "closed" here: no invite is taken.');
}

function daysOf({ options }: Call): number {
  const text = options['expires-in-days'] ?? String(INVITE_DAYS);
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= MOST_DAYS) return days;
  throw new UsageError(`--expires-in-days is a whole number from 1 to ${MOST_DAYS}.`, 'invite');
}

function originOf({ options, site }: Call): string | undefined {
  const { origin } = options;
  if (typeof origin !== 'string') return site.publicOrigin;
  const isOrigin =
    /^https?:/.test(origin) && URL.canParse(origin) && new URL(origin).origin === origin.replace(/\/$/, '');
  if (isOrigin) return new URL(origin).origin;
  throw new UsageError('--origin is the address of the site, such as https://ferry.example.com.', 'invite');
}
