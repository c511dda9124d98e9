// A page with the worker that measures, built and served as the product's page is: from one origin, under the same
// kind of policy. Knows no browsers.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'tsdown';

const WORKER = 'erasure-worker.js';
const POLICY = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

export interface ServedPage {
  readonly url: string;
  /** Of the module worker, from the page. */
  readonly workerPath: string;
  close(): void;
}

export async function serveErasurePage(): Promise<ServedPage> {
  const worker = await builtWorker();
  const server = createServer((request, response) => {
    response.setHeader('Content-Security-Policy', POLICY);
    if (request.url === `/${WORKER}`) response.setHeader('Content-Type', 'text/javascript').end(worker);
    else response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>Erasure coding</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    workerPath: `/${WORKER}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function builtWorker(): Promise<string> {
  const outDir = mkdtempSync(join(tmpdir(), 'ferry-erasure-bench-'));
  try {
    await build({
      config: false,
      entry: { 'erasure-worker': fileURLToPath(new URL('erasure-worker.ts', import.meta.url)) },
      outDir,
      format: 'esm',
      platform: 'browser',
      outExtensions: () => ({ js: '.js' }),
      deps: { alwaysBundle: [/./] },
      minify: true,
      dts: false,
      logLevel: 'error',
    });
    return readFileSync(join(outDir, WORKER), 'utf8');
  } finally {
    rmSync(outDir, { recursive: true });
  }
}
