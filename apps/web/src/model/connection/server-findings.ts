// What an admin is shown of a server's report: its checks as they come, and one that only the page can make, since the
// server has no other clock to compare its own with. Pure.
import type { ServerCheck, ServerCheckCode, ServerCheckOutcome, ServerFindings, ServerReport } from '@ferry/shared';
import { deviceClock } from './clock-skew.ts';

type ClockCode = 'clock.agrees' | 'clock.behind' | 'clock.ahead';

interface ClockCheck {
  id: 'clock';
  code: ClockCode;
  outcome: 'ok' | 'warning';
  facts: { minutes: number };
}

export type ShownCheck = ServerCheck | ClockCheck;

/** Something is to be done about these. */
export type UnsoundCode =
  | {
      [Code in ServerCheckCode]: ServerFindings[Code]['outcome'] extends 'ok' ? never : Code;
    }[ServerCheckCode]
  | Exclude<ClockCode, 'clock.agrees'>;

const URGENCY: Record<ServerCheckOutcome, number> = { problem: 0, warning: 1, off: 2, ok: 3 };

/**
 * What is to be done first, then what is well.
 * @param answeredAtMs when the report came, by this device's clock
 */
export function shownChecks({ checks, checkedAt }: ServerReport, answeredAtMs: number): ShownCheck[] {
  const all = [...checks, clockCheck(checkedAt - answeredAtMs)];
  return all.toSorted((a, b) => URGENCY[a.outcome] - URGENCY[b.outcome]);
}

function clockCheck(serverAheadMs: number): ClockCheck {
  const { is, minutes } = deviceClock(serverAheadMs);
  if (is === 'right') return { id: 'clock', code: 'clock.agrees', outcome: 'ok', facts: { minutes } };
  // Seen from the server, it is the other way round.
  return {
    id: 'clock',
    code: is === 'behind' ? 'clock.ahead' : 'clock.behind',
    outcome: 'warning',
    facts: { minutes },
  };
}

export function isUnsound(check: ShownCheck): check is Extract<ShownCheck, { code: UnsoundCode }> {
  return check.outcome !== 'ok';
}
