// Which columns somebody is given who asks for some: those that they have leave for, and that are here. Serves nothing.
import type { Column, ColumnsReference } from '@ferry/shared';
import type { RefusalReason } from '@ferry/webrtc-core';
import type { CapabilityChecker } from './capability.ts';
import { columnKey } from './column-key.ts';
import { isAllowed } from './columns-reference.ts';
import type { ServedColumn, ServedColumns } from './served-column.ts';

export interface AllowedColumns {
  columns: readonly ServedColumn[];
  /** Until when there is leave for them, in milliseconds since the epoch. */
  untilMs: number;
}

export interface AskedColumnsOptions {
  checker: Pick<CapabilityChecker, 'check'>;
  /** Where columns are looked for, the first one first. */
  from: readonly ServedColumns[];
}

export class AskedColumns {
  readonly #options: AskedColumnsOptions;
  #withdrawals = 0;

  constructor(options: AskedColumnsOptions) {
    this.#options = options;
  }

  /** Something is not here any more: what is being looked for is looked for once more. */
  withdrawn(): void {
    this.#withdrawals++;
  }

  async for(reference: ColumnsReference, peerId: string): Promise<AllowedColumns | RefusalReason> {
    const claims = await this.#options.checker.check(reference.capability, peerId);
    if (typeof claims === 'string') return claims;
    const isAsked = (column: Column) => isAllowed(claims, reference, column);
    const found = await this.#find(reference.want.versionId, isAsked);
    // Whoever says to have it has it deleted here: that is for those alone whose leave names it, as that of keepers does.
    const columns = claims.store?.columns ? found : found.filter(({ isForKeepers }) => !isForKeepers);
    return columns.length > 0 ? { columns, untilMs: claims.exp * 1000 } : 'not-found';
  }

  async #find(versionId: string, isAsked: (column: Column) => boolean): Promise<ServedColumn[]> {
    for (;;) {
      const before = this.#withdrawals;
      const found = new Map<string, ServedColumn>();
      for (const place of this.#options.from) {
        for (const one of await place.find(versionId, isAsked)) {
          const key = columnKey(one.column);
          if (!found.has(key)) found.set(key, one);
        }
      }
      if (before === this.#withdrawals) return [...found.values()];
    }
  }
}
