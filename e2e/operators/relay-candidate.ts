// What one of the relay's URLs brings a page: the way to find out whether browsers can use it.
import type { Page } from '@playwright/test';
import { relayCredentials } from './relay-credentials.ts';

/** @returns the first candidate in SDP's words, such as `candidate:… 10.0.0.5 50135 typ relay …`; undefined without one */
export function relayCandidate(page: Page, url: string): Promise<string | undefined> {
  return page.evaluate(gather, { urls: url, ...relayCredentials() });
}

async function gather(server: RTCIceServer): Promise<string | undefined> {
  const connection = new RTCPeerConnection({ iceServers: [server], iceTransportPolicy: 'relay' });
  connection.createDataChannel('');
  await connection.setLocalDescription();
  const candidate = await new Promise<RTCIceCandidate | null>((resolve) => {
    connection.onicecandidate = (event) => resolve(event.candidate);
  });
  connection.close();
  return candidate?.candidate;
}
