// One network: a switch in a namespace of its own, and the addresses it has to give. Multicast reaches everybody,
// as mDNS needs, until it is filtered. Knows nothing of what is connected to it.
import { Cable } from './cable.ts';
import { Namespace } from './namespace.ts';

const BRIDGE = 'bridge';
const PREFIX_LENGTH = 24;
/** Less than a busy machine moves: how long a file is on its way then depends on its size alone. */
const MEGABITS = 32;
/** Those below are for what belongs to the network itself. */
const FIRST_ADDRESS = 10;
/** RFC 6762, section 3. */
const MDNS_PORT = 5353;

export class Network {
  /** That of the switch, and of the router when there is one: at home the two are one box. */
  readonly namespace: Namespace;
  readonly #subnet: string;
  #given = 0;

  /** @param subnet the first three numbers of its addresses */
  constructor(subnet: string) {
    this.#subnet = subnet;
    this.namespace = Namespace.create('switch');
    // Without a router that asks who listens, a snooping bridge may hold multicast back.
    this.namespace.ip('link', 'add', BRIDGE, 'type', 'bridge', 'mcast_snooping', '0');
    this.namespace.ip('link', 'set', BRIDGE, 'up');
    this.namespace.ip('address', 'add', `${this.gateway}/${PREFIX_LENGTH}`, 'dev', BRIDGE);
  }

  /** Leads nowhere without a router; but a computer without a default route is one that browsers take for offline. */
  get gateway(): string {
    return `${this.#subnet}.1`;
  }

  get prefixLength(): number {
    return PREFIX_LENGTH;
  }

  /** An address that nobody had before. */
  nextAddress(): string {
    return `${this.#subnet}.${FIRST_ADDRESS + this.#given++}`;
  }

  /** @param port names this end, and must be new to the switch */
  connect(namespace: Namespace, device: string, port: string): Cable {
    const cable = new Cable({ namespace, device }, { namespace: this.namespace, device: port }, MEGABITS);
    this.namespace.ip('link', 'set', port, 'master', BRIDGE);
    return cable;
  }

  /** Names of computers are no longer found, as on company networks that filter multicast. */
  blockMdns(): void {
    this.namespace.nft(
      `add table bridge mdns; add chain bridge mdns passing { type filter hook forward priority 0; };
       add rule bridge mdns passing udp dport ${MDNS_PORT} drop`,
    );
  }

  dispose(): void {
    this.namespace.delete();
  }
}
