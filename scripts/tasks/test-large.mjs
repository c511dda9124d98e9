// `npm run test:large`: 5 GiB through the whole product, past 2^32 bytes, with both renderers' memory; and a folder of
// 100,000 files that is shared and scrolled through.
import { fileURLToPath } from 'node:url';
import { runWithBrowser } from '../run-with-browser.mjs';

const codes = ['large-file.ts', 'large-folder.ts'].map((name) =>
  runWithBrowser(fileURLToPath(new URL(`../../e2e/large/${name}`, import.meta.url))),
);
process.exit(Math.max(...codes));
