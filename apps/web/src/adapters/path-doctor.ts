// Examines how this device connects: what only the page can tell, then the paths, which the core tries out. Decides
// nothing: model/connection concludes from what is found.
import type { IceConfiguration } from '@ferry/shared';
import { examinePaths } from '@ferry/webrtc-core';
import type { Finding, FindingOf } from '../model/connection/finding.ts';
import { isRelayUrl } from '../model/connection/ice-url.ts';
import type { Examination } from '../services.ts';
import { localNetworkPermission } from './local-network-permission.ts';
import type { TrpcServer } from './server.ts';
import { compareClocks, reachServer } from './server-reach.ts';

interface Surroundings {
  server: TrpcServer;
  iceConfiguration: () => Promise<IceConfiguration>;
}

export async function* examineConnection(
  { server, iceConfiguration }: Surroundings,
  { signal, isRelayOnly }: Examination,
): AsyncGenerator<Finding> {
  yield { step: 'page', isSecure: window.isSecureContext };
  yield await reachServer(server, signal);
  yield await compareClocks(signal);
  // Without the server there is still something to find out: whether this device has addresses.
  const configuration = await iceConfiguration().catch(() => null);
  yield told(configuration, isRelayOnly);
  yield await localNetworkPermission();
  const { iceServers = [], probeUrls = [] } = configuration ?? {};
  yield* examinePaths({ iceServers, probeUrls, signal });
}

function told(configuration: IceConfiguration | null, isRelayOnly: boolean): FindingOf<'configuration'> {
  const urls = configuration?.iceServers.flatMap((iceServer) => iceServer.urls) ?? [];
  return {
    step: 'configuration',
    isKnown: configuration !== null,
    stunUrls: urls.filter((url) => !isRelayUrl(url)),
    relayUrls: urls.filter(isRelayUrl),
    isRelayOnly,
  };
}
