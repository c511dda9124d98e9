// Tells what is about columns of the Store: an ask, by its reference, and a transfer, by its title. Checks nothing else.
import { columnsReferenceSchema } from '@ferry/shared';

/** As the columns of a bundle are called, of which one is its title; see `columnKey`. */
const COLUMN_KEY = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}-\d+-\d+$/;

export function isForColumns(reference: string): boolean {
  try {
    return columnsReferenceSchema.safeParse(JSON.parse(reference)).success;
  } catch {
    return false;
  }
}

export function isOfColumns({ title }: { title: string }): boolean {
  return COLUMN_KEY.test(title);
}
