// What a holder without a browser may ask for: what it needs to keep columns, in its own name alone. A token that was
// stolen from a cellar opens nobody's files and hands nothing to anybody.
import { refusal } from './error.ts';

const PROCEDURES = new Set([
  'auth.signInNode',
  'auth.signOut',
  'catalog.key',
  'config.ice',
  'devices.putKeys',
  'people.watch',
  'signals.inbox',
  'signals.send',
  'store.audited',
  'store.duties',
  'store.held',
  'store.inventory',
  'store.offer',
  'store.released',
  'store.renewLease',
  'store.repaired',
  'store.report',
  'store.watch',
]);

/**
 * @param input as it came
 * @throws `forbidden`
 */
export function checkNodeCall(nodeId: string, procedure: string, input: unknown): void {
  if (!PROCEDURES.has(procedure)) throw refusal('forbidden');
  // Else it could take the place of any of its owner's browsers.
  for (const device of speakingFor(input)) if (device !== nodeId) throw refusal('forbidden');
}

/** Whoever says something, says for which device: `from` in signals, `deviceId` in everything else. */
function speakingFor(input: unknown): unknown[] {
  if (typeof input !== 'object' || input === null) return [];
  return ['deviceId', 'from'].filter((name) => name in input).map((name) => Reflect.get(input, name));
}
