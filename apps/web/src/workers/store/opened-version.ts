// What the server tells of a version, put together to what a download works with: its columns, which chunks of theirs stand
// for each other, and how files are made of them. Knows nobody who keeps anything.
import type { OpenedVersion as OpenAnswer, StoreGroupPage } from '@ferry/shared';
import type { ReadonlyBitfield } from '@ferry/webrtc-core';
import {
  ChunkTags,
  type Column,
  ColumnBundle,
  importStripeKey,
  type Kernel,
  StripeCipher,
  StripeDecoder,
  StripeGeometry,
  StripeSets,
  TAG_BYTES,
} from '@ferry/webrtc-core/erasure';
import { contentIdBytes } from '../catalog/content-id-text.ts';
import type { DownloadServer } from './download-server.ts';

export type KnownGroup = StoreGroupPage['groups'][number];

export interface OpenedVersion {
  readonly geometry: StripeGeometry;
  readonly bundle: ColumnBundle;
  readonly sets: StripeSets;
  readonly decoder: StripeDecoder;
}

export interface OpenedVersionOptions {
  readonly answer: Pick<OpenAnswer, 'versionId' | 'code' | 'sizeBytes'>;
  readonly groups: readonly KnownGroup[];
  /** Raw, as base64url. */
  readonly key: string;
  readonly kernel: Kernel;
}

/** All groups that the server knows the tags of. @throws Refusal */
export async function readGroups(
  server: Pick<DownloadServer, 'groups'>,
  { groupCount, ...version }: { deviceId: string; versionId: string; groupCount: number },
): Promise<KnownGroup[]> {
  const known: KnownGroup[] = [];
  for (let firstGroup = 0; firstGroup < groupCount; ) {
    const { groups } = await server.groups({ ...version, firstGroup });
    known.push(...groups);
    const last = groups.at(-1)?.group ?? -1;
    // The tags of the next one are not told yet: nothing behind it is of use.
    if (last < firstGroup) break;
    firstGroup = last + 1;
  }
  return known;
}

/** With room for every index that somebody may have. */
export function geometryOf({ code, sizeBytes }: Pick<OpenAnswer, 'code' | 'sizeBytes'>, highestIndex = -1) {
  return new StripeGeometry({ sizeBytes, k: code.k, n: Math.max(code.k, code.n, highestIndex + 1) });
}

/** Undefined while too little is known of some group: its tags, or as many columns as are needed. */
export async function openedVersion({
  answer,
  groups,
  key,
  kernel,
}: OpenedVersionOptions): Promise<OpenedVersion | undefined> {
  const { versionId, code } = answer;
  const highestIndex = Math.max(-1, ...groups.flatMap(({ columns }) => columns.map(({ index }) => index)));
  const geometry = geometryOf(answer, highestIndex);
  const tags = tagsOf(geometry, groups);
  const columns = groups.flatMap((group) => columnsOf(geometry, group));
  const perGroup = Map.groupBy(columns, ({ group }) => group);
  for (let group = 0; group < geometry.groupCount; group++) {
    const neededCount = geometry.chunksOf(geometry.stripesOf(group).first).count;
    if ((perGroup.get(group)?.length ?? 0) < neededCount) return undefined;
  }
  if (!tags) return undefined;
  const bundle = new ColumnBundle({ versionId, geometry, columns });
  const cipher = new StripeCipher(await importStripeKey(contentIdBytes(key)), versionId);
  const decoder = new StripeDecoder({ geometry, kernel, cipher, tags });
  return { geometry, bundle, sets: new StripeSets(bundle), decoder };

  /** What is as long as it must be; another length is no column of this version. */
  function columnsOf(at: StripeGeometry, { group, columns: known }: KnownGroup): Column[] {
    return known
      .filter(({ index, sizeBytes }) => at.columnBytes(group, index) === sizeBytes && sizeBytes > 0)
      .map(({ index, contentId }) => ({ group, index, contentId: contentIdBytes(contentId) }));
  }

  function tagsOf(at: StripeGeometry, known: readonly KnownGroup[]): ChunkTags | undefined {
    const found = new ChunkTags(at.chunkCount);
    const byGroup = new Map(known.map((one) => [one.group, one.tags]));
    for (let group = 0; group < at.groupCount; group++) {
      const stripes = at.stripesOf(group);
      const first = stripes.first * code.k;
      const count = Math.min(at.chunkCount - first, stripes.count * code.k);
      const bytes = contentIdBytes(byGroup.get(group) ?? '');
      if (bytes.length !== count * TAG_BYTES) return undefined;
      found.setRun({ first, count }, bytes);
    }
    return found;
  }
}

/** A stripe is held with all chunks of its shards at once. */
export function isGroupWhole(
  opened: OpenedVersion | undefined,
  held: ReadonlyBitfield | undefined,
  group: number,
): boolean {
  if (!opened || !held) return false;
  const { first, count } = opened.geometry.stripesOf(group);
  for (let stripe = first; stripe < first + count; stripe++) {
    const [chunk] = opened.bundle.shardsOf(stripe).values();
    if (chunk === undefined || !held.has(chunk)) return false;
  }
  return true;
}

/** Whether a column was known when it was opened. */
export function knownColumns({ bundle }: OpenedVersion): (group: number, index: number) => boolean {
  const columns = bundle.manifest.entries.map((_, entry) => bundle.columnOf(entry));
  const known = new Set(columns.map(({ group, index }) => `${group} ${index}`));
  return (group, index) => known.has(`${group} ${index}`);
}
