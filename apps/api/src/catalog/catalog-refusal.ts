// Why the catalog refuses something, as the threads say it to each other. Knows no HTTP: threaded-index.ts turns these
// into the refusals of the API.
import type { ApiErrorCode } from '@ferry/shared';

export type CatalogRefusalCode = Extract<
  ApiErrorCode,
  'share-taken' | 'too-many' | 'revision-mismatch' | 'not-found' | 'invalid' | 'busy'
>;

export class CatalogRefusal extends Error {
  readonly code: CatalogRefusalCode;

  constructor(code: CatalogRefusalCode) {
    super(code);
    this.code = code;
  }
}
