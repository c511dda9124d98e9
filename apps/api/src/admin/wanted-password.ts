// The password that somebody shall have: made up, or told by whoever gives the command. Never an argument, which
// the process list and the shell's history would show.
import { randomInt } from 'node:crypto';
import { passwordSchema } from '@ferry/shared';
import * as z from 'zod/mini';
import type { Call } from './command.ts';

/** Without what looks alike: 0 and o, 1 and l, and vowels that could make a word of it. */
const ALPHABET = 'bcdfghjkmnpqrstvwxz23456789';
/** About 95 bits. */
const GROUPS = 4;
const GROUP_CHARACTERS = 5;

/** @throws a zod error when it is no password that the site would take */
export async function wantedPassword({ options, terminal }: Pick<Call, 'options' | 'terminal'>): Promise<string> {
  return options.generate ? madeUp() : z.parse(passwordSchema, await terminal.readPassword());
}

function madeUp(): string {
  const character = () => ALPHABET[randomInt(ALPHABET.length)];
  const group = () => Array.from({ length: GROUP_CHARACTERS }, character).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}
