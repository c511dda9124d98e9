// Where a page of the list ended, as text that means nothing to whoever carries it. Pure.
import * as z from 'zod';
import type { ListPosition } from '../db/queries/store-list.ts';
import { refusal } from '../trpc/error.ts';

const positionSchema = z.tuple([z.int(), z.string()]);

export function cursorOf({ createdAt, versionId }: ListPosition): string {
  return Buffer.from(JSON.stringify([createdAt, versionId])).toString('base64url');
}

/** @throws `invalid` */
export function positionOf(cursor: string): ListPosition {
  try {
    const [createdAt, versionId] = positionSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { createdAt, versionId };
  } catch {
    throw refusal('invalid');
  }
}
