// A column as it is given to others, and where such columns are looked for: among what is kept here, or with whoever uploads
// them. Knows no capability and no transfer.
import type { Column } from '@ferry/shared';
import type { BundledFile } from '@ferry/webrtc-core';

export interface ServedColumn extends BundledFile {
  column: Column;
  /** It was made again for those who are to keep it, and is let go of when they have it. */
  isForKeepers?: boolean;
}

export interface ServedColumns {
  /** Those of a version that are whole here, or can be made at once. */
  find(versionId: string, isAsked: (column: Column) => boolean): Promise<readonly ServedColumn[]>;
}
