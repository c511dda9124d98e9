// What the wires of routes are called. Knows no more of a path than that.
import type { Route } from '../../adapters/engine-contract.ts';
import type { MessageKey } from '../../i18n/message-key.ts';
import type { Phrase } from './phrase.ts';

const ROUTES: Record<Route, MessageKey> = {
  lan: 'route.lan',
  direct: 'route.direct',
  relayed: 'route.relayed',
  offline: 'route.offline',
};

export function routeWords(route: Route): Phrase {
  return { key: ROUTES[route] };
}
