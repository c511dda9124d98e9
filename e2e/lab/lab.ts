// A network laboratory: computers and the networks between them, made from Linux namespaces and gone after
// the test. Needs root. Knows nothing of browsers and servers.
import { Host } from './host.ts';
import { Namespace } from './namespace.ts';
import type { NatKind } from './nat-kind.ts';
import { Network } from './network.ts';
import { Router } from './router.ts';

/** Of the ranges that are for examples (RFC 5737): nothing takes it for private. */
const PUBLIC_SUBNET = '198.51.100';
export const PUBLIC_RANGE = `${PUBLIC_SUBNET}.0-${PUBLIC_SUBNET}.255`;
/** The same at every site, as in so many homes. */
const SITE_SUBNET = '192.168.1';

export class Lab<Name extends string = string> {
  readonly #networks: Network[];
  readonly #hosts: Map<string, Host>;
  readonly #routers: Map<string, Router>;

  private constructor(networks: Network[], hosts: Map<string, Host>, routers = new Map<string, Router>()) {
    this.#networks = networks;
    this.#hosts = hosts;
    this.#routers = routers;
  }

  /**
   * Computers on one local network, without a way out of it.
   * @example
   * const lab = Lab.lan(['alice', 'server']);
   * lab.host('alice').unplug();
   * lab.dispose();
   */
  static lan<Name extends string>(names: Name[]): Lab<Name> {
    Namespace.deleteLeftovers();
    const network = new Network('10.77.0');
    return new Lab([network], new Map(names.map((name) => [name, new Host(name, network)])));
  }

  /**
   * Computers each at a site of its own, behind a router of its own, and others on the public network between them.
   * @example
   * const lab = Lab.sites({ alice: 'cone', bob: 'sym' }, ['server']);
   * lab.router('bob').forgetConversations();
   * lab.dispose();
   */
  static sites<Away extends string, Public extends string>(
    kinds: Record<Away, NatKind>,
    names: Public[],
  ): Lab<Away | Public> {
    Namespace.deleteLeftovers();
    const outside = new Network(PUBLIC_SUBNET);
    const networks = [outside];
    const hosts = new Map<string, Host>(names.map((name) => [name, new Host(name, outside)]));
    const routers = new Map<string, Router>();
    for (const [name, kind] of Object.entries<NatKind>(kinds)) {
      const inside = new Network(SITE_SUBNET);
      const host = new Host(name, inside);
      networks.push(inside);
      hosts.set(name, host);
      routers.set(name, new Router({ name, kind, inside, outside, insideAddress: host.address }));
    }
    return new Lab<Away | Public>(networks, hosts, routers);
  }

  host(name: Name): Host {
    const host = this.#hosts.get(name);
    if (!host) throw new Error(`No computer in this lab is called ${name}`);
    return host;
  }

  /** What stands between this computer and the public network. */
  router(name: Name): Router {
    const router = this.#routers.get(name);
    if (!router) throw new Error(`No router stands before ${name}`);
    return router;
  }

  /** Names of computers are not found on any of its networks. */
  blockMdns(): void {
    for (const network of this.#networks) network.blockMdns();
  }

  /** Removes everything, with whatever still runs in it. */
  dispose(): void {
    for (const host of this.#hosts.values()) host.dispose();
    for (const network of this.#networks) network.dispose();
  }
}
