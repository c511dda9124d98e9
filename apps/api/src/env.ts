// The environment, checked once at the start: a wrong value stops it with a sentence that names it.
import { registrationModeSchema } from '@ferry/shared';
import * as z from 'zod';

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  );

const flag = z.enum(['true', 'false', '1', '0']).transform((text) => text === 'true' || text === '1');

const urlsOf = (pattern: RegExp, example: string) =>
  list.refine((urls) => urls.every((url) => pattern.test(url)), `must be a comma-separated list such as ${example}`);

const schema = z
  .object({
    PORT: z.coerce.number('must be a port number').int().min(0).max(65_535).default(3000),
    HOST: z.string().min(1).default('127.0.0.1'),
    DATA_DIR: z.string().min(1).default('./data'),
    PUBLIC_ORIGIN: z
      .url('must be an origin such as https://ferry.example.com')
      .refine(
        (text) => URL.canParse(text) && new URL(text).origin === text,
        'must be an origin such as https://ferry.example.com, without a path',
      )
      .optional(),
    STUN_URLS: urlsOf(/^stuns?:[^\s]+$/, 'stun:stun.example.com:3478'),
    TURN_URLS: urlsOf(/^turns?:[^\s]+$/, 'turn:turn.example.com:3478'),
    TURN_SECRET: z.string().min(16, 'must be at least 16 characters').optional(),
    REGISTRATION: z.enum(registrationModeSchema.options).default('open'),
    TRUST_PROXY: flag.default(false),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  })
  .refine((env) => env.TURN_URLS.length === 0 || env.TURN_SECRET, {
    path: ['TURN_SECRET'],
    message: 'is needed when TURN_URLS is set',
  });

export type Env = z.infer<typeof schema>;

/** A wrong environment; the message is for the operator. */
export class EnvError extends Error {}

/** @throws EnvError naming the first wrong variable */
export function readEnv(variables: Record<string, string | undefined>): Env {
  // An empty variable, as compose files make them, is one that is not set.
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const result = schema.safeParse(set);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  const name = String(issue.path[0]);
  throw new EnvError(`Ferry cannot start: ${name} ${sentenceOf(issue)} (it is "${set[name] ?? ''}").`);
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}`;
  return issue.message.startsWith('must') || issue.message.startsWith('is ')
    ? issue.message
    : `is wrong: ${issue.message}`;
}
