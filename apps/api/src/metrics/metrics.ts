// Every number that /metrics shows, by name, in a registry of this server's own. Labels are closed sets: nothing that
// a client says becomes one. Knows neither who counts nor who may read.
import type { NoPathReason, RouteKind, SignalDelivery } from '@ferry/shared';
import { Counter, Gauge, Registry } from 'prom-client';
import { VERSION } from '../version.ts';
import { CatalogMetrics } from './catalog-metrics.ts';
import { HttpMetrics } from './http-metrics.ts';
import { LabelledCounter } from './labelled-counter.ts';
import { processMetrics } from './process-metrics.ts';
import type { SignInOutcome } from './sign-in-outcome.ts';
import { SqliteMetrics } from './sqlite-metrics.ts';
import { StoreMetrics, type StoreNumbers } from './store-metrics.ts';

/** What is not counted but looked at, whenever somebody reads the numbers. */
export interface LiveNumbers {
  online(): { users: number; devices: number };
  openSockets(): number;
  isReady(): boolean;
  listed(): { shareCount: number; fileCount: number };
  stored(): StoreNumbers;
}

export class Metrics {
  readonly #registry = new Registry();
  readonly #registers = [this.#registry];

  readonly catalog = new CatalogMetrics(this.#registry);
  readonly http = new HttpMetrics(this.#registry);
  readonly sqlite = new SqliteMetrics(this.#registry);
  readonly store = new StoreMetrics(this.#registry);

  readonly registrations = new Counter({
    name: 'ferry_registrations_total',
    help: 'People who registered.',
    registers: this.#registers,
  });

  readonly signIns = new LabelledCounter<SignInOutcome>({
    registry: this.#registry,
    name: 'ferry_sign_ins_total',
    help: 'Tries to sign in, by their outcome.',
    label: 'outcome',
    values: {
      succeeded: true,
      'wrong-credentials': true,
      'account-disabled': true,
      'rate-limited': true,
      busy: true,
      failed: true,
    },
  });

  readonly signals = new LabelledCounter<SignalDelivery>({
    registry: this.#registry,
    name: 'ferry_signals_total',
    help: 'Signals from one device to another, by whether that one was online.',
    label: 'delivery',
    values: { delivered: true, offline: true },
  });

  readonly transfersAnnounced = new LabelledCounter<RouteKind>({
    registry: this.#registry,
    name: 'ferry_transfers_announced_total',
    help: 'Transfers announced, by the route between the devices, as senders report it.',
    label: 'route',
    values: { lan: true, direct: true, relayed: true },
  });

  readonly noPath = new LabelledCounter<NoPathReason>({
    registry: this.#registry,
    name: 'ferry_no_path_total',
    help: 'Connections for which no path was found, by reason, as devices report it.',
    label: 'reason',
    values: {
      'connect-timeout': true,
      'ice-failed': true,
      'relay-missing': true,
      'relay-failed': true,
      'candidates-missing': true,
    },
  });

  constructor() {
    const build = { name: 'ferry_build_info', help: 'Always 1; the label says which Ferry this is.' };
    new Gauge({ ...build, labelNames: ['version'], registers: this.#registers }).set({ version: VERSION }, 1);
    processMetrics();
  }

  show({ online, openSockets, isReady, listed, stored }: LiveNumbers): void {
    this.#look('ferry_users_online', 'People with at least one device online.', () => online().users);
    this.#look('ferry_devices_online', 'Devices online.', () => online().devices);
    this.#look('ferry_sockets_open', 'Open WebSockets, also those of pages where nobody signed in.', openSockets);
    this.#look('ferry_ready', '1 when /readyz says so, else 0.', () => (isReady() ? 1 : 0));
    this.#look('ferry_catalog_shares', 'Shares in the catalog.', () => listed().shareCount);
    this.#look('ferry_catalog_files', 'Files listed in the catalog.', () => listed().fileCount);
    this.store.show(stored);
  }

  /** In Prometheus' text format 0.0.4. */
  async text(): Promise<{ contentType: string; body: string }> {
    const all = Registry.merge([this.#registry, processMetrics()]);
    return { contentType: all.contentType, body: await all.metrics() };
  }

  #look(name: string, help: string, value: () => number): void {
    const gauge: Gauge = new Gauge({ name, help, registers: this.#registers, collect: () => gauge.set(value()) });
  }
}
