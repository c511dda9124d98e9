// Uses a relay as a browser would, from its certificate to an address of its own and back, and tells what came of it.
import type { ServerCheck } from '@ferry/shared';
import { certificateVerdict } from '../turn/certificate.ts';
import { type TurnIssuer, turnCredentials } from '../turn/credentials.ts';
import { openDatagramWire } from '../turn/datagram-wire.ts';
import { openStreamWire } from '../turn/stream-wire.ts';
import { TurnClient } from '../turn/turn-client.ts';
import { parseTurnUrl, type TurnTarget } from '../turn/turn-url.ts';
import type { Wire } from '../turn/wire.ts';
import { found } from './found.ts';
import { allocationFinding } from './relay-allocation.ts';
import { certificateFindings } from './relay-certificate.ts';
import { checkDoor } from './relay-door.ts';
import { relayFailure } from './relay-failure.ts';

export interface RelayCheckOptions {
  issuer: TurnIssuer;
  /** Tells the checks that run at the same time apart in the relay's log and quota. */
  deviceId: string;
  /** PEM certificates of the roots that browsers believe. */
  authorities: string[];
  timeoutMs: number;
}

export async function checkRelay(url: string, options: RelayCheckOptions): Promise<ServerCheck[]> {
  const target = parseTurnUrl(url);
  if (!target) return [found('relay.bad-url', 'problem', { url })];
  if (target.transport === 'dtls') return [found('relay.not-checked', 'warning', { url })];
  const startedMs = performance.now();
  const findings: ServerCheck[] = [];
  let wire: Wire | undefined;
  try {
    wire = await openWire(target, options, findings);
    const credentials = turnCredentials(options.issuer, { userId: 'ferry', deviceId: options.deviceId }, Date.now());
    const client = new TurnClient(wire, credentials);
    const allocation = await client.allocate();
    const how = { reachedAt: wire.remoteAddress, tookMs: performance.now() - startedMs };
    findings.push(allocationFinding(url, how, allocation));
    findings.push(await checkDoor(url, client, allocation.relayed.address));
    // What is not given back ends by itself, after ten minutes.
    await client.release().catch(() => {});
  } catch (error) {
    findings.push(relayFailure(target, error));
  } finally {
    wire?.close();
  }
  return findings;
}

async function openWire(target: TurnTarget, options: RelayCheckOptions, findings: ServerCheck[]): Promise<Wire> {
  const ended = AbortSignal.timeout(options.timeoutMs);
  if (target.transport === 'udp') return openDatagramWire(target, ended);
  const wire = await openStreamWire(target, options.authorities, ended);
  if (wire.tls) {
    const nowMs = Date.now();
    findings.push(...certificateFindings(target, certificateVerdict(wire.tls, target.host, nowMs), nowMs));
  }
  return wire;
}
