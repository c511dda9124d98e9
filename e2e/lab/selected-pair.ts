// Which pair of candidates a page's connection uses, from its own statistics: what the page shows can be compared
// with it. Knows nothing of Ferry.
import type { Page } from '@playwright/test';

/** The fields used of W3C's RTCIceCandidateStats. */
interface CandidateEnd {
  candidateType: 'host' | 'srflx' | 'prflx' | 'relay';
  /** Undefined where the browser hides it. */
  address?: string;
  protocol: 'udp' | 'tcp';
  /** How a relay is reached. */
  relayProtocol?: 'udp' | 'tcp' | 'tls';
}

export interface SelectedPair {
  local: CandidateEnd;
  remote: CandidateEnd;
}

type WindowWithConnections = typeof window & { labConnections?: RTCPeerConnection[] };

/** From the page's next load on its connections can be asked. */
export async function keepConnections(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const kept: RTCPeerConnection[] = [];
    (window as WindowWithConnections).labConnections = kept;
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        kept.push(this);
      }
    };
  });
}

/** Of the one connection that is open. */
export async function selectedPair(page: Page): Promise<SelectedPair> {
  const pair = await page.evaluate(async (): Promise<SelectedPair | undefined> => {
    const all = (window as WindowWithConnections).labConnections ?? [];
    const open = all.find(({ connectionState }) => connectionState === 'connected');
    const stats = new Map((await open?.getStats()) ?? []);
    const transport = [...stats.values()].find(({ type }) => type === 'transport');
    const { localCandidateId, remoteCandidateId } = stats.get(transport?.selectedCandidatePairId) ?? {};
    const [local, remote] = [stats.get(localCandidateId), stats.get(remoteCandidateId)];
    return local && remote && { local, remote };
  });
  if (!pair) throw new Error('No connection of this page is open');
  return pair;
}
