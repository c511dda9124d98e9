// A Connector over WebRTC for programs whose engine runs where the connections are.
import type { Connector, ConnectorEvents } from '../connector.ts';
import { ConnectionError } from '../errors.ts';
import { Emitter } from '../util/emitter.ts';
import { DataChannel } from './data-channel.ts';
import type { PeerNetwork } from './peer-network.ts';

/** @example new Exchange({ connector: rtcConnector(new PeerNetwork({ … })), stores }) */
export function rtcConnector(network: PeerNetwork): Connector {
  const events = new Emitter<ConnectorEvents>();
  network.events.on('channel', ({ peerId, channel, ended, end }) => {
    const adopted = new DataChannel(channel, ended);
    adopted.events.on('close', end);
    events.emit('channel', { peerId, channel: adopted });
  });
  network.events.on('unreachable', ({ peerId, code }) =>
    events.emit('unreachable', { peerId, error: ConnectionError.noPath(code) }),
  );
  return {
    events,
    want: (peerId) => network.want(peerId),
    release: (peerId) => network.release(peerId),
    suspect: (peerId) => network.suspect(peerId),
  };
}
