// `npm run test:large`: 5 GiB through the whole product, past 2^32 bytes, with both renderers' memory.
import { fileURLToPath } from 'node:url';
import { runWithBrowser } from '../run-with-browser.mjs';

process.exit(runWithBrowser(fileURLToPath(new URL('../../e2e/large/large-file.ts', import.meta.url))));
