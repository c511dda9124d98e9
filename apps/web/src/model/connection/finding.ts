// Everything that a connection check may find: what the core tells of the paths, and what only the page can tell.
// Plain data; knows neither how it is found nor what it means.
import type { PathFinding } from '@ferry/webrtc-core';

/** The names under which browsers keep the permission to reach the local network; which there are, differs. */
export const LOCAL_NETWORK_PERMISSIONS = ['local-network-access', 'local-network', 'loopback-network'] as const;
export type LocalNetworkPermission = (typeof LOCAL_NETWORK_PERMISSIONS)[number];

type PageFinding =
  | { step: 'page'; isSecure: boolean }
  | {
      step: 'server';
      /** `no-socket`: it answers requests, but no WebSocket opens. */
      outcome: 'ok' | 'no-socket' | 'silent';
      /** The median of three calls over the socket. */
      roundTripMs: number | null;
    }
  /** How far the server's clock is ahead of this device's; null when it did not tell. */
  | { step: 'clock'; aheadMs: number | null }
  | {
      /** What the server says how paths are found; no URLs when it did not say. */
      step: 'configuration';
      isKnown: boolean;
      stunUrls: string[];
      relayUrls: string[];
      /** The user wants no other path than the relay. */
      isRelayOnly: boolean;
    }
  /** Only those that this browser knows. */
  | { step: 'permission'; states: Partial<Record<LocalNetworkPermission, PermissionState>> };

export type Finding = PageFinding | PathFinding;
export type FindingOf<Step extends Finding['step']> = Extract<Finding, { step: Step }>;

export function findingsOf<Step extends Finding['step']>(findings: readonly Finding[], step: Step): FindingOf<Step>[] {
  return findings.filter((finding): finding is FindingOf<Step> => finding.step === step);
}

export function findingOf<Step extends Finding['step']>(
  findings: readonly Finding[],
  step: Step,
): FindingOf<Step> | undefined {
  return findingsOf(findings, step)[0];
}
