// Whether a relay would forward into the networks around it: everybody with an account could reach what lies there.
import type { ServerCheck } from '@ferry/shared';
import { ipBytes } from '../stun/ip-bytes.ts';
import { type TurnClient, TurnRefusal } from '../turn/turn-client.ts';
import { WireError } from '../turn/wire.ts';
import { found } from './found.ts';

/** One of each private range, and the address where clouds hand out secrets. Nothing is sent to any of them. */
const PEERS = ['127.0.0.1', '10.0.0.1', '172.16.0.1', '192.168.0.1', '169.254.169.254', '::1', 'fd00::1', 'fe80::1'];

/**
 * @param relayed the relay's own address: two people meet there, so that one it may forward to
 */
export async function checkDoor(url: string, client: TurnClient, relayed: string): Promise<ServerCheck> {
  const bytes = ipBytes(relayed)?.length;
  const peers = PEERS.filter((peer) => peer !== relayed && ipBytes(peer)?.length === bytes);
  try {
    const open: string[] = [];
    for (const peer of peers) if (await client.mayReach(peer)) open.push(peer);
    if (open.length === 0) return found('relay.door-closed', 'ok', { url });
    return found('relay.door-open', 'problem', { url, peers: open.join(', ') });
  } catch (error) {
    if (error instanceof TurnRefusal) return found('relay.door-unknown', 'warning', { url, error: `${error.code}` });
    if (error instanceof WireError) return found('relay.door-unknown', 'warning', { url, error: error.detail });
    throw error;
  }
}
