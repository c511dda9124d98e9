// The program: reads its settings, keeps pieces until it is told to stop, says why when it cannot. Knows nothing else.
import { openLog } from './log.ts';
import { runNode } from './node.ts';
import { readSettings } from './settings.ts';
import { StopReason } from './stop-reason.ts';

/** EX_CONFIG of sysexits.h: starting it again changes nothing. */
const STOPPED_FOR_GOOD = 78;

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());

try {
  const settings = readSettings(process.argv.slice(2), process.env);
  await runNode({ settings, log: openLog(settings.logLevel), signal: stopping.signal });
  process.exit(0);
} catch (error) {
  if (!(error instanceof StopReason)) throw error;
  console.error(error.message);
  process.exit(STOPPED_FOR_GOOD);
}
