// `npm run bench:erasure -- --rounds 7 --clock cpu --browsers chromium,firefox`: how fast shards are made and made
// again, by each kernel and by the quickest package there is, beside what the cipher and the hash take.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type BrowserName, measureInBrowser } from './erasure-browsers.ts';
import { type Measurement, measureErasure } from './erasure-cases.ts';
import { serveErasurePage } from './erasure-page.ts';
import { erasureTable } from './erasure-table.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    /** `cpu`: seconds of this process, for machines that have other things to do. Browsers have `wall` alone. */
    clock: { type: 'string', default: 'wall' },
    /** Also in workers of these, by commas. */
    browsers: { type: 'string', default: '' },
  },
});
const rounds = Number(values.rounds);
const packageWasm = new Uint8Array(
  readFileSync(new URL(import.meta.resolve('@digitaldefiance/reed-solomon-erasure.wasm/wasm'))),
);

report(
  `Node ${process.versions.node}, ${values.clock} time`,
  await measureErasure({ packageWasm, rounds, clock: values.clock === 'cpu' ? cpuSeconds : wallSeconds }),
);
if (values.browsers !== '') await measureBrowsers(values.browsers.split(',') as BrowserName[]);

async function measureBrowsers(names: readonly BrowserName[]): Promise<void> {
  const page = await serveErasurePage();
  try {
    for (const name of names) {
      const { version, measurements } = await measureInBrowser(name, page, { packageWasm, rounds });
      report(`a worker of ${version}`, measurements);
    }
  } finally {
    page.close();
  }
}

function report(where: string, measurements: readonly Measurement[]): void {
  console.log(`\n${where}, median of ${rounds}\n\n${erasureTable(measurements)}`);
}

function wallSeconds(): number {
  return performance.now() / 1000;
}

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
