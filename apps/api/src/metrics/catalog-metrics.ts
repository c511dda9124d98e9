// What people ask of the catalog, counted: never what they look for, and never what it is called.
import type { Grant } from '@ferry/shared';
import type { TRPCError } from '@trpc/server';
import { Counter, Histogram, type Registry } from 'prom-client';
import { Refusal } from '../trpc/error.ts';
import { LabelledCounter } from './labelled-counter.ts';

/** `refused` is the client's fault, `failed` the server's own. */
type SearchOutcome = 'answered' | 'rate-limited' | 'busy' | 'refused' | 'failed';
type PublishOutcome = 'accepted' | 'rate-limited' | 'busy' | 'too-many' | 'revision-mismatch' | 'refused' | 'failed';

/** Seconds: from an index in memory to what makes somebody type the words again. */
const BUCKETS_S = [0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 5];

export class CatalogMetrics {
  readonly grants: LabelledCounter<Grant['role']>;
  /** In pages that were accepted. */
  readonly entries: Counter;
  readonly #searches: LabelledCounter<SearchOutcome>;
  readonly #searchSeconds: Histogram;
  readonly #publishes: LabelledCounter<PublishOutcome>;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#searches = new LabelledCounter<SearchOutcome>({
      registry,
      name: 'ferry_catalog_searches_total',
      help: 'Searches of the catalog, by their outcome.',
      label: 'outcome',
      values: { answered: true, 'rate-limited': true, busy: true, refused: true, failed: true },
    });
    this.#searchSeconds = new Histogram({
      name: 'ferry_catalog_search_seconds',
      help: 'Time from a search to its page of results, of those that were answered.',
      buckets: BUCKETS_S,
      registers,
    });
    this.#publishes = new LabelledCounter<PublishOutcome>({
      registry,
      name: 'ferry_catalog_publishes_total',
      help: 'Pages of files that devices told the catalog, by their outcome.',
      label: 'outcome',
      values: {
        accepted: true,
        'rate-limited': true,
        busy: true,
        'too-many': true,
        'revision-mismatch': true,
        refused: true,
        failed: true,
      },
    });
    this.entries = new Counter({
      name: 'ferry_catalog_published_files_total',
      help: 'Files in the pages that were accepted: new, changed and removed ones.',
      registers,
    });
    this.grants = new LabelledCounter<Grant['role']>({
      registry,
      name: 'ferry_catalog_grants_total',
      help: 'Leave given to fetch from a device, by what that device is: the owner, another owner, or a holder.',
      label: 'role',
      values: { owner: true, copy: true, holder: true },
    });
  }

  searched(result: Result, seconds: number): void {
    this.#searches.count(result.ok ? 'answered' : outcomeOfSearch(result.error));
    if (result.ok) this.#searchSeconds.observe(seconds);
  }

  published(result: Result): void {
    this.#publishes.count(result.ok ? 'accepted' : outcomeOfPublish(result.error));
  }
}

/** What became of a procedure. */
type Result = { ok: true } | { ok: false; error: TRPCError };

function outcomeOfSearch(error: TRPCError): Exclude<SearchOutcome, 'answered'> {
  const code = error instanceof Refusal ? error.ferryCode : undefined;
  if (code === 'rate-limited' || code === 'busy') return code;
  return error.code === 'INTERNAL_SERVER_ERROR' ? 'failed' : 'refused';
}

function outcomeOfPublish(error: TRPCError): PublishOutcome {
  const code = error instanceof Refusal ? error.ferryCode : undefined;
  return code === 'too-many' || code === 'revision-mismatch' ? code : outcomeOfSearch(error);
}
