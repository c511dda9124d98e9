// The yardstick: one data channel between two pages, with the best pacing known, and nothing else. The
// receiver only counts. Knows nothing of Ferry.
import type { Page } from '@playwright/test';

export interface RawOptions {
  totalBytes: number;
  messageBytes: number;
  /** Bytes that may be on their way, granted by the receiver. */
  windowBytes: number;
}

export interface RawResult {
  seconds: number;
  longestGapMs: number;
  firstByteMs: number;
}

/** Signals go through this process, so that the two pages may be in two browsers. */
export async function measureRawChannel(sender: Page, receiver: Page, options: RawOptions): Promise<RawResult> {
  const offer = await sender.evaluate(prepareSender, options);
  const answer = await receiver.evaluate(prepareReceiver, { ...options, offer });
  await sender.evaluate(startSender, answer);
  return receiver.evaluate(() => (globalThis as unknown as { rawResult: Promise<RawResult> }).rawResult);
}

async function prepareSender({ totalBytes, messageBytes, windowBytes }: RawOptions): Promise<string> {
  const connection = new RTCPeerConnection();
  const channel = connection.createDataChannel('raw', { negotiated: true, id: 0 });
  channel.binaryType = 'arraybuffer';
  const message = new Uint8Array(messageBytes);
  let sentBytes = 0;
  let limitBytes = windowBytes;
  const pump = () => {
    while (sentBytes < totalBytes && sentBytes + messageBytes <= limitBytes) {
      channel.send(message);
      sentBytes += messageBytes;
    }
  };
  channel.onopen = pump;
  channel.onmessage = ({ data }) => {
    limitBytes = new Float64Array(data)[0]! + windowBytes;
    pump();
  };
  (globalThis as unknown as { rawConnection: RTCPeerConnection }).rawConnection = connection;
  await connection.setLocalDescription();
  await new Promise<void>((resolve) => {
    connection.onicegatheringstatechange = () => connection.iceGatheringState === 'complete' && resolve();
  });
  return connection.localDescription!.sdp;
}

async function startSender(answer: string): Promise<void> {
  const { rawConnection } = globalThis as unknown as { rawConnection: RTCPeerConnection };
  await rawConnection.setRemoteDescription({ type: 'answer', sdp: answer });
}

async function prepareReceiver({ totalBytes, windowBytes, offer }: RawOptions & { offer: string }): Promise<string> {
  const connection = new RTCPeerConnection();
  const channel = connection.createDataChannel('raw', { negotiated: true, id: 0 });
  channel.binaryType = 'arraybuffer';
  let receivedBytes = 0;
  let acknowledgedBytes = 0;
  let openedMs = 0;
  let firstMs = 0;
  let lastMs = 0;
  let longestGapMs = 0;
  channel.onopen = () => {
    openedMs = lastMs = performance.now();
  };
  const result = new Promise((resolve) => {
    channel.onmessage = ({ data }) => {
      const nowMs = performance.now();
      firstMs ||= nowMs;
      longestGapMs = Math.max(longestGapMs, nowMs - lastMs);
      lastMs = nowMs;
      receivedBytes += data.byteLength;
      if (receivedBytes - acknowledgedBytes >= windowBytes / 4) {
        acknowledgedBytes = receivedBytes;
        channel.send(new Float64Array([receivedBytes]));
      }
      if (receivedBytes < totalBytes) return;
      resolve({ seconds: (nowMs - openedMs) / 1000, longestGapMs, firstByteMs: firstMs - openedMs });
      connection.close();
    };
  });
  Object.assign(globalThis, { rawResult: result });
  await connection.setRemoteDescription({ type: 'offer', sdp: offer });
  await connection.setLocalDescription();
  await new Promise<void>((resolve) => {
    connection.onicegatheringstatechange = () => connection.iceGatheringState === 'complete' && resolve();
  });
  return connection.localDescription!.sdp;
}
