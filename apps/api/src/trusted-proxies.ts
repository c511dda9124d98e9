// Which other end of a connection is a proxy that is believed, hop by hop from this server outwards. Pure.
import proxyAddress from '@fastify/proxy-addr';
import type { Env } from './env.ts';

/** `hop` is 0 for whoever is connected to this server, 1 for whoever is connected to that one. */
export type ProxyTest = (address: string, hop: number) => boolean;

/** Fastify believes nobody when it is given a number of proxies itself. */
export function trustedProxies(trust: Env['TRUST_PROXY']): ProxyTest {
  if (trust === false) return () => false;
  return typeof trust === 'number' ? (_address, hop) => hop < trust : proxyAddress.compile(trust);
}
