// What a scene of the gallery consists of.
import type { IceConfiguration, Person, ShareElsewhere } from '@ferry/shared';
import type { EngineSnapshot, EntrySnapshot } from '../src/adapters/engine-contract.ts';
import type { Finding } from '../src/model/connection/finding.ts';
import type { CatalogServer, ServerRefusal, StoreServer } from '../src/services.ts';

export interface Scene {
  path: string;
  isSignedIn?: boolean;
  people?: Person[];
  isDisconnected?: boolean;
  snapshot?: Partial<EngineSnapshot>;
  entries?: Record<string, EntrySnapshot[]>;
  refusal?: ServerRefusal;
  policy?: { mode: 'open' | 'invite' | 'closed'; firstUser: boolean };
  canPickFolder?: boolean;
  catalog?: CatalogServer;
  store?: StoreServer;
  /** What this person shares on their other devices. */
  elsewhere?: readonly ShareElsewhere[];
  /** Whatever the catalog has with a content id is here already. */
  isHeld?: boolean;
  /** What a connection check finds. */
  found?: readonly Finding[];
  /** Null: the server does not say. */
  ice?: IceConfiguration | null;
  /** What the engine tells a moment after the page is there. */
  becomes?: (snapshot: EngineSnapshot) => Partial<EngineSnapshot>;
  /** What a user would have done before the picture is taken. */
  after?: () => void;
}
