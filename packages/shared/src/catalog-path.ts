// Where a file or folder is within a share: segments joined by slashes, and nothing that could mean another place.
// Knows no operating system's rules; whoever saves a file makes its name safe for that.
import * as z from 'zod/mini';
import { LIMITS } from './limits.ts';

/**
 * Control characters would break lines and logs; the bidirectional ones (UAX #9) can make a name read as another one.
 * Both are no letters of any script.
 */
const UNSHOWABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** Whether a file or folder of this name can be listed. */
export function isCatalogName(name: string): boolean {
  if (name.length === 0 || name.length > LIMITS.catalogNameCharacters) return false;
  if (name === '.' || name === '..' || name.includes('/')) return false;
  return name.isWellFormed() && !UNSHOWABLE.test(name);
}

/** Whether a path within a share can be listed; the share itself is the empty path. */
export function isCatalogPath(path: string): boolean {
  if (path === '') return true;
  if (path.length > LIMITS.catalogPathCharacters) return false;
  const segments = path.split('/');
  return segments.length <= LIMITS.catalogPathSegments && segments.every(isCatalogName);
}

/** A path within a share, the share itself included. */
export const catalogPathSchema = z
  .string()
  .check(z.maxLength(LIMITS.catalogPathCharacters), z.refine(isCatalogPath, { error: 'path-invalid' }));

/** A path of something in a share. */
export const catalogFilePathSchema = catalogPathSchema.check(z.minLength(1, { error: 'path-invalid' }));

export const catalogNameSchema = z
  .string()
  .check(z.maxLength(LIMITS.catalogNameCharacters), z.refine(isCatalogName, { error: 'path-invalid' }));
