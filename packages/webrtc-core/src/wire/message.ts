// Everything two Ferry engines say to each other over a link, as one closed union. Knows no bytes.
import type { AskingMessage } from './asking-message.ts';
import type { BundleMessage } from './bundle-message.ts';
import type { LinkMessage } from './link-message.ts';
import type { PullMessage } from './pull-message.ts';
import type { StopMessage } from './stop-message.ts';

/** What concerns one transfer. */
export type TransferMessage = AskingMessage | BundleMessage | PullMessage | StopMessage;

export type Message = LinkMessage | TransferMessage;
