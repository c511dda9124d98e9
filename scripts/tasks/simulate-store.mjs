// `npm run simulate:store`: what the Store would come to in thirty days of a company, by the code that decides.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../apps/api/simulation/simulate-store.ts', import.meta.url));
process.exit(spawnSync(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1);
