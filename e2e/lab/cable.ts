// What connects a namespace to a switch, and what can happen to it: it is pulled, or it goes dead without
// anybody being told. Knows nothing of addresses.
import type { Namespace } from './namespace.ts';

/** What is sent faster waits this long at most, as in any switch. */
const QUEUE = ['burst', '32kb', 'latency', '100ms'];

export interface CableEnd {
  namespace: Namespace;
  /** The network device's name there. */
  device: string;
}

export class Cable {
  readonly #ends: [CableEnd, CableEnd];
  readonly #switchEnd: CableEnd;

  /**
   * @param switchEnd the end that is pulled, so that the other one loses its carrier, as a computer's socket does
   * @param megabits how much it carries in a second, in each direction
   */
  constructor(computerEnd: CableEnd, switchEnd: CableEnd, megabits: number) {
    this.#ends = [computerEnd, switchEnd];
    this.#switchEnd = switchEnd;
    const peer = ['peer', 'name', switchEnd.device, 'netns', switchEnd.namespace.name];
    computerEnd.namespace.ip('link', 'add', computerEnd.device, 'type', 'veth', ...peer);
    for (const { namespace, device } of this.#ends) {
      namespace.tc('qdisc', 'add', 'dev', device, 'root', 'tbf', 'rate', `${megabits}mbit`, ...QUEUE);
      namespace.ip('link', 'set', device, 'up');
    }
  }

  /** Pulled out: the computer notices at once that its carrier is gone, and keeps its address. */
  unplug(): void {
    this.#switchEnd.namespace.ip('link', 'set', this.#switchEnd.device, 'down');
  }

  plug(): void {
    this.#switchEnd.namespace.ip('link', 'set', this.#switchEnd.device, 'up');
  }

  /**
   * Nothing gets through in either direction, and neither side is told. Each end drops what arrives: a packet
   * dropped where it is sent would be an error to the program that sends it.
   */
  mute(): void {
    for (const { namespace, device } of this.#ends) {
      const hook = `type filter hook ingress device "${device}" priority 0; policy drop;`;
      namespace.nft(`add table netdev mute-${device}; add chain netdev mute-${device} arriving { ${hook} }`);
    }
  }

  unmute(): void {
    for (const { namespace, device } of this.#ends) namespace.nft(`delete table netdev mute-${device}`);
  }
}
