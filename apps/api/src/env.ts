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

/**
 * Which proxies are believed: none, so many in a row, or those at these addresses. Believing all would let every
 * client invent its own address, since proxies append to what they are told.
 */
const proxies = z
  .string()
  .regex(
    /^(true|false|\d|[\d.,:/a-fA-F\s]+)$/,
    'must be true, false, a number of proxies, or a list of their addresses',
  )
  .default('false')
  .transform((text): false | number | string[] => {
    if (text === 'false' || text === '0') return false;
    if (text === 'true') return 1;
    return /^\d$/.test(text) ? Number(text) : text.split(',').map((address) => address.trim());
  });

const port = (description: string) => z.coerce.number(description).int().min(0).max(65_535);

const urlsOf = (pattern: RegExp, example: string) =>
  list.refine((urls) => urls.every((url) => pattern.test(url)), `must be a comma-separated list such as ${example}`);

const schema = z
  .object({
    PORT: port('must be a port number').default(3000),
    HOST: z.string().min(1).default('127.0.0.1'),
    DATA_DIR: z.string().min(1).default('./data'),
    PUBLIC_ORIGIN: z
      .url('must be an origin such as https://ferry.example.com')
      .refine(
        (text) => URL.canParse(text) && new URL(text).origin === text,
        'must be an origin such as https://ferry.example.com, without a path',
      )
      .optional(),
    /** UDP; the next one answers, too. 0 switches the own STUN server off. */
    STUN_PORT: port('must be a port number, or 0 for none').max(65_534).default(3478),
    /** Like HOST, which it defaults to: behind a proxy on this computer, HTTP is for that one only, and STUN is not. */
    STUN_HOST: z.string().min(1).optional(),
    STUN_URLS: urlsOf(/^stuns?:[^\s]+$/, 'stun:stun.example.com:3478'),
    TURN_URLS: urlsOf(/^turns?:[^\s]+$/, 'turn:turn.example.com:3478'),
    TURN_SECRET: z.string().min(16, 'must be at least 16 characters').optional(),
    /** Hours: a transfer that runs longer gets fresh ones with its next ICE restart. */
    TURN_TTL_S: z.coerce
      .number('must be a number of seconds')
      .int()
      .min(10)
      .default(8 * 60 * 60),
    REGISTRATION: z.enum(registrationModeSchema.options).default('open'),
    TRUST_PROXY: proxies,
    /** Whoever shows it may read /metrics from anywhere. */
    METRICS_TOKEN: z.string().min(16, 'must be at least 16 characters').optional(),
    /** A PEM file: the root of an own certificate authority, handed out at /trust. */
    ROOT_CERTIFICATE: z.string().min(1).optional(),
    /** Plain http with `--lan`'s page about the root certificate is at PORT then, https here. */
    LAN_HTTPS_PORT: port('must be a port number').default(3443),
    /** Of everything that one person has in the Store, as they uploaded it; 0: nobody stores anything. */
    STORE_USER_QUOTA_GB: z.coerce
      .number('must be a number of gigabytes')
      .min(0, 'must be a number of gigabytes, 0 or more')
      .max(1_000_000, 'must be at most 1000000')
      .default(100),
    LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  })
  .refine((env) => env.TURN_URLS.length === 0 || env.TURN_SECRET, {
    path: ['TURN_SECRET'],
    message: 'is needed when TURN_URLS is set',
  });

export type Env = z.infer<typeof schema>;

const SECRETS = new Set(['TURN_SECRET', 'METRICS_TOKEN']);

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
  // What is printed here is kept by service managers and log collectors.
  const value = SECRETS.has(name) ? '' : ` (it is "${set[name] ?? ''}")`;
  throw new EnvError(`Ferry cannot start: ${name} ${sentenceOf(issue)}${value}.`);
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}`;
  return issue.message.startsWith('must') || issue.message.startsWith('is ')
    ? issue.message
    : `is wrong: ${issue.message}`;
}
