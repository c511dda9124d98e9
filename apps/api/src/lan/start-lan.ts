// `--lan`: Ferry for a network without any other server. Puts the parts together: the authority, its certificate,
// Ferry behind it, and the page that hands out the root. Knows none of them from inside.
import type { AddressInfo } from 'node:net';
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest } from 'fastify';
import { build } from '../app.ts';
import type { Env } from '../env.ts';
import { readRootCertificate } from '../trust/root-certificate.ts';
import { announcement } from './announcement.ts';
import { type KeptAuthority, keptAuthority } from './authority-files.ts';
import { lanAddresses, publicAddresses } from './lan-addresses.ts';
import { LanError } from './lan-error.ts';
import { lanUrl } from './lan-url.ts';
import type { Computer } from './leaf-names.ts';
import { LiveLeaf } from './live-leaf.ts';
import { trustSite } from './trust-site.ts';

interface LanOptions {
  /** Asked again and again. */
  computer: () => Computer;
  print: (text: string) => void;
  /** Whether who reads that understands escape sequences. */
  hasColours: boolean;
}

export interface LanServer {
  log: FastifyBaseLogger;
  httpPort: number;
  httpsPort: number;
  close(): Promise<void>;
}

/**
 * Listens on all addresses, https at LAN_HTTPS_PORT and plain http at PORT, and says so.
 * @throws LanError; what `listen` throws when a port is taken
 */
export async function startLan(env: Env, { computer, print, hasColours }: LanOptions): Promise<LanServer> {
  check(env);
  const authority = await keptAuthority(env.DATA_DIR, computer().hostName, Date.now());
  const live = await LiveLeaf.issue({ authority, computer });
  const { ferry, site } = await sites(env, computer(), authority, live);
  const root = await readRootCertificate(authority.certificateFile);
  const announce = () => {
    const { interfaces } = computer();
    const announced = {
      addresses: lanAddresses(interfaces),
      publicAddresses: publicAddresses(interfaces),
      dnsNames: live.leaf.names.dnsNames,
      httpPort: portOf(site),
      httpsPort: portOf(ferry),
      root,
    };
    print(announcement(announced, hasColours));
  };
  announce();
  live.watch(announce, (err) => ferry.log.error({ err }, 'no new certificate could be made'));
  return {
    log: ferry.log,
    httpPort: portOf(site),
    httpsPort: portOf(ferry),
    async close() {
      live.stop();
      await Promise.all([site.close(), ferry.close()]);
    },
  };
}

/** Both of them listening, or none. */
async function sites(env: Env, computer: Computer, { certificateFile }: KeptAuthority, live: LiveLeaf) {
  const host = allAddresses(computer);
  const lanEnv = { ...env, HOST: host, ROOT_CERTIFICATE: certificateFile };
  const ferry = await build(lanEnv, undefined, (listener) => live.createServer(listener));
  const secureAddress = ({ hostname }: FastifyRequest) => {
    const { dnsNames, addresses } = live.leaf.names;
    const asked = hostname.replace(/^\[|\]$/g, '');
    const isCertified = dnsNames.includes(asked) || addresses.includes(asked);
    return lanUrl('https', isCertified ? asked : (addresses[0] ?? 'localhost'), portOf(ferry));
  };
  const site = await trustSite({ env: lanEnv, ferry, certificateFile, secureAddress });
  try {
    await ferry.listen({ host, port: env.LAN_HTTPS_PORT });
    await site.listen({ host, port: env.PORT });
    return { ferry, site };
  } catch (error) {
    await Promise.all([site.close(), ferry.close()]);
    throw error;
  }
}

function check({ DATA_DIR, PUBLIC_ORIGIN }: Env): void {
  if (DATA_DIR === ':memory:')
    throw new LanError('no-data-folder', 'DATA_DIR must be a folder: the certificate stays.');
  if (PUBLIC_ORIGIN === undefined) return;
  throw new LanError('public-origin', 'PUBLIC_ORIGIN names one address, and --lan is for all of them. Unset it.');
}

/** Where there is no IPv6, listening on its every address fails. */
function allAddresses({ interfaces }: Computer): '::' | '0.0.0.0' {
  const infos = Object.values(interfaces).flatMap((list) => list ?? []);
  return infos.some(({ family }) => family === 'IPv6') ? '::' : '0.0.0.0';
}

function portOf({ server }: FastifyInstance): number {
  return (server.address() as AddressInfo).port;
}
