// Ferry as infra/compose.yaml runs it, on one computer of the lab: the API, Caddy and the relay, or some of them.
// Knows nothing of who uses it.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Host } from '../lab/host.ts';
import { readServices } from './compose-file.ts';
import { Mounts } from './mounts.ts';
import { ServiceProcess } from './service-process.ts';

export type ServiceName = 'ferry' | 'caddy' | 'coturn';

/** As `openssl rand -hex 32` makes them. */
export const TURN_SECRET = '6f1d2a90c3b84e57a1d0f2c49be8735d6f1d2a90c3b84e57a1d0f2c49be8735d';

export interface InstallationOptions {
  /** In the order in which they start. */
  services?: ServiceName[];
  /** What .env says, besides the secret and the relay's address. */
  settings: Record<string, string>;
  /** More variables for each service, over compose's: a test's own. */
  environment?: Record<string, string>;
}

export class Installation {
  /** Where volumes are, and `certificates`, as beside compose.yaml. */
  readonly folder = mkdtempSync(join(tmpdir(), 'ferry-installation-'));
  readonly #services: Map<ServiceName, ServiceProcess>;

  /** Starts nothing yet. */
  constructor(host: Host, { services = ['ferry', 'caddy', 'coturn'], settings, environment }: InstallationOptions) {
    chmodSync(this.folder, 0o711);
    const usual = { TURN_SECRET, TURN_PUBLIC_ADDRESS: host.address };
    const all = readServices({ ...usual, ...settings });
    this.#services = new Map(
      services.map((name) => {
        const service = all[name]!;
        service.environment = { ...service.environment, ...environment };
        return [name, new ServiceProcess(host, service, new Mounts(service, this.folder))];
      }),
    );
  }

  service(name: ServiceName): ServiceProcess {
    const service = this.#services.get(name);
    if (!service) throw new Error(`This installation has no ${name}`);
    return service;
  }

  async start(): Promise<void> {
    for (const service of this.#services.values()) service.start();
    for (const service of this.#services.values()) await service.untilHealthy();
  }

  /** @throws Error when one does not end in order */
  async dispose(): Promise<void> {
    const codes = await Promise.all([...this.#services.values()].map((service) => service.stop()));
    rmSync(this.folder, { recursive: true, force: true });
    if (codes.some((code) => code !== 0 && code !== undefined)) throw new Error(`Exit codes are ${codes.join(', ')}`);
  }
}
