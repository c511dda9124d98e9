// What a step of the check comes to, as a closed set of codes. The page has words for each, and for each trouble also
// what it means and how who can end it.

/** As it should be. */
export type FineCode =
  | 'secure'
  | 'serverReached'
  | 'clockAgrees'
  | 'permissionGranted'
  | 'permissionUnasked'
  | 'addressesHidden'
  | 'addressesShown'
  | 'sameNetworkWorks'
  | 'seenAs'
  | 'notTranslated'
  | 'translationSteady'
  | 'udpOpen'
  | 'credentialsAccepted'
  | 'relayAnswers'
  | 'dataArrives';

export type TroubleCode =
  | 'insecure'
  | 'serverSlow'
  | 'serverWithoutSocket'
  | 'serverSilent'
  | 'clockBehind'
  | 'clockAhead'
  | 'relayOnly'
  | 'permissionAsks'
  | 'permissionDenied'
  | 'noAddresses'
  | 'sameNetworkFails'
  | 'noStun'
  | 'stunSilent'
  | 'stunRefuses'
  | 'translationChanges'
  | 'translationUnknown'
  | 'udpBlocked'
  | 'noRelay'
  | 'credentialsRefused'
  | 'relayFull'
  | 'relaySilent'
  | 'relayRefuses'
  | 'dataLost';

/** Who can end a trouble. */
export type Who = 'you' | 'network' | 'operator';

export const WHO: Record<TroubleCode, Who> = {
  insecure: 'operator',
  serverSlow: 'network',
  serverWithoutSocket: 'network',
  serverSilent: 'you',
  clockBehind: 'you',
  clockAhead: 'you',
  relayOnly: 'you',
  permissionAsks: 'you',
  permissionDenied: 'you',
  noAddresses: 'you',
  sameNetworkFails: 'network',
  noStun: 'operator',
  stunSilent: 'network',
  stunRefuses: 'operator',
  translationChanges: 'network',
  translationUnknown: 'operator',
  udpBlocked: 'network',
  noRelay: 'operator',
  credentialsRefused: 'operator',
  relayFull: 'operator',
  relaySilent: 'network',
  relayRefuses: 'operator',
  dataLost: 'operator',
};

/** `note`: worth knowing, and works all the same. */
export type Tone = 'fine' | 'note' | 'wrong';

export interface Facts {
  /** Fills in the words. */
  named?: Record<string, string | number>;
  /** Chooses their plural form. */
  count?: number;
}

export type Conclusion = Facts & ({ tone: 'fine'; code: FineCode } | { tone: 'note' | 'wrong'; code: TroubleCode });

export function fine(code: FineCode, facts: Facts = {}): Conclusion {
  return { tone: 'fine', code, ...facts };
}
export function note(code: TroubleCode, facts: Facts = {}): Conclusion {
  return { tone: 'note', code, ...facts };
}
export function wrong(code: TroubleCode, facts: Facts = {}): Conclusion {
  return { tone: 'wrong', code, ...facts };
}
