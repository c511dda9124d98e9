// What a node is told: flags first, then the environment, checked once at the start. A wrong value stops it with a sentence
// that names it.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { LIMITS, nodeTokenSchema } from '@ferry/shared';
import * as z from 'zod';
import { StopReason } from './stop-reason.ts';

/** As disks are sold, and as the server counts. */
const GB = 1_000_000_000;
const MOST_GB = Math.floor(LIMITS.storeOfferBytes / GB);

/** Each flag stands for a variable; a token among them can be seen in the list of processes. */
const FLAGS = { url: 'FERRY_URL', token: 'FERRY_NODE_TOKEN', folder: 'DATA_DIR', space: 'SPACE_GB' } as const;

const ADDRESS = 'must be the address that people type, such as https://ferry.example.com';

const schema = z.object({
  FERRY_URL: z
    .url({ protocol: /^https?$/, error: ADDRESS })
    .refine(
      (text) => !URL.canParse(text) || new URL(text).href === `${new URL(text).origin}/`,
      `${ADDRESS}, without a path`,
    )
    .transform((text) => new URL(text).origin),
  FERRY_NODE_TOKEN: z
    .string('is needed: make one in Settings → Computers that keep pieces')
    .refine((token) => nodeTokenSchema.safeParse(token).success, 'must be a token as Settings told it'),
  DATA_DIR: z
    .string('is needed: the folder to keep pieces in')
    .min(1)
    .transform((path) => resolve(path)),
  SPACE_GB: z.coerce
    .number('must be a number of gigabytes, such as 50')
    .min(0, 'must be at least 0')
    .max(MOST_GB, `must be at most ${MOST_GB}`)
    .transform((gigabytes) => Math.floor(gigabytes * GB)),
  /** For containers: see HealthFile. */
  HEALTH_FILE: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export interface Settings {
  /** Of the server, without a path. */
  origin: string;
  token: string;
  /** Absolute. */
  folder: string;
  offeredBytes: number;
  healthFile: string | undefined;
  logLevel: string;
}

/** @throws StopReason `settings-wrong` naming the first wrong one */
export function readSettings(args: readonly string[], environment: Record<string, string | undefined>): Settings {
  // An empty variable, as compose files make them, is one that is not set.
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const { data, error } = schema.safeParse({ ...set, ...flags(args) });
  if (!data) throw wrong(error.issues[0]!);
  return {
    origin: data.FERRY_URL,
    token: data.FERRY_NODE_TOKEN,
    folder: data.DATA_DIR,
    offeredBytes: data.SPACE_GB,
    healthFile: data.HEALTH_FILE,
    logLevel: data.LOG_LEVEL,
  };
}

function flags(args: readonly string[]): Record<string, string> {
  const options = Object.fromEntries(Object.keys(FLAGS).map((flag) => [flag, { type: 'string' as const }]));
  try {
    const { values } = parseArgs({ args: [...args], options });
    return Object.fromEntries(
      Object.entries(values).map(([flag, value]) => [FLAGS[flag as keyof typeof FLAGS], `${value}`]),
    );
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new StopReason('settings-wrong', `ferry-node cannot start: ${why}`, { cause });
  }
}

/** Without the value: one may be a token, and what is printed is kept by service managers. */
function wrong({ path, code, message, ...issue }: z.core.$ZodIssue): StopReason {
  const name = String(path[0]);
  const flag = Object.entries(FLAGS).find(([, variable]) => variable === name)?.[0];
  const subject = flag ? `${name} (--${flag})` : name;
  const what = code === 'invalid_value' && 'values' in issue ? `must be one of ${issue.values}` : message;
  return new StopReason('settings-wrong', `ferry-node cannot start: ${subject} ${what}.`);
}
