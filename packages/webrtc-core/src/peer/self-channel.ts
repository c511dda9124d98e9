// A channel from this browser to itself, by the paths that one configuration allows: whether they carry anything, and
// how fast. Knows nothing of what that proves.
import { type AttemptLimits, attempt } from './attempt.ts';

export interface SelfChannelOptions extends AttemptLimits {
  configuration: RTCConfiguration;
  createConnection: (configuration: RTCConfiguration) => RTCPeerConnection;
}

/** The first one may still wait for others. */
const ROUNDS = 3;

/**
 * The shortest of three round trips, in milliseconds; null when nothing came through in five seconds.
 * @throws the reason of the signal
 */
export async function selfChannelRoundTripMs({
  configuration,
  createConnection,
  ...limits
}: SelfChannelOptions): Promise<number | null> {
  const caller = createConnection(configuration);
  const callee = createConnection(configuration);
  const roundTripsMs: number[] = [];
  try {
    await attempt(limits, async (end) => {
      measure(caller, callee, limits.clock.now, (tookMs) => {
        if (roundTripsMs.push(tookMs) < ROUNDS) return true;
        end();
        return false;
      });
      await connect(caller, callee);
    });
  } finally {
    caller.close();
    callee.close();
  }
  return roundTripsMs.length === 0 ? null : Math.min(...roundTripsMs);
}

/** @param onRound whether there is to be another one */
function measure(
  caller: RTCPeerConnection,
  callee: RTCPeerConnection,
  now: () => number,
  onRound: (tookMs: number) => boolean,
): void {
  const [here, there] = [caller, callee].map((end) => end.createDataChannel('self', { negotiated: true, id: 0 }));
  if (!here || !there) return;
  let sentAtMs = 0;
  const send = () => {
    sentAtMs = now();
    here.send('?');
  };
  here.onopen = send;
  there.onmessage = () => there.send('!');
  here.onmessage = () => onRound(now() - sentAtMs) && send();
}

async function connect(caller: RTCPeerConnection, callee: RTCPeerConnection): Promise<void> {
  const callerIsKnown = Promise.withResolvers<void>();
  const calleeIsKnown = Promise.withResolvers<void>();
  forward(caller, callee, callerIsKnown.promise);
  forward(callee, caller, calleeIsKnown.promise);
  await caller.setLocalDescription();
  await callee.setRemoteDescription(caller.localDescription!);
  callerIsKnown.resolve();
  await callee.setLocalDescription();
  await caller.setRemoteDescription(callee.localDescription!);
  calleeIsKnown.resolve();
}

/** A candidate cannot be added before the description it belongs to. */
function forward(from: RTCPeerConnection, to: RTCPeerConnection, isKnown: Promise<void>): void {
  from.onicecandidate = ({ candidate }) => {
    // Of a connection that was closed meanwhile, or in a form that this browser does not take: one fewer to try.
    if (candidate) isKnown.then(() => to.addIceCandidate(candidate)).catch(() => {});
  };
}
