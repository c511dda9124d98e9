// Hands a data channel to the engine's worker: transferred where the browser can, else pumped through a
// MessagePort. Knows nothing of what the frames say.
import type { ChannelMessage } from './engine-rpc.ts';
import type { FrameToPage, FrameToWorker } from './port-frames.ts';

type Handover = Omit<ChannelMessage, 'type' | 'channel'>;

/** Must run in the task that made the channel: a channel that was used, or has fired an event, stays where it is. */
export function handOverChannel(worker: Worker, channel: RTCDataChannel, about: Handover): void {
  const message: ChannelMessage = { type: 'channel', ...about, channel };
  try {
    worker.postMessage(message, [channel as unknown as Transferable]);
  } catch {
    const { port1, port2 } = new MessageChannel();
    pump(channel, port1);
    worker.postMessage({ ...message, channel: port2 } satisfies ChannelMessage, [port2]);
  }
}

function pump(channel: RTCDataChannel, port: MessagePort): void {
  const post = (message: FrameToWorker, transfer: Transferable[] = []) => port.postMessage(message, transfer);
  channel.binaryType = 'arraybuffer';
  channel.onopen = () => post({ type: 'open' });
  channel.onclose = () => post({ type: 'close' });
  channel.onmessage = ({ data }) => post({ type: 'frame', frame: data }, [data]);
  let unsaidBytes = 0;
  const sayWhatLeft = () => {
    const leftBytes = unsaidBytes - channel.bufferedAmount;
    if (leftBytes <= 0) return;
    unsaidBytes -= leftBytes;
    post({ type: 'sent', bytes: leftBytes });
  };
  channel.bufferedAmountLowThreshold = 64 * 1024;
  channel.onbufferedamountlow = sayWhatLeft;
  port.onmessage = ({ data }: MessageEvent<FrameToPage>) => {
    if (data.type === 'close') return channel.close();
    if (channel.readyState !== 'open') return;
    unsaidBytes += data.frame.length;
    channel.send(data.frame);
    sayWhatLeft();
  };
}
