// Whether the browser lets this page reach the local network, as far as it knows such a permission.
import { type FindingOf, LOCAL_NETWORK_PERMISSIONS } from '../model/connection/finding.ts';

export async function localNetworkPermission(): Promise<FindingOf<'permission'>> {
  const known = await Promise.all(
    LOCAL_NETWORK_PERMISSIONS.map(async (name) => {
      try {
        // The library's list of names is older than these.
        const { state } = await navigator.permissions.query({ name: name as PermissionName });
        return [[name, state]] as const;
      } catch {
        return [];
      }
    }),
  );
  return { step: 'permission', states: Object.fromEntries(known.flat()) };
}
