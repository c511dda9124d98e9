// Which of this computer's addresses another one can use, the likeliest first. Pure: is given what the system says.
import type { NetworkInterfaceInfo } from 'node:os';
import { isPrivateAddress } from '../addresses/private-networks.ts';

/** In the order in which they are offered. */
const KINDS = ['network', 'self-assigned', 'vpn', 'virtual', 'loopback'] as const;

export interface LanAddress {
  address: string;
  family: 4 | 6;
  /** As the system calls it: `eth0`, `Wi-Fi`. */
  interfaceName: string;
  kind: (typeof KINDS)[number];
}

export type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

const VPN = /^(tun|tap|utun|wg|ppp|ipsec|zt|tailscale|nordlynx|proton|zerotier|openvpn|wireguard)/i;
/** Bridges to containers and virtual machines on this computer, where nobody else is. */
const VIRTUAL =
  /^(docker|br-|veth|vethernet|virbr|vnet|vmnet|vmware|vboxnet|virtualbox|bridge\d|podman|cni|flannel|cali|lxc|lxd|incus|kube|hyper-v)/i;

/** Those in private networks, which are the ones that a certificate is made for. */
export function lanAddresses(interfaces: Interfaces): LanAddress[] {
  const found = allOf(interfaces).filter(({ address }) => isPrivateAddress(address));
  const rank = ({ kind, family }: LanAddress) => KINDS.indexOf(kind) * 10 + family;
  return found.toSorted((one, other) => rank(one) - rank(other));
}

/** IPv4 addresses of the internet: some networks use their own, and no certificate is made for them. */
export function publicAddresses(interfaces: Interfaces): string[] {
  const found = allOf(interfaces).filter(({ address, family }) => family === 4 && !isPrivateAddress(address));
  return found.map(({ address }) => address);
}

function allOf(interfaces: Interfaces): LanAddress[] {
  return Object.entries(interfaces).flatMap(([interfaceName, infos = []]) =>
    infos
      // Link-local IPv6 addresses mean nothing without a zone, which no address bar takes.
      .filter(({ scopeid }) => !scopeid)
      .map((info) => ({
        address: info.address,
        family: info.family === 'IPv6' ? (6 as const) : (4 as const),
        interfaceName,
        kind: kindOf(interfaceName, info),
      })),
  );
}

function kindOf(interfaceName: string, { internal, address }: NetworkInterfaceInfo): LanAddress['kind'] {
  if (internal) return 'loopback';
  if (VIRTUAL.test(interfaceName)) return 'virtual';
  if (VPN.test(interfaceName)) return 'vpn';
  return address.startsWith('169.254.') ? 'self-assigned' : 'network';
}
