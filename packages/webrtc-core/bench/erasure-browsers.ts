// Has a browser's worker measure: Chromium over its own protocol, Firefox over WebDriver BiDi. Knows not what.
import puppeteer, { type LaunchOptions } from 'puppeteer-core';
import type { Measurement } from './erasure-cases.ts';
import type { ServedPage } from './erasure-page.ts';

export type BrowserName = 'chromium' | 'firefox';

const LAUNCH: Record<BrowserName, LaunchOptions> = {
  // As root Chromium runs only without its sandbox; the rest keeps it from looking for the internet.
  chromium: {
    browser: 'chrome',
    executablePath: process.env.FERRY_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  },
  firefox: { browser: 'firefox', executablePath: process.env.FERRY_FIREFOX ?? '/usr/bin/firefox-esr' },
};

/** Rounds of all cases take minutes, and nothing is said meanwhile. */
const PATIENCE_MS = 15 * 60 * 1000;

export async function measureInBrowser(
  name: BrowserName,
  page: ServedPage,
  options: { readonly packageWasm: Uint8Array; readonly rounds: number },
): Promise<{ readonly version: string; readonly measurements: Measurement[] }> {
  const browser = await puppeteer.launch({ ...LAUNCH[name], headless: true, protocolTimeout: PATIENCE_MS });
  try {
    const tab = await browser.newPage();
    await tab.goto(page.url);
    const wasm = Buffer.from(options.packageWasm).toString('base64');
    const measurements = await tab.evaluate(measureInWorker, page.workerPath, wasm, options.rounds);
    return { version: await browser.version(), measurements };
  } finally {
    await browser.close();
  }
}

/** Runs in the page. */
function measureInWorker(workerPath: string, wasmBase64: string, rounds: number): Promise<Measurement[]> {
  const packageWasm = Uint8Array.from(atob(wasmBase64), (character) => character.charCodeAt(0));
  const worker = new Worker(workerPath, { type: 'module' });
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data));
    worker.addEventListener('error', ({ message }) => reject(new Error(message)));
    worker.postMessage({ packageWasm, rounds });
  });
}
