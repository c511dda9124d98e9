// What a certificate authority says it can vouch for (RFC 5280, 4.2.1.10): written into a root, and read out of
// one. Knows no keys and no files.
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  Certificate,
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_nameConstraints,
  NameConstraints,
} from '@peculiar/asn1-x509';

export const NAME_CONSTRAINTS = id_ce_nameConstraints;

/** Only these, and what is below or inside them. */
export interface Permitted {
  dnsNames: string[];
  /** In CIDR notation. */
  networks: string[];
}

/** @returns the extension's value in DER */
export function encodeNameConstraints({ dnsNames, networks }: Permitted): ArrayBuffer {
  const names = [
    ...dnsNames.map((dNSName) => new GeneralName({ dNSName })),
    ...networks.map((iPAddress) => new GeneralName({ iPAddress })),
  ];
  const subtrees = names.map((base) => new GeneralSubtree({ base }));
  return AsnConvert.serialize(new NameConstraints({ permittedSubtrees: new GeneralSubtrees(subtrees) }));
}

/**
 * @param der a certificate
 * @returns undefined for an authority that could vouch for any name or any address: a kind of name that is not
 * listed is free, and a constraint that is not critical may be passed over
 */
export function permittedBy(der: Uint8Array): Permitted | undefined {
  const { extensions = [] } = AsnConvert.parse(der, Certificate).tbsCertificate;
  const found = extensions.find(({ extnID }) => extnID === NAME_CONSTRAINTS);
  if (!found?.critical) return undefined;
  const subtrees = AsnConvert.parse(found.extnValue, NameConstraints).permittedSubtrees ?? [];
  const dnsNames = subtrees.flatMap(({ base }) => base.dNSName ?? []);
  const networks = subtrees.flatMap(({ base }) => base.iPAddress ?? []);
  // An empty name stands for all of them.
  if (dnsNames.length === 0 || networks.length === 0 || dnsNames.includes('')) return undefined;
  return { dnsNames, networks };
}

/** Whether a name is one of the permitted ones or below it. */
export function permitsName({ dnsNames }: Permitted, name: string): boolean {
  return dnsNames.some((permitted) => name === permitted || name.endsWith(`.${permitted}`));
}
