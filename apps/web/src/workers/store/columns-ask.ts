// Tells what an ask is for: whoever asks for columns of the Store says so in the reference. Checks nothing else of it.
import { columnsReferenceSchema } from '@ferry/shared';

export function isForColumns(reference: string): boolean {
  try {
    return columnsReferenceSchema.safeParse(JSON.parse(reference)).success;
  } catch {
    return false;
  }
}
