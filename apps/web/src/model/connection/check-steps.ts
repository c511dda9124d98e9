// The check as its reader sees it: steps in the order in which they are asked, each with what it came to. While the
// check runs, the first that has come to nothing yet is being checked; those after it are not shown before they have.
import {
  type Concluded,
  concludeAddresses,
  concludeClock,
  concludePage,
  concludePermission,
  concludePolicy,
  concludeSameNetwork,
  concludeServer,
} from './conclude-device.ts';
import { concludeOutside, concludeTranslation, concludeUdp } from './conclude-outside.ts';
import { concludeCredentials, concludeRelayBy, concludeRelayedData } from './conclude-relay.ts';
import type { Conclusion, Tone } from './conclusion.ts';
import type { Finding } from './finding.ts';

const STEPS = {
  page: concludePage,
  server: concludeServer,
  clock: concludeClock,
  policy: concludePolicy,
  addresses: concludeAddresses,
  permission: concludePermission,
  sameNetwork: concludeSameNetwork,
  outside: concludeOutside,
  translation: concludeTranslation,
  udp: concludeUdp,
  relay: concludeCredentials,
  relayByUdp: concludeRelayBy('udp'),
  relayByTcp: concludeRelayBy('tcp'),
  relayByTls: concludeRelayBy('tls'),
  relayedData: concludeRelayedData,
} satisfies Record<string, (findings: readonly Finding[], isDone: boolean) => Concluded>;

export type CheckStepId = keyof typeof STEPS;

export interface CheckStep {
  id: CheckStepId;
  /** Null while it is being checked. */
  conclusion: Conclusion | null;
}

const URGENCY: Record<Tone, number> = { wrong: 0, note: 1, fine: 2 };

/** What stands in the way first, for whoever reads a check that is over. */
export function byUrgency(steps: readonly CheckStep[]): CheckStep[] {
  const rank = ({ conclusion }: CheckStep) => (conclusion ? URGENCY[conclusion.tone] : 0);
  return steps.toSorted((a, b) => rank(a) - rank(b));
}

/** @param isDone there will be no more findings */
export function checkSteps(findings: readonly Finding[], isDone: boolean): CheckStep[] {
  const ids = Object.keys(STEPS) as CheckStepId[];
  const concluded = ids.map((id) => ({ id, conclusion: STEPS[id](findings, isDone) }));
  const current = isDone ? undefined : concluded.find(({ conclusion }) => conclusion === null);
  return concluded.filter(
    (step): step is CheckStep => step === current || (step.conclusion !== null && step.conclusion !== 'omitted'),
  );
}
