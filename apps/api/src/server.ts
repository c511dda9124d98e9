// The program: reads the environment and its flags, listens, says where, and stops in order. Knows nothing else.
import { hostname, networkInterfaces } from 'node:os';
import { parseArgs } from 'node:util';
import type { FastifyInstance } from 'fastify';
import { build } from './app.ts';
import { DatabaseError } from './db/database-error.ts';
import { type Env, EnvError, readEnv } from './env.ts';
import { LanError } from './lan/lan-error.ts';

/** What runs: its log, and how it ends. */
interface Running {
  log: FastifyInstance['log'];
  close(): Promise<void>;
}

try {
  const { values } = parseArgs({ options: { lan: { type: 'boolean' } } });
  const env = readEnv(process.env);
  const running = values.lan ? await lan(env) : await plain(env);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      running.log.info({ signal }, 'stopping');
      running.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
} catch (error) {
  const sentence = sentenceOf(error);
  if (sentence === undefined) throw error;
  console.error(sentence);
  process.exit(1);
}

async function plain(env: Env): Promise<Running> {
  const app = await build(env);
  await app.listen({ port: env.PORT, host: env.HOST });
  const address = app.server.address();
  const port = address && typeof address === 'object' ? address.port : env.PORT;
  const host = env.HOST === '127.0.0.1' || env.HOST === '0.0.0.0' ? 'localhost' : env.HOST;
  console.log(`\n  Ferry is at ${env.PUBLIC_ORIGIN ?? `http://${host}:${port}`}\n`);
  return app;
}

async function lan(env: Env): Promise<Running> {
  // Only here: what makes certificates takes a while to load.
  const { startLan } = await import('./lan/start-lan.ts');
  const computer = () => ({ hostName: hostname(), interfaces: networkInterfaces() });
  return startLan(env, { computer, print: console.log, hasColours: process.stdout.hasColors?.(256) ?? false });
}

/** Of what the operator can put right; undefined for everything else. */
function sentenceOf(error: unknown): string | undefined {
  if (error instanceof EnvError || error instanceof LanError) return error.message;
  if (error instanceof DatabaseError) return `Ferry cannot start: ${error.message}`;
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  if (error.code === 'EADDRINUSE') return `Ferry cannot start: ${portIn(error)} is in use by another program.`;
  if (String(error.code).startsWith('ERR_PARSE_ARGS')) return `Ferry cannot start: ${error.message}.`;
  return undefined;
}

function portIn(error: Error): string {
  const port = 'port' in error ? Number(error.port) : undefined;
  const name = port === Number(process.env.LAN_HTTPS_PORT || 3443) ? 'LAN_HTTPS_PORT' : 'PORT';
  return `${name} ${port ?? ''}`.trimEnd();
}
