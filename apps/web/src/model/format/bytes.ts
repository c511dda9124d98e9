// Amounts of data as people read them: decimal units, as disks and networks are sold. Knows no language but
// what Intl is told.
import { numberFormat } from './kept-formats.ts';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const;

interface Scaled {
  value: number;
  power: number;
}

/** "318 kB", "1.4 GB". */
export function formatBytes(bytes: number, locale: string): string {
  const { value, power } = scaled(bytes);
  return unitFormat(locale, UNITS[power]!, digitsOf(value, power)).format(value);
}

/** "3.9" of "4.4 GB"; "880 MB" of "1.4 GB" where the units differ. The part keeps its decimal, so that it does not jump. */
export function formatBytesOf(part: number, total: number, locale: string): { part: string; total: string } {
  const whole = scaled(total);
  const piece = scaled(part);
  if (piece.power !== whole.power && part > 0)
    return { part: formatBytes(part, locale), total: formatBytes(total, locale) };
  const digits = digitsOf(whole.value, whole.power);
  const value = part / 1000 ** whole.power;
  const number = numberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return { part: number.format(value), total: formatBytes(total, locale) };
}

/** "41.2 MB/s"; never less than kilobytes, which nobody reads. */
export function formatRate(bytesPerSecond: number, locale: string): string {
  const { value, power } = scaledRate(bytesPerSecond);
  return rateFormat(locale, power).format(value);
}

/** Two rates in the unit of the larger: "41.2" and "18.6 MB/s". */
export function formatRates(
  first: number,
  second: number,
  locale: string,
): { first: string; second: string; unit: string } {
  const { power } = scaledRate(Math.max(first, second));
  const format = rateFormat(locale, power);
  const text = (rate: number) => numberPart(format.formatToParts(rate / 1000 ** power));
  const unit = format.formatToParts(1).find(({ type }) => type === 'unit')?.value ?? '';
  return { first: text(first), second: text(second), unit };
}

function scaled(bytes: number): Scaled {
  let power = 0;
  let value = Math.max(0, bytes);
  // 999.96 MB would be written "1,000 MB": what counts is the number as it will be shown.
  while (power < UNITS.length - 1 && rounded(value, power) >= 1000) {
    value /= 1000;
    power++;
  }
  return { value, power };
}

function scaledRate(bytesPerSecond: number): Scaled {
  const { value, power } = scaled(bytesPerSecond);
  return power > 0 ? { value, power } : { value: value / 1000, power: 1 };
}

function rounded(value: number, power: number): number {
  const factor = 10 ** digitsOf(value, power);
  return Math.round(value * factor) / factor;
}

/** Bytes and kilobytes whole, larger ones with a decimal while there are fewer than three digits. */
function digitsOf(value: number, power: number): number {
  return power >= 2 && value < 99.95 ? 1 : 0;
}

function unitFormat(locale: string, unit: (typeof UNITS)[number], digits: number): Intl.NumberFormat {
  // English has no short form of "byte".
  const unitDisplay = unit === 'byte' ? 'long' : 'short';
  return numberFormat(locale, { style: 'unit', unit, unitDisplay, maximumFractionDigits: digits });
}

function rateFormat(locale: string, power: number): Intl.NumberFormat {
  const digits = power >= 2 ? 1 : 0;
  return numberFormat(locale, {
    style: 'unit',
    unit: `${UNITS[power]}-per-second`,
    unitDisplay: 'short',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

function numberPart(parts: Intl.NumberFormatPart[]): string {
  return parts
    .filter(({ type }) => type !== 'unit' && type !== 'literal')
    .map(({ value }) => value)
    .join('');
}
