// Samples the rates once a second while they are shown, for the sparkline.
import { useIntervalFn } from '@vueuse/core';
import { type Ref, shallowRef } from 'vue';
import { type RateSample, withSample } from '../model/transfer/rate-history.ts';
import { useTransfers } from '../stores/transfers.ts';

export function useRateHistory(): Readonly<Ref<readonly RateSample[]>> {
  const transfers = useTransfers();
  const history = shallowRef<readonly RateSample[]>([]);
  useIntervalFn(() => {
    const { downRate, upRate } = transfers.totals;
    const isQuiet = downRate === 0 && upRate === 0;
    // At rest the line need not grow; once something moved it is kept to its end.
    if (isQuiet && history.value.every(({ down, up }) => down === 0 && up === 0)) history.value = [];
    else history.value = withSample(history.value, { down: downRate, up: upRate });
  }, 1000);
  return history;
}
