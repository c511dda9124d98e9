// Whether there is room for another column. Pure.

export interface Room {
  /** What this device gives to others. */
  readonly offeredBytes: number;
  /** Of that, with what is on its way. */
  readonly usedBytes: number;
  /** What is on its way, and may not be written yet. */
  readonly comingBytes: number;
  /** What the disk still takes. */
  readonly freeBytes: number;
}

/** Of what is written: its records take room, too, and a disk that is full to the brim serves nobody. */
const RESERVE_PERCENT = 10;

export function hasRoomFor(sizeBytes: number, { offeredBytes, usedBytes, comingBytes, freeBytes }: Room): boolean {
  return (
    usedBytes + sizeBytes <= offeredBytes && (comingBytes + sizeBytes) * (100 + RESERVE_PERCENT) <= freeBytes * 100
  );
}
