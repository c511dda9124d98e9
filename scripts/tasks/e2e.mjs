// `npm run test:e2e -- <playwright arguments>`: the browser tests alone.
import { browserEnvironment } from '../chromium.mjs';
import { ensureNetworkTools } from '../network-tools.mjs';
import { tool } from '../tool.mjs';

const env = browserEnvironment();
ensureNetworkTools();
const built = tool('turbo', ['run', 'build', '--output-logs=errors-only', '--log-prefix=none']);
if (built !== 0) process.exit(built);
process.exit(tool('playwright', ['test', '--config', 'e2e/playwright.config.ts', ...process.argv.slice(2)], { env }));
