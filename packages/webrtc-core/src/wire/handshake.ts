// The first words on a channel: which protocol each side speaks. Pure.
import { ProtocolError } from '../errors.ts';
import { PROTOCOL_VERSION } from './limits.ts';
import type { HelloMessage } from './link-message.ts';
import type { Message } from './message.ts';

const AGENT = 'ferry/0.1';
/** Both sides greet as soon as the channel opens; a page that hangs for longer is of no use. */
export const HELLO_TIMEOUT_MS = 15_000;

export function hello(agent = AGENT): HelloMessage {
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
