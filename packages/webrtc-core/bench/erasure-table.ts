// Measurements as a table for people, which is Markdown too.
import type { Measurement } from './erasure-cases.ts';

/** A row for each contender, a column for each case; gigabytes of data a second. */
export function erasureTable(measurements: readonly Measurement[]): string {
  const cases = [...new Set(measurements.map(({ what }) => what))];
  const contenders = [...new Set(measurements.map(({ contender }) => contender))];
  const cell = (contender: string, what: string) => {
    const found = measurements.find((one) => one.contender === contender && one.what === what);
    return found ? found.gigabytesPerSecond.toPrecision(2) : '';
  };
  const rows = [
    ['GB/s', ...cases],
    ['---', ...cases.map(() => '---')],
    ...contenders.map((contender) => [contender, ...cases.map((what) => cell(contender, what))]),
  ];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
