// `npm run pictures`: the pictures in docs/images, taken anew from the running product.
import { fileURLToPath } from 'node:url';
import { runWithBrowser } from '../run-with-browser.mjs';

process.exit(runWithBrowser(fileURLToPath(new URL('../../e2e/pictures/take-pictures.ts', import.meta.url))));
