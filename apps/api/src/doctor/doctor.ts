// The server's own doctor: runs all checks at once, each bounded in time, and never twice at the same time. What it
// found stands for a few seconds, or whoever asks often would have it hammer the relay.
import type { ServerCheck, ServerReport } from '@ferry/shared';
import type { Database } from '../db/client.ts';
import type { Env } from '../env.ts';
import type { StunServer } from '../stun/stun-server.ts';
import type { Reached } from '../trpc/reached.ts';
import { VERSION } from '../version.ts';
import { authoritiesOf } from './authorities.ts';
import { checkBackup } from './backup-check.ts';
import { checkDatabase } from './database-check.ts';
import { checkDisk } from './disk-check.ts';
import { found } from './found.ts';
import { checkOrigin } from './origin-check.ts';
import { checkProxy } from './proxy-check.ts';
import { checkRegistration } from './registration-check.ts';
import { checkRelay } from './relay-check.ts';
import { checkStun } from './stun-check.ts';

const TIMEOUT_MS = 6000;
const STUN_TIMEOUT_MS = 3000;
const FRESH_MS = 5000;

interface Patient {
  env: Env;
  db: Database;
  stun: StunServer;
}

interface Examination {
  checkedAt: number;
  checks: ServerCheck[];
}

export class Doctor {
  readonly #patient: Patient;
  readonly #freshMs: number;
  /** Runs, or ended a moment ago. */
  #examination: Promise<Examination> | undefined;

  /** @param freshMs how long an examination that is over stands for what the next one would find */
  constructor(patient: Patient, freshMs = FRESH_MS) {
    this.#patient = patient;
    this.#freshMs = freshMs;
  }

  /** What depends on how the question came is told anew each time. */
  async report(reached: Reached): Promise<ServerReport> {
    const { env } = this.#patient;
    const { checkedAt, checks } = await this.#examine();
    const own = [checkOrigin(env, reached), checkProxy(env, reached), checkRegistration(env, reached)];
    return { checkedAt, version: VERSION, checks: [...own, ...checks] };
  }

  #examine(): Promise<Examination> {
    this.#examination ??= examine(this.#patient).finally(() => {
      setTimeout(() => {
        this.#examination = undefined;
      }, this.#freshMs).unref();
    });
    return this.#examination;
  }
}

async function examine({ env, db, stun }: Patient): Promise<Examination> {
  const { DATA_DIR } = env;
  const checkedAt = Date.now();
  // Blocks everything else while it runs, so it is over before anything is timed.
  const database = checkDatabase(db, DATA_DIR);
  const hasFolder = DATA_DIR !== ':memory:';
  const [disk, backup, ...others] = await Promise.all([
    hasFolder ? checkDisk(DATA_DIR) : undefined,
    hasFolder ? checkBackup(DATA_DIR, checkedAt) : undefined,
    checkStun(stun, env.STUN_HOST ?? env.HOST, STUN_TIMEOUT_MS),
    checkRelays(env),
  ]);
  const checks = [database, disk, backup, ...others.flat()].filter((check) => check !== undefined);
  return { checkedAt, checks };
}

async function checkRelays({ TURN_URLS, TURN_SECRET, TURN_TTL_S, ROOT_CERTIFICATE }: Env): Promise<ServerCheck[]> {
  if (TURN_URLS.length === 0 || !TURN_SECRET) return [found('relay.none', 'warning', {})];
  const issuer = { secret: TURN_SECRET, lifetimeS: TURN_TTL_S };
  const authorities = await authoritiesOf(ROOT_CERTIFICATE);
  const findings = TURN_URLS.map((url, index) =>
    checkRelay(url, { issuer, deviceId: `doctor-${index}`, authorities, timeoutMs: TIMEOUT_MS }),
  );
  return (await Promise.all(findings)).flat();
}
