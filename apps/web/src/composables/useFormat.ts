// Numbers and times in the user's language. The rules are in model/format; here they only get their locale.
import { computed } from 'vue';
import { useI18n } from 'vue-i18n';
import { formatBytes, formatBytesOf, formatRate, formatRates } from '../model/format/bytes.ts';
import { dateFormat, numberFormat } from '../model/format/kept-formats.ts';
import { momentOf } from '../model/format/moment.ts';

export function useFormat() {
  const { locale: language } = useI18n();
  const locale = computed(() => regionalLocale(language.value));
  return {
    bytes: (bytes: number) => formatBytes(bytes, locale.value),
    bytesOf: (part: number, total: number) => formatBytesOf(part, total, locale.value),
    rate: (bytesPerSecond: number) => formatRate(bytesPerSecond, locale.value),
    rates: (first: number, second: number) => formatRates(first, second, locale.value),
    moment: (atMs: number, nowMs: number) => momentOf(atMs, nowMs, locale.value),
    date: (atMs: number) => dateFormat(locale.value, { dateStyle: 'medium' }).format(atMs),
    number: (value: number) => numberFormat(locale.value).format(value),
  };
}

/** "en" as the user's region writes it: 14 Nov in Britain, Nov 14 in the States. */
function regionalLocale(language: string): string {
  return navigator.languages.find((wanted) => wanted === language || wanted.startsWith(`${language}-`)) ?? language;
}
