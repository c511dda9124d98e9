// Where a browser that asked for the page about the root certificate finds Ferry over https. Knows no certificates.
import type { FastifyRequest } from 'fastify';
import type { Env } from '../env.ts';

/** What operators say; else the same host, where a proxy in front has its https at the usual port. */
export function secureAddress({ PUBLIC_ORIGIN }: Pick<Env, 'PUBLIC_ORIGIN'>) {
  return ({ protocol, host, hostname }: FastifyRequest): string => {
    if (PUBLIC_ORIGIN) return PUBLIC_ORIGIN;
    const address = `https://${protocol === 'https' ? host : hostname}`;
    return URL.canParse(address) ? new URL(address).origin : '/';
  };
}
