// Numbers and times in the user's language. The rules are in model/format; here they only get their locale.
import { useI18n } from 'vue-i18n';
import { formatBytes, formatBytesOf, formatRate, formatRates } from '../model/format/bytes.ts';
import { momentOf } from '../model/format/moment.ts';

export function useFormat() {
  const { locale } = useI18n();
  return {
    bytes: (bytes: number) => formatBytes(bytes, locale.value),
    bytesOf: (part: number, total: number) => formatBytesOf(part, total, locale.value),
    rate: (bytesPerSecond: number) => formatRate(bytesPerSecond, locale.value),
    rates: (first: number, second: number) => formatRates(first, second, locale.value),
    moment: (atMs: number, nowMs: number) => momentOf(atMs, nowMs, locale.value),
    number: (value: number) => new Intl.NumberFormat(locale.value).format(value),
    percent: (share: number) => new Intl.NumberFormat(locale.value, { style: 'percent' }).format(share),
  };
}
