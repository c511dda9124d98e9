// What is found out about a relay's certificate, as findings. Pure: the verdict is given.
import type { ServerCheck } from '@ferry/shared';
import type { CertificateVerdict } from '../turn/certificate.ts';
import type { TurnTarget } from '../turn/turn-url.ts';
import { found } from './found.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** ACME renews thirty days ahead: what comes this far is not being renewed. */
const ENDING_DAYS = 14;

export function certificateFindings(
  { url, host }: TurnTarget,
  verdict: CertificateVerdict,
  nowMs: number,
): ServerCheck[] {
  const { endsAtMs, wrongNames: names, untrusted } = verdict;
  const daysLeft = Math.floor((endsAtMs - nowMs) / DAY_MS);
  const ends = { url, endsAt: new Date(endsAtMs).toISOString(), daysLeft };
  const faults: ServerCheck[] = [];
  if (daysLeft < 0) faults.push(found('relay.certificate-expired', 'problem', ends));
  if (names !== undefined) faults.push(found('relay.certificate-wrong-name', 'problem', { url, host, names }));
  if (untrusted?.kind === 'self-signed') faults.push(found('relay.certificate-self-signed', 'problem', { url }));
  if (untrusted?.kind === 'untrusted') {
    const { issuer, error } = untrusted;
    faults.push(found('relay.certificate-untrusted', 'problem', { url, issuer, error }));
  }
  if (faults.length > 0) return faults;
  return [
    daysLeft < ENDING_DAYS
      ? found('relay.certificate-ending', 'warning', ends)
      : found('relay.certificate-ok', 'ok', ends),
  ];
}
