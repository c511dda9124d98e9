// What an examination of this device's paths may find, step by step, as plain data. Knows neither how it is found
// nor how it is said.

/** How this device is seen from outside (RFC 4787, section 4.1). */
export type NatMapping =
  /** The address outside is the one inside: there is no translation. */
  | 'none'
  /** The same outer address whoever is asked: direct paths through it usually open. */
  | 'endpoint-independent'
  /** Another outer address for each destination: direct paths open only to whoever has none of these, too. */
  | 'endpoint-dependent'
  /** Fewer than two servers answered. */
  | 'unknown';

export type PathFinding =
  | {
      step: 'host';
      outcome: 'ok' | 'none';
      /** How many addresses this browser offers for the same network. */
      count: number;
      families: ('ipv4' | 'ipv6')[];
      /** Their addresses are hidden behind mDNS names (draft-ietf-mmusic-mdns-ice-candidates). */
      areHidden: boolean;
    }
  | {
      /** Two connections of this very browser, host candidates only: whether hidden names are resolved here. */
      step: 'same-network';
      outcome: 'ok' | 'failed' | 'skipped';
      roundTripMs: number | null;
    }
  | {
      step: 'stun';
      url: string;
      outcome: 'ok' | 'silent' | 'refused';
      /** `address:port` as that server sees this device. */
      outerAddress: string | null;
      /** Of `icecandidateerror`: a STUN code such as 401, or 701 when nothing answered. */
      errorCode: number | null;
      tookMs: number;
    }
  | { step: 'nat'; mapping: NatMapping }
  | {
      step: 'relay';
      url: string;
      transport: 'udp' | 'tcp' | 'tls';
      outcome: 'ok' | 'silent' | 'refused';
      errorCode: number | null;
      tookMs: number;
    }
  | {
      /** A channel to itself through the relay: that it also forwards what it is given. */
      step: 'relayed-data';
      outcome: 'ok' | 'failed' | 'skipped';
      url: string | null;
      roundTripMs: number | null;
    };

export type PathStep = PathFinding['step'];
