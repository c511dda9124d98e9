// A computer on a local network, and what happens to its connection. Programs are started inside it by
// `command`. Knows nothing of browsers and servers.
import type { Cable } from './cable.ts';
import { Namespace } from './namespace.ts';
import type { Network } from './network.ts';

const DEVICE = 'eth0';

export class Host {
  readonly #namespace: Namespace;
  readonly #network: Network;
  readonly #cable: Cable;
  #address: string;

  constructor(name: string, network: Network) {
    this.#namespace = Namespace.create(name);
    this.#network = network;
    this.#namespace.ip('link', 'set', 'lo', 'up');
    this.#cable = network.connect(this.#namespace, DEVICE, name);
    this.#address = network.nextAddress();
    this.#configure();
  }

  get address(): string {
    return this.#address;
  }

  get namespace(): string {
    return this.#namespace.name;
  }

  /** The same program, but on this computer. */
  command(program: string, args: string[]): [program: string, args: string[]] {
    return this.#namespace.command(program, args);
  }

  /** Runs a program on this computer and waits for its end. */
  run(program: string, ...args: string[]): void {
    this.#namespace.run(program, ...args);
  }

  /** The cable is pulled out: the computer notices. */
  unplug(): void {
    this.#cable.unplug();
  }

  plug(): void {
    this.#cable.plug();
  }

  /** Nothing gets through any more, and nobody is told. */
  mute(): void {
    this.#cable.mute();
  }

  unmute(): void {
    this.#cable.unmute();
  }

  /** Another address in the place of the old one, as after a change from cable to wireless. */
  changeAddress(): void {
    this.#namespace.ip('address', 'flush', 'dev', DEVICE, 'scope', 'global');
    this.#address = this.#network.nextAddress();
    this.#configure();
  }

  dispose(): void {
    this.#namespace.delete();
  }

  #configure(): void {
    const { gateway, prefixLength } = this.#network;
    this.#namespace.ip('address', 'add', `${this.#address}/${prefixLength}`, 'dev', DEVICE);
    this.#namespace.ip('route', 'replace', 'default', 'via', gateway, 'dev', DEVICE);
  }
}
