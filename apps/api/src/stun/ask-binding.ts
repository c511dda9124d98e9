// Asks a STUN server by which address it sees this computer, once. Bounded in time; knows no configuration.
import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { addFingerprint } from './fingerprint.ts';
import { ATTRIBUTE, attributeValue, decodeMessage, encodeMessage, METHOD } from './message.ts';
import { decodeXorAddress, type TransportAddress } from './xor-address.ts';

/**
 * @param server its address, not a name
 * @returns undefined when nothing answered in time, or not to this question
 */
export function askBinding(server: TransportAddress, timeoutMs: number): Promise<TransportAddress | undefined> {
  const transactionId = randomBytes(12);
  const request = encodeMessage({ method: METHOD.binding, class: 'request', transactionId, attributes: [] });
  const socket = createSocket(isIPv6(server.address) ? 'udp6' : 'udp4');
  return new Promise((resolve) => {
    const end = (seen?: TransportAddress) => {
      clearTimeout(timer);
      socket.close();
      resolve(seen);
    };
    const timer = setTimeout(end, timeoutMs);
    socket.once('error', () => end());
    socket.on('message', (datagram) => {
      const answer = decodeMessage(datagram);
      if (answer?.class !== 'success' || !answer.transactionId.equals(transactionId)) return;
      const value = attributeValue(answer, ATTRIBUTE.xorMappedAddress);
      end(value && decodeXorAddress(value, transactionId));
    });
    socket.send(addFingerprint(request), server.port, server.address, (error) => error && end());
  });
}
