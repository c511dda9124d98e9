// `npm run bench -- --rounds 5 --mib 1024`: the product beside the raw data channel.
import { fileURLToPath } from 'node:url';
import { runWithBrowser } from '../run-with-browser.mjs';

process.exit(runWithBrowser(fileURLToPath(new URL('../../e2e/bench/bench.ts', import.meta.url))));
