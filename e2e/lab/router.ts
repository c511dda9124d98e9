// What connects a site to the public network: translates addresses in one of several ways, and fails in others.
// Knows nothing of the computers behind it.
import type { Cable } from './cable.ts';
import { type NatKind, natRules } from './nat-kind.ts';
import type { Network } from './network.ts';

const UPLINK = 'uplink';

export interface RouterOptions {
  name: string;
  kind: NatKind;
  inside: Network;
  outside: Network;
  /** The computer that is open to everybody when the kind is `full`. */
  insideAddress: string;
}

export class Router {
  readonly #inside: Network;
  readonly #outside: Network;
  readonly #cable: Cable;
  #address = '';

  constructor({ name, kind, inside, outside, insideAddress }: RouterOptions) {
    this.#inside = inside;
    this.#outside = outside;
    // Rules first: what passed before them would be remembered untranslated.
    inside.namespace.nft(natRules({ kind, uplink: UPLINK, insideAddress }));
    inside.namespace.run('sysctl', '-q', '-w', 'net.ipv4.ip_forward=1');
    this.#cable = outside.connect(inside.namespace, UPLINK, name);
    this.#configure();
  }

  /** By which the site is known outside. */
  get address(): string {
    return this.#address;
  }

  /** The line to the provider is down: the computers behind keep their own cables and notice nothing. */
  unplug(): void {
    this.#cable.unplug();
  }

  plug(): void {
    this.#cable.plug();
  }

  /** Another address outside, as after a provider's nightly reconnection. */
  changeAddress(): void {
    this.#inside.namespace.ip('address', 'flush', 'dev', UPLINK, 'scope', 'global');
    this.#configure();
  }

  /** It forgets every conversation, as when it is restarted. */
  forgetConversations(): void {
    this.#inside.namespace.run('conntrack', '--flush');
  }

  #configure(): void {
    const { gateway, prefixLength } = this.#outside;
    const { namespace } = this.#inside;
    this.#address = this.#outside.nextAddress();
    namespace.ip('address', 'add', `${this.#address}/${prefixLength}`, 'dev', UPLINK);
    namespace.ip('route', 'replace', 'default', 'via', gateway, 'dev', UPLINK);
  }
}
