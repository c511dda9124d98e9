// The first words on a channel: which protocol each side speaks. Pure.
import { ProtocolError } from '../errors.ts';
import { PROTOCOL_VERSION } from './limits.ts';
import type { HelloMessage } from './link-message.ts';
import type { Message } from './message.ts';

export function hello(agent: string): HelloMessage {
  return { type: 'hello', version: PROTOCOL_VERSION, agent };
}

/**
 * Checks the other side's first message.
 * @throws ProtocolError `message-unexpected` when it is no hello, `version-unsupported`
 */
export function checkHello(message: Message): HelloMessage {
  if (message.type !== 'hello') throw ProtocolError.unexpected(`${message.type} before hello`);
  if (message.version !== PROTOCOL_VERSION) throw ProtocolError.versionUnsupported(message.version);
  return message;
}
