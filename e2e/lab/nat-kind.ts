// What a site's router does with what passes through it, as rules for nftables. Pure; knows no router.

export type NatKind =
  /** One outer port for one inner port, and only who was written to may answer: most homes. */
  | 'cone'
  /** As `cone`, but everybody may write to the port: a home with its ports forwarded. */
  | 'full'
  /** Another outer port for each destination, which nobody can know beforehand: large offices, mobile networks. */
  | 'sym'
  /** As `cone`, but UDP is not let through. */
  | 'noudp'
  /** As `noudp`, and TURN's usual port is closed as well: hotels that know the web only. */
  | 'tls-only';

export interface NatRulesOptions {
  kind: NatKind;
  /** The network device that leads outside. */
  uplink: string;
  /** Where `full` sends what nobody asked for. */
  insideAddress: string;
}

/** What is dropped although it comes from inside. */
const DROPPED: Record<NatKind, string[]> = {
  cone: [],
  full: [],
  sym: [],
  noudp: ['meta l4proto udp'],
  'tls-only': ['meta l4proto udp', 'tcp dport 3478'],
};

/** @returns commands for `nft`, for a network namespace without rules */
export function natRules({ kind, uplink, insideAddress }: NatRulesOptions): string {
  const dropped = DROPPED[kind].map((match) => `add rule ip site passing ${match} drop;`).join('\n');
  // Without a choice of its own the kernel keeps the port that was used inside, as far as it is free.
  const translation = kind === 'sym' ? 'masquerade random,fully-random' : 'masquerade';
  const forwarding = `
    add chain ip site before { type nat hook prerouting priority dstnat; };
    add rule ip site before iifname "${uplink}" udp dport 1024-65535 dnat to ${insideAddress};`;
  // What arrives unasked must be dropped, not refused: a refusal would be remembered as a conversation of the
  // router's own, and the port taken away from the computer behind it.
  return `
    add table ip site;
    add chain ip site arriving { type filter hook input priority filter; };
    add rule ip site arriving iifname "${uplink}" ct state new drop;
    add chain ip site passing { type filter hook forward priority filter; };
    ${dropped}
    add rule ip site passing iifname "${uplink}" ct state new ct status & dnat != dnat drop;
    add chain ip site after { type nat hook postrouting priority srcnat; };
    add rule ip site after oifname "${uplink}" ${translation};
    ${kind === 'full' ? forwarding : ''}`;
}
