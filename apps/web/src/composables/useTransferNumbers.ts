// A transfer's numbers in the user's language: percent, amounts, rate and time left.
import { computed, type MaybeRefOrGetter, toValue } from 'vue';
import type { TransferSnapshot } from '../adapters/engine-contract.ts';
import { isMoving, percentOf } from '../model/transfer/transfer-kind.ts';
import { timeLeftWords } from '../model/words/duration-words.ts';
import { useFormat } from './useFormat.ts';
import { useWords } from './useWords.ts';

export function useTransferNumbers(source: MaybeRefOrGetter<TransferSnapshot>) {
  const { t, say } = useWords();
  const { bytesOf, rate } = useFormat();

  return computed(() => {
    const transfer = toValue(source);
    const percent = percentOf(transfer);
    const amounts = bytesOf(transfer.doneBytes, transfer.totalBytes);
    const left = transfer.secondsLeft === null ? null : say(timeLeftWords(transfer.secondsLeft));
    return {
      percent,
      amount: t('transfer.ofTotal', amounts),
      left,
      speed: speedWords(transfer, left),
      valueText:
        left === null
          ? t('transfer.valueText', { percent, ...amounts })
          : t('transfer.valueTextMoving', { percent, ...amounts, left }),
    };
  });

  function speedWords(transfer: TransferSnapshot, left: string | null): string {
    if (!isMoving(transfer) || transfer.status === 'finishing') return '';
    if (transfer.bytesPerSecond === 0) return t('transfer.starting');
    const speed = rate(transfer.bytesPerSecond);
    return left === null ? speed : t('transfer.rateAndLeft', { rate: speed, left });
  }
}
