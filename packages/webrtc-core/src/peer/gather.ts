// Gathers candidates with one configuration, on a connection of its own that nobody ever connects to. Knows nothing of
// what they are wanted for.
import { type AttemptLimits, attempt } from './attempt.ts';
import { type Candidate, readCandidate } from './candidate.ts';

export interface GatherOptions extends AttemptLimits {
  configuration: RTCConfiguration;
  createConnection: (configuration: RTCConfiguration) => RTCPeerConnection;
  /** What it is done for; when it is found, little more is waited for. Everything when absent. */
  isWanted?: (candidate: Candidate) => boolean;
}

export interface Gathered {
  candidates: Candidate[];
  /** Of `icecandidateerror`: STUN's codes (RFC 8489, section 14.8), and 701 where there was no answer. */
  errorCodes: number[];
  /** The browser said that there are no more. */
  isComplete: boolean;
  /** Until what was wanted came, or until the end. */
  tookMs: number;
}

/** The other address family's answer comes at about the same time. */
const GRACE_MS = 300;

/** @throws DOMException for a configuration that the browser does not take; the reason of the signal */
export async function gather({
  configuration,
  createConnection,
  isWanted,
  ...limits
}: GatherOptions): Promise<Gathered> {
  const { clock } = limits;
  const connection = createConnection(configuration);
  const gathered: Gathered = { candidates: [], errorCodes: [], isComplete: false, tookMs: 0 };
  const startedAtMs = clock.now();
  let foundAtMs: number | undefined;
  let cancelGrace: (() => void) | undefined;
  try {
    await attempt(limits, async (end) => {
      connection.onicecandidateerror = ({ errorCode }) => gathered.errorCodes.push(errorCode);
      connection.onicecandidate = (event) => {
        if (!event.candidate) {
          gathered.isComplete = true;
          return end();
        }
        const candidate = readCandidate(event.candidate.candidate);
        if (!candidate) return;
        gathered.candidates.push(candidate);
        if (foundAtMs !== undefined || !isWanted?.(candidate)) return;
        foundAtMs = clock.now();
        cancelGrace = clock.after(GRACE_MS, end);
      };
      connection.createDataChannel('gather');
      await connection.setLocalDescription();
    });
  } finally {
    cancelGrace?.();
    connection.close();
  }
  gathered.tookMs = (foundAtMs ?? clock.now()) - startedAtMs;
  return gathered;
}
