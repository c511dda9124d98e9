// What the log says and what it never says: JSON lines by pino, of requests only method, path, address and outcome, of
// errors nothing that could quote a client. Knows nobody who logs.
import { isIP } from 'node:net';
import type { FastifyServerOptions } from 'fastify';
import type { Env } from './env.ts';
import { describeError } from './log-error.ts';

/** Where lines go instead of standard output. */
export interface LogDestination {
  write(line: string): void;
}

/** A path is for finding the request again; nobody needs more of one that a scanner made up. */
const PATH_CHARACTERS = 200;

interface LoggedRequest {
  method?: string;
  url?: string;
  ip?: string;
}

export function loggerOptions({ LOG_LEVEL }: Env, destination?: LogDestination): FastifyServerOptions['logger'] {
  return {
    level: LOG_LEVEL,
    ...(destination ? { stream: destination } : {}),
    serializers: {
      req: ({ method, url, ip }: LoggedRequest) => ({ method, path: pathOf(url ?? ''), ip: addressOf(ip ?? '') }),
      err: describeError,
      origin: originOf,
    },
    hooks: {
      logMethod(line, log) {
        log.apply(this, withoutMessageOfError(line));
      },
    },
  };
}

/** For routes that programs ask all the time: no line while all is well. A route's level would win over a higher one. */
export function quietly({ LOG_LEVEL }: Env): { logLevel?: 'warn' } {
  return ['trace', 'debug', 'info'].includes(LOG_LEVEL) ? { logLevel: 'warn' } : {};
}

/** Without the query, which holds a procedure's input; an address in whole may hold even more. */
function pathOf(url: string): string {
  const path = url.split('?', 1)[0]!;
  return path.startsWith('/') ? path.slice(0, PATH_CHARACTERS) : '(not a path)';
}

/** Behind a proxy it is what that proxy says. */
function addressOf(ip: string): string {
  return isIP(ip) ? ip : '(not an address)';
}

/** What a browser sends has nothing else in it; what others send may be anything. */
function originOf(text: unknown): string {
  if (typeof text !== 'string') return '(none)';
  return URL.canParse(text) && new URL(text).origin === text ? text.slice(0, PATH_CHARACTERS) : '(not an origin)';
}

/** Pino, and Fastify before it, make an error's message the line's when the line has none of its own. */
function withoutMessageOfError<Line extends unknown[]>(line: Line): Line {
  const [subject, text] = line;
  const error = subject instanceof Error ? subject : (subject as { err?: unknown } | null | undefined)?.err;
  if (!(error instanceof Error) || (text !== undefined && text !== error.message)) return line;
  const described = subject instanceof Error ? { err: subject } : subject;
  return [described, 'an error'] as unknown[] as Line;
}
