// The program: reads the environment, listens, says where, and stops in order. Knows nothing else.
import { build } from './app.ts';
import { EnvError, readEnv } from './env.ts';

try {
  const env = readEnv(process.env);
  const app = await build(env);
  await app.listen({ port: env.PORT, host: env.HOST });
  const address = app.server.address();
  const port = address && typeof address === 'object' ? address.port : env.PORT;
  const host = env.HOST === '127.0.0.1' || env.HOST === '0.0.0.0' ? 'localhost' : env.HOST;
  console.log(`\n  Ferry is at ${env.PUBLIC_ORIGIN ?? `http://${host}:${port}`}\n`);

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      app.log.info({ signal }, 'stopping');
      app.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
} catch (error) {
  if (error instanceof EnvError) console.error(error.message);
  else if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    console.error(`Ferry cannot start: PORT ${process.env.PORT ?? 3000} is in use by another program.`);
  } else throw error;
  process.exit(1);
}
