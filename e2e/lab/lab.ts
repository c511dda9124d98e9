// A network laboratory: computers and the networks between them, made from Linux namespaces and gone after
// the test. Needs root. Knows nothing of browsers and servers.
import { Host } from './host.ts';
import { Namespace } from './namespace.ts';
import { Network } from './network.ts';

export class Lab<Name extends string = string> {
  readonly #networks: Network[];
  readonly #hosts: Map<Name, Host>;

  private constructor(networks: Network[], hosts: Map<Name, Host>) {
    this.#networks = networks;
    this.#hosts = hosts;
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

  host(name: Name): Host {
    const host = this.#hosts.get(name);
    if (!host) throw new Error(`No computer in this lab is called ${name}`);
    return host;
  }

  /** Removes everything, with whatever still runs in it. */
  dispose(): void {
    for (const host of this.#hosts.values()) host.dispose();
    for (const network of this.#networks) network.dispose();
  }
}
