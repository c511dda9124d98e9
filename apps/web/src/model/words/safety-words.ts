// How safe a stored file is, in sentences: what it means for whoever wants it, and what would have to happen. Null for a
// sentence that is not needed.
import type { StoredDetails, StoreHealth, StoreStatus } from '@ferry/shared';
import type { StoreKey } from '../../i18n/store-words.ts';
import { isLost } from '../store/lost.ts';
import type { Phrase } from './phrase.ts';

export type SafetyTone = 'good' | 'waiting' | 'warning' | 'bad';

export interface SafetyWords {
  tone: SafetyTone;
  heading: Phrase<StoreKey>;
  sentences: Phrase<StoreKey>[];
}

interface Circumstances {
  /** This browser stores it now, and must go on until it is safe. */
  isUploading: boolean;
  isMe: (userId: string) => boolean;
}

export function safetyWords(
  file: Pick<StoredDetails, 'health' | 'holders' | 'owner'>,
  circumstances: Circumstances,
): SafetyWords {
  const { health } = file;
  const words = isLost(health) ? lostWords : BY_STATUS[health.status];
  const { tone, heading, sentences } = words(file, circumstances);
  const repair: Phrase<StoreKey>[] = health.isBeingRepaired ? [{ key: 'store.repairing' }] : [];
  return { tone, heading, sentences: [...sentences, ...repair] };
}

type Words = (file: Pick<StoredDetails, 'health' | 'holders' | 'owner'>, circumstances: Circumstances) => SafetyWords;

const BY_STATUS: Record<StoreStatus, Words> = {
  safe: ({ health }) => ({
    tone: 'good',
    heading: { key: 'safety.safe' },
    sentences: [{ key: 'safety.fetchable' }, spareWords(health)],
  }),
  spreading: ({ health, owner }, { isUploading }) => ({
    tone: 'waiting',
    heading: { key: 'safety.spreading' },
    sentences: [
      ...missingWords(health, 'safety.missingForSafe'),
      isUploading ? { key: 'safety.keepOpen' } : { key: 'safety.waitsForUploader', named: { name: owner.username } },
    ],
  }),
  'at-risk': (file, circumstances) => ({
    tone: 'warning',
    heading: { key: 'safety.atRisk' },
    sentences: [keepersWords(file, circumstances), ...missingWords(file.health, 'safety.missing')],
  }),
  unfetchable: ({ health: { online, needed } }) => ({
    tone: 'bad',
    heading: { key: 'safety.unfetchable' },
    sentences: [{ key: 'safety.online', named: { online, needed } }, { key: 'safety.startsByItself' }],
  }),
};

const lostWords: Words = ({ health: { kept, needed } }) => ({
  tone: 'bad',
  heading: { key: 'safety.lost' },
  sentences: [{ key: 'safety.lostBody', named: { kept, needed } }],
});

function spareWords({ spareOwners, ownerCount }: StoreHealth): Phrase<StoreKey> {
  if (spareOwners <= 0) return { key: 'safety.noSpare' };
  return { key: 'safety.spare', named: { owners: ownerCount }, count: spareOwners };
}

function missingWords({ missingOwners }: StoreHealth, key: StoreKey): Phrase<StoreKey>[] {
  return missingOwners > 0 ? [{ key, count: missingOwners }] : [];
}

function keepersWords(
  { health: { ownerCount }, holders }: Pick<StoredDetails, 'health' | 'holders'>,
  { isMe }: Circumstances,
): Phrase<StoreKey> {
  if (ownerCount === 0) return { key: 'safety.nobodyKeeps' };
  if (ownerCount > 1) return { key: 'safety.keepers', count: ownerCount };
  const [only] = holders;
  if (!only) return { key: 'safety.onlyOne' };
  return isMe(only.userId) ? { key: 'safety.onlyMe' } : { key: 'safety.only', named: { name: only.username } };
}
