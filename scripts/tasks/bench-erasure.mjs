// `npm run bench:erasure -- --clock cpu --browsers chromium,firefox`: how fast shards are made, and made again.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { browserEnvironment } from '../chromium.mjs';
import { ensureFirefox } from '../firefox.mjs';

const { values } = parseArgs({ options: { browsers: { type: 'string', default: '' } }, strict: false });
const browsers = values.browsers.split(',');
const env = browsers.includes('chromium') ? browserEnvironment() : { ...process.env };
if (browsers.includes('firefox')) env.FERRY_FIREFOX = ensureFirefox();

const program = fileURLToPath(new URL('../../packages/webrtc-core/bench/erasure.ts', import.meta.url));
process.exit(spawnSync(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit', env }).status ?? 1);
