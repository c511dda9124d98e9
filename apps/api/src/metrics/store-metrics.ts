// What of the Store is counted and looked at: never whose, and never what it is called.
import type { AuditVerdict } from '@ferry/shared';
import { Counter, Gauge, type Registry } from 'prom-client';
import { LabelledCounter } from './labelled-counter.ts';

/** See store/held-columns.ts. */
type ReceiptRefusal = 'signature-invalid' | 'unwanted' | 'contradicted';
type PlaceState = 'assigned' | 'held' | 'missing' | 'released';

/** What there is at a moment. */
export interface StoreNumbers {
  /** Versions, deliveries among them, and their bytes as they were uploaded. */
  files: number;
  bytes: number;
  /** On all devices together, of columns that count. */
  keptBytes: number;
  places: Record<PlaceState, number>;
  offeredBytes: number;
  /** Those that offer room. */
  devices: Record<'online' | 'away', number>;
}

/** Counting all places takes a while; whoever reads the numbers more often is told those of before. */
const LOOK_AGAIN_MS = 10_000;

export class StoreMetrics {
  readonly receiptsRefused: LabelledCounter<ReceiptRefusal>;
  /** Columns that somebody was asked to keep. */
  readonly placements: LabelledCounter<'asked' | 'released'>;
  readonly accepted: Counter;
  readonly repairs: LabelledCounter<'leased' | 'made'>;
  readonly audits: LabelledCounter<AuditVerdict>;
  readonly quarantines: Counter;
  readonly #registry: Registry;

  constructor(registry: Registry) {
    this.#registry = registry;
    this.receiptsRefused = new LabelledCounter<ReceiptRefusal>({
      registry,
      name: 'ferry_store_receipts_refused_total',
      help: 'Receipts of holders that count for nothing, by why.',
      label: 'reason',
      values: { 'signature-invalid': true, unwanted: true, contradicted: true },
    });
    this.placements = new LabelledCounter<'asked' | 'released'>({
      registry,
      name: 'ferry_store_placements_total',
      help: 'Columns that a device was asked to keep, and those that nobody waits for any more.',
      label: 'step',
      values: { asked: true, released: true },
    });
    this.accepted = new Counter({
      name: 'ferry_store_accepted_total',
      help: 'Uploads that enough people keep for their uploader to leave.',
      registers: [registry],
    });
    this.repairs = new LabelledCounter<'leased' | 'made'>({
      registry,
      name: 'ferry_store_repairs_total',
      help: 'Groups of which columns are made anew: leased to somebody, and made by them.',
      label: 'step',
      values: { leased: true, made: true },
    });
    this.audits = new LabelledCounter<AuditVerdict>({
      registry,
      name: 'ferry_store_audits_total',
      help: 'Chunks that somebody was asked to check, by what they found.',
      label: 'verdict',
      values: { good: true, silent: true, missing: true, wrong: true },
    });
    this.quarantines = new Counter({
      name: 'ferry_store_quarantines_total',
      help: 'Devices that two people had wrong bytes of.',
      registers: [registry],
    });
  }

  /** @param look at what there is now */
  show(look: () => StoreNumbers): void {
    const numbers = remembered(look);
    this.#gauge('ferry_store_files', 'Files in the Store, older versions and deliveries among them.', (gauge) =>
      gauge.set(numbers().files),
    );
    this.#gauge('ferry_store_uploaded_bytes', 'Their bytes, as they were uploaded.', (gauge) =>
      gauge.set(numbers().bytes),
    );
    this.#gauge('ferry_store_kept_bytes', 'Bytes on all devices that keep something of them.', (gauge) =>
      gauge.set(numbers().keptBytes),
    );
    this.#gauge('ferry_store_offered_bytes', 'Room that devices offer, online or not.', (gauge) =>
      gauge.set(numbers().offeredBytes),
    );
    this.#gauge(
      'ferry_store_places',
      'Columns at devices, by state.',
      (gauge) => {
        for (const [state, count] of Object.entries(numbers().places)) gauge.set({ state }, count);
      },
      ['state'],
    );
    this.#gauge(
      'ferry_store_devices',
      'Devices that offer room, by whether they are online.',
      (gauge) => {
        for (const [presence, count] of Object.entries(numbers().devices)) gauge.set({ presence }, count);
      },
      ['presence'],
    );
  }

  #gauge(name: string, help: string, set: (gauge: Gauge) => void, labelNames: string[] = []): void {
    const gauge: Gauge = new Gauge({ name, help, labelNames, registers: [this.#registry], collect: () => set(gauge) });
  }
}

function remembered(look: () => StoreNumbers): () => StoreNumbers {
  let numbers: StoreNumbers | undefined;
  let lookedMs = 0;
  return () => {
    if (numbers && performance.now() - lookedMs < LOOK_AGAIN_MS) return numbers;
    lookedMs = performance.now();
    numbers = look();
    return numbers;
  };
}
