// Whether the own STUN server answers: it is asked as a browser would.
import type { ServerCheck } from '@ferry/shared';
import { askBinding } from '../stun/ask-binding.ts';
import type { BindAddress } from '../stun/bind-addresses.ts';
import type { StunServer, StunState } from '../stun/stun-server.ts';
import { found } from './found.ts';

export async function checkStun(server: StunServer, host: string, timeoutMs: number): Promise<ServerCheck[]> {
  const state = await server.state();
  if (state.kind === 'off') return [found('stun.off', 'off', {})];
  const { port } = state;
  if (state.kind === 'not-listening') return [notListening(port, state.error)];
  if (!(await everyAddressAnswers(state, timeoutMs))) return [found('stun.silent', 'problem', { port })];
  const { secondPortError, isLoopbackOnly } = state;
  return [
    isLoopbackOnly
      ? found('stun.loopback-only', 'warning', { port, host })
      : found('stun.ok', 'ok', { port, families: state.families.join(', ') }),
    ...(secondPortError ? [found('stun.second-port', 'warning', { port: port + 1, error: secondPortError })] : []),
  ];
}

function notListening(port: number, error: string): ServerCheck {
  return error === 'EADDRINUSE'
    ? found('stun.port-in-use', 'problem', { port })
    : found('stun.not-listening', 'problem', { port, error });
}

type Listening = Extract<StunState, { kind: 'listening' }>;

async function everyAddressAnswers({ addresses, families, port }: Listening, timeoutMs: number): Promise<boolean> {
  const asked = addresses.filter(({ family }) => families.includes(family));
  const seen = await Promise.all(asked.map((address) => askBinding({ address: fromHere(address), port }, timeoutMs)));
  return seen.every((address) => address !== undefined);
}

/** All addresses is none to send to. */
function fromHere({ address }: BindAddress): string {
  if (address === '0.0.0.0') return '127.0.0.1';
  return address === '::' ? '::1' : address;
}
